/** Where time comes from: one source for the wall clock, elapsed time and waiting, so that tests own all three. */
@NullMarked
package io.github.sesquill.time;

import org.jspecify.annotations.NullMarked;
