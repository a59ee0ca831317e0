/**
 * What the same work costs with a peer and with Sesquill, measured so that a shared machine cannot decide it.
 *
 * <p>A <em>variant</em> is one way to do an <em>operation</em>. Variants take turns in <em>rounds</em>; a round holds one
 * <em>slice</em> of time of each, and only slices of one round are compared with each other. An <em>aim</em> is met when
 * the median over the rounds meets it.
 */
@NullMarked
package io.github.sesquill.benchmarks;

import org.jspecify.annotations.NullMarked;
