/**
 * Whom not to write to. A <em>suppression list</em> holds addresses that bounced, complained or were added by hand; a
 * mailer leaves them out.
 */
@NullMarked
package io.github.sesquill.suppression;

import org.jspecify.annotations.NullMarked;
