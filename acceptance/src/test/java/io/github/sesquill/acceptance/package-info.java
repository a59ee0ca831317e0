/** What holds for all modules together: walls, public API, contracts. */
@NullMarked
package io.github.sesquill.acceptance;

import org.jspecify.annotations.NullMarked;
