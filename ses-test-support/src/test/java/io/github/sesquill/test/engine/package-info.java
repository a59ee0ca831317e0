/** Tests of the fake. */
@NullMarked
package io.github.sesquill.test.engine;

import org.jspecify.annotations.NullMarked;
