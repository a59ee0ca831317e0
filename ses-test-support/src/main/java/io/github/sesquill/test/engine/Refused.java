package io.github.sesquill.test.engine;

import java.time.Instant;

/** SES does not take it, and why. */
public record Refused(Submission submission, Refusal refusal, Instant at) implements Answer {}
