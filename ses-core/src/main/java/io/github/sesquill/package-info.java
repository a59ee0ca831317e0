/**
 * Sending mail through Amazon SES.
 *
 * <p>A <em>message</em> is sent by a <em>mailer</em> through a <em>transport</em>, within a <em>quota</em>; addresses on
 * a <em>suppression list</em> are left out; the answer is an <em>outcome</em>.
 *
 * <pre>
 * mailer.send(message)
 *   ├─ interceptors   yours, once per message
 *   ├─ suppression    drops suppressed recipients
 *   ├─ pre-flight     what the transport cannot carry; in the sandbox, who is not verified
 *   ├─ retry          only what is certainly not sent and may succeed later
 *   │    └─ quota     one permit per recipient and attempt
 *   └─      transport one attempt → Sent | NotSent | Unknown
 * </pre>
 *
 * <p>{@code sendAsync} does the same on another thread, and {@code sendAll} on several, for messages that are read while
 * they are sent. The entries of a mailing part after pre-flight and go on as one batch.
 *
 * <p>Begin with {@link io.github.sesquill.SesMailer} and {@link io.github.sesquill.message.EmailMessage}.
 */
@NullMarked
package io.github.sesquill;

import org.jspecify.annotations.NullMarked;
