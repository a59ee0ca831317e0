/**
 * Sends through the SMTP interface of Amazon SES.
 *
 * <p>A <em>transport</em> speaks SMTP over TLS with <em>credentials</em> made for it, on <em>connections</em> that it keeps as
 * long as SES does. A message, its quota and its outcome are the same as over the API.
 */
module io.github.sesquill.smtp {
    requires transitive io.github.sesquill.core;
    requires static transitive org.jspecify;

    exports io.github.sesquill.smtp;
}
