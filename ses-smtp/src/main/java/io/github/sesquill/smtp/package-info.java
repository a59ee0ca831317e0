/**
 * The SMTP interface of SES: {@link io.github.sesquill.smtp.SmtpTransport} and its
 * {@link io.github.sesquill.smtp.SmtpCredentials}.
 */
@NullMarked
package io.github.sesquill.smtp;

import org.jspecify.annotations.NullMarked;
