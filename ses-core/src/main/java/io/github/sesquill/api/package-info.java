/**
 * The SES v2 API as a way out, over the AWS SDK's own client.
 *
 * <p>An <em>exchange</em> is one request and its answer. The SDK is used for what it is good at, signing, credentials
 * and the wire format, and kept from what it must not do: its retries are off on every client, because SES has no
 * idempotency token and a repeated request is a second mail. The body passes a <em>gate</em> on its way from the signed
 * request to the socket, so that what went wrong is judged by what SES can have received and not by which exception
 * came.
 */
@NullMarked
package io.github.sesquill.api;

import org.jspecify.annotations.NullMarked;
