/**
 * What a message is.
 *
 * <p>A <em>message</em> has an <em>envelope</em>, which says who gets it, and <em>content</em>, which is what they
 * read: a simple text and HTML body, a template that SES renders, or raw MIME. A message in hand is well-formed:
 * everything here checks its input when it is constructed, refuses what SES would refuse, and says what to write
 * instead. Nothing is silently corrected. All types are immutable and thread-safe.
 */
@NullMarked
package io.github.sesquill.message;

import org.jspecify.annotations.NullMarked;
