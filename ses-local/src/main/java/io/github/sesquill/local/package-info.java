/**
 * A SES on this machine, to run or to embed.
 *
 * <p>The <em>engine</em> of {@code ses-test-support} has the rules; this module has the doors. The <em>API</em> is that of
 * SES v2 over HTTP, which every AWS SDK and the AWS command line speak. <em>SMTP</em> is that of SES, with STARTTLS or TLS
 * from the first byte, and with the password that SES derives. The <em>inbox</em> shows what was sent, in a browser and as
 * JSON, and lets a reader bounce or complain. <em>Webhooks</em> carry what SES would publish, signed, to an endpoint of the
 * application.
 *
 * <p>All that comes in is taken for hostile: lines, headers, bodies, parts and connections have limits, HTML is shown where
 * no script runs and nothing is fetched, and nobody but a page of the inbox itself may ask from within a browser.
 */
@NullMarked
package io.github.sesquill.local;

import org.jspecify.annotations.NullMarked;
