/** The main job as its users run it, over the fake and over an endpoint. */
@NullMarked
package io.github.sesquill.examples;

import org.jspecify.annotations.NullMarked;
