/**
 * What Amazon SES sends back about the mail it was given.
 *
 * <p>A <b>notification</b> is one statement of SES about one message: it bounced, somebody complained, it was
 * delivered. SES makes them in two <b>formats</b>. <i>Event publishing</i> belongs to a configuration set and writes
 * {@code eventType}; <i>identity notifications</i> belong to a verified domain or address and write
 * {@code notificationType}. Both mean the same and have the same types here; only the {@link
 * io.github.sesquill.notifications.Mail mail}, the description of the message, differs in what it has.
 *
 * <p>The <b>payload</b> is the JSON of a notification. It travels in an {@link
 * io.github.sesquill.notifications.Envelope envelope}, or in several: SNS writes it as a string into an object of its
 * own, SQS carries that object as a body, Lambda gets either in a list of <b>records</b>, EventBridge puts it into an
 * event as it is. The {@link io.github.sesquill.notifications.NotificationParser parser} tells them apart by looking.
 *
 * <p>A <b>bounce</b> is <i>permanent</i> or <i>transient</i>: do not write again, or the mailbox was full for as long as
 * SES tried. An automatic reply is a transient bounce too. A <b>complaint</b> names <i>candidates</i>: mailbox providers
 * conceal who pressed the button. A <b>delivery</b> means that the next server said yes, not that anybody has seen the
 * message; a bounce or a complaint may follow it.
 *
 * <p>A <b>word</b> is what SES writes where this package has an enum: {@code NoEmail}. SES adds words, members and whole
 * types without notice, so every enum has an {@code UNKNOWN} and the word beside it as text, every scalar may be absent,
 * and what has no type of its own is {@link io.github.sesquill.notifications.SesNotification.Other}.
 *
 * <p><b>Text</b> is always what was sent, <b>derived</b> is what was made of it: {@code timestampText()} and
 * {@code timestamp()}, {@code original()} and {@code address()}. Deriving is lenient and happens on access; what cannot
 * be derived is empty and the text is still there.
 *
 * <p>Two envelopes with the same {@code messageId} are one delivery repeated; two bounces with the same
 * {@code feedbackId} and recipient are one bounce published twice. The id of the mail is shared by all that is said of
 * it.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/monitor-sending-activity.html">Monitoring your Amazon SES
 *     sending activity</a>
 */
@NullMarked
package io.github.sesquill.notifications;

import org.jspecify.annotations.NullMarked;
