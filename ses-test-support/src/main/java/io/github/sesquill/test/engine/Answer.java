package io.github.sesquill.test.engine;

/** What SES says to a submission. */
public sealed interface Answer permits Accepted, Refused, Lost {}
