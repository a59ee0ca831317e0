/**
 * A shop writes to its customers: the whole of the library in one job, over the fake SES unless told otherwise.
 *
 * <p>Begin with {@code Mailing}, which is the flow; {@code Letter} makes a message, {@code Ses} is where it goes, and
 * {@code Feedback} is what comes back.
 */
@NullMarked
package io.github.sesquill.examples;

import org.jspecify.annotations.NullMarked;
