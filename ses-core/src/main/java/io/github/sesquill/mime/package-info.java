/**
 * A message written as MIME (RFC 5322, RFC 2045 to 2049).
 *
 * <p>{@link io.github.sesquill.mime.MimeWriter} writes a message part by part to a stream: attachments flow from their
 * source through small buffers and are never in memory whole. Every line ends in CRLF and none is longer than 998 bytes.
 */
@NullMarked
package io.github.sesquill.mime;

import org.jspecify.annotations.NullMarked;
