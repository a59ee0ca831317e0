/** Tests of the fake. */
@NullMarked
package io.github.sesquill.test;

import org.jspecify.annotations.NullMarked;
