package io.github.sesquill.acceptance;

import io.github.sesquill.EmailSender;
import io.github.sesquill.message.EmailMessage;

/** The application under test in the examples: it depends on a sender and on nothing of SES. */
record Signup(EmailSender mailer) {

    void register(String address) {
        String name =
                address.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + address.substring(1, address.indexOf('@'));
        mailer.send(EmailMessage.from("Acme <hello@acme.example>")
                .to(address)
                .subject("Welcome")
                .html("<p>Welcome, " + name + "!</p>")
                .build());
    }
}
