/** How much may be sent, and how a sender keeps to it. */
@NullMarked
package io.github.sesquill.quota;

import org.jspecify.annotations.NullMarked;
