/**
 * What a message is and how it is sent through Amazon SES.
 *
 * <p>A <em>message</em> is sent by a <em>mailer</em> through a <em>transport</em>, within a <em>quota</em>. Addresses on a
 * <em>suppression list</em> are left out. The answer is an <em>outcome</em>, and there are three: SES has the message, SES
 * cannot have it, or nobody can know.
 *
 * <ul>
 *   <li>A <em>message</em> in hand is well-formed; what is not cannot be built.
 *   <li>A <em>transport</em> carries one message in one attempt and reports what became of that attempt.
 *   <li>A <em>quota</em> counts recipients, not messages, as SES does: per second and per rolling 24 hours.
 *   <li>A <em>suppression list</em> holds the addresses that bounced or complained.
 * </ul>
 */
module io.github.sesquill.core {
    requires transitive software.amazon.awssdk.services.sesv2; // a client can be lent
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.endpoints;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.apache5;
    requires software.amazon.awssdk.http.auth.spi;
    requires software.amazon.awssdk.identity.spi;
    requires software.amazon.awssdk.metrics;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.utils;
    requires io.github.resilience4j.ratelimiter;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.github.sesquill;
    exports io.github.sesquill.api;
    exports io.github.sesquill.message;
    exports io.github.sesquill.mime;
    exports io.github.sesquill.quota;
    exports io.github.sesquill.suppression;
    exports io.github.sesquill.time;
    exports io.github.sesquill.transport;
}
