/** Tests of the notifications and their parser. */
@NullMarked
package io.github.sesquill.notifications;

import org.jspecify.annotations.NullMarked;
