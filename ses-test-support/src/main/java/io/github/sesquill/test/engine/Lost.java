package io.github.sesquill.test.engine;

import java.util.Optional;

/**
 * Nobody hears what SES says, because a script wants it so: the connection ends after the last byte of the message.
 *
 * @param accepted what SES made of it, if it took it
 */
public record Lost(Submission submission, Optional<Accepted> accepted) implements Answer {}
