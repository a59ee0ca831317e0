package io.github.sesquill.test.engine;

/** The operation by which a message came, as the tag {@code ses:operation} of events has it. */
public enum Operation {
    /** A simple message over the API. */
    SEND_EMAIL("SendEmail"),
    /** MIME over the API. */
    SEND_RAW_EMAIL("SendRawEmail"),
    /** A template over the API. */
    SEND_TEMPLATED_EMAIL("SendTemplatedEmail"),
    /** An entry of a bulk call over the API. */
    SEND_BULK_EMAIL("SendBulkEmail"),
    /** MIME over SMTP. */
    SEND_SMTP_EMAIL("SendSmtpEmail");

    private final String text;

    Operation(String text) {
        this.text = text;
    }

    /** Returns the word of the tag. */
    public String text() {
        return text;
    }
}
