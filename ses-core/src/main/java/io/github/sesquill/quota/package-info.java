/**
 * How much an account may send, and how a sender keeps to it.
 *
 * <p>SES counts <b>recipients</b>, not messages: To, Cc and Bcc together. It counts them twice, in a second and in the
 * last 24 hours, and drops what is too much. A {@link io.github.sesquill.quota.SendingQuota} holds both figures; a
 * {@link io.github.sesquill.quota.QuotaGuard} answers each
 * {@link io.github.sesquill.quota.QuotaGuard.Demand demand} with one of three
 * {@link io.github.sesquill.quota.QuotaGuard.Decision decisions}, and learns from each
 * {@link io.github.sesquill.quota.QuotaGuard.Permit permit} what became of it. Nothing in this package waits, starts a
 * thread, does I/O or looks at the wall clock.
 *
 * <p>A demand passes four rooms, one class each, in this order:
 *
 * <ol>
 *   <li><b>The rolling day.</b> Full buckets leave a few seconds late rather than early. Recipients of the mailbox simulator do
 *       not enter it.
 *   <li><b>Backing off.</b> After a throttle the rate is a part of R for some seconds; the rules below then hold for that
 *       part.
 *   <li><b>The pace.</b> One recipient in 1/(0.995 R) seconds, by resilience4j. A message of k recipients takes one
 *       place and pays for the others afterwards, so a first message never waits.
 *   <li><b>The last second.</b> The strict rule behind the even pace: at most R recipients in any sliding second, and a
 *       message of more than R recipients alone.
 * </ol>
 *
 * <p>The price of the strict rule: a steady sender of one recipient a message reaches 0.995 R; k recipients a message
 * reach k times the whole number of such messages that fit into R; sizes that vary lose up to 30 percent if they come
 * near R, and a few percent if they stay below a tenth of it; and above one recipient a second the fraction of a rate is
 * lost, as a third recipient in a second would be more than 2.5. Spacing is
 * that of the grants: the network may bunch what was sent evenly, and SES may accept less than the quota says.
 */
@NullMarked
package io.github.sesquill.quota;

import org.jspecify.annotations.NullMarked;
