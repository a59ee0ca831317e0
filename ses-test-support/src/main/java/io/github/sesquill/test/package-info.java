/**
 * Tests of sending code without an AWS account.
 *
 * <p>A test of code that sends has three questions. <em>Was the right message sent?</em> The <em>fake</em> keeps every
 * message that it accepted, and the <em>assertions</em> read it as a recipient would. <em>What does the code do when SES
 * says no?</em> The fake refuses what SES refuses, in the sandbox and out of it, and a <em>script</em> makes it fail in
 * ways that are rare in life: throttled, unreachable, silent after the last byte. <em>What does the code do with what
 * comes back?</em> The fake publishes the notifications that SES would, and the <em>fixtures</em> are the ones that are
 * hard to provoke.
 *
 * <p>The fake is not a mock: there is nothing to stub before it works, and a message that SES would refuse is refused
 * here. It has its own time, so that a test of a daily quota takes no longer than any other.
 *
 * <p>Who writes a transport extends its <em>contract</em>: the tests that the transports of Sesquill pass themselves.
 */
@NullMarked
package io.github.sesquill.test;

import org.jspecify.annotations.NullMarked;
