/**
 * An Amazon SES in memory, for the tests of those who send through Sesquill.
 *
 * <p>The <em>fake</em> keeps the rules of SES: sandbox, verified identities, quotas, suppression, simulator addresses. Its
 * <em>time</em> is its own: waiting advances it and never sleeps. <em>Assertions</em> say what was sent, <em>fixtures</em>
 * are notifications as SES publishes them, and a <em>contract</em> is a set of tests that every transport passes.
 *
 * <p>JUnit and AssertJ are optional: the fake works without them.
 */
@SuppressWarnings("module") // the local SES is built after this module
module io.github.sesquill.test {
    requires transitive io.github.sesquill.core;
    requires transitive io.github.sesquill.notifications;
    requires com.fasterxml.jackson.databind;
    requires static transitive org.assertj.core;
    requires static transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;
    requires transitive java.net.http;

    exports io.github.sesquill.test;
    exports io.github.sesquill.test.engine to
            io.github.sesquill.local;
}
