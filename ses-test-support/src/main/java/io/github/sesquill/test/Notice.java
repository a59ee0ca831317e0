package io.github.sesquill.test;

import java.time.Instant;

/** One notification and when SES publishes it. */
record Notice(Instant due, String json) {}
