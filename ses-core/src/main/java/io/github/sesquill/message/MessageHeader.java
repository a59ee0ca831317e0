package io.github.sesquill.message;

/**
 * One header field, as it goes on the wire: both parts printable ASCII, no line breaks (RFC 5322 section 2.2).
 *
 * <p>A record, for the standard closes it.
 *
 * @param name the field name, in the case it was given in
 * @param value the value; text outside ASCII is already in encoded words (RFC 2047)
 */
public record MessageHeader(String name, String value) {}
