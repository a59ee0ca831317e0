package com.example.signup;

import io.github.sesquill.EmailSender;
import io.github.sesquill.message.EmailMessage;

/** Somebody's application, which sends a mail. */
record Signup(EmailSender mailer) {

    void register(String address) {
        String name = address.substring(0, 1).toUpperCase() + address.substring(1, address.indexOf('@'));
        mailer.send(EmailMessage.from("Acme <hello@acme.example>")
                .to(address)
                .subject("Welcome")
                .html("<p>Welcome, " + name + "!</p>")
                .build());
    }
}
