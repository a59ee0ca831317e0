/**
 * A local Amazon SES: the v2 API, SMTP and a web inbox on this machine, to run or to embed.
 *
 * <p>The <em>rules</em> are those of the fake in {@code ses-test-support}; here they are reached over the wire, by any
 * language and any SDK, and what was sent is read in a browser.
 */
module io.github.sesquill.local {
    requires transitive io.github.sesquill.core;
    requires io.github.sesquill.test;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires java.net.http;
    requires jakarta.activation;
    requires jakarta.mail;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires static transitive org.jspecify;

    exports io.github.sesquill.local;
}
