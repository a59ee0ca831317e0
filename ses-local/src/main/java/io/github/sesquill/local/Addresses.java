package io.github.sesquill.local;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.test.engine.Refusal;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;

/** Reads addresses as they come in. */
final class Addresses {

    private Addresses() {}

    /**
     * Reads one.
     *
     * @throws ProblemException in the words of SES, if it is none
     */
    static EmailAddress of(String text) {
        try {
            return readable(EmailAddress.of(text));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(Refusal.invalidAddress(text).text());
        }
    }

    /** Returns the address with its name as people read it: clients encode names that are not ASCII (RFC 2047). */
    private static EmailAddress readable(EmailAddress address) {
        return address.displayName()
                .filter(name -> name.contains("=?"))
                .map(name -> named(MimePart.decoded(name), address))
                .orElse(address);
    }

    /** Joins a name, unless it is none that an address can have. */
    private static EmailAddress named(String name, EmailAddress bare) {
        try {
            return EmailAddress.of(name, bare.address());
        } catch (IllegalArgumentException e) {
            return bare;
        }
    }

    static List<EmailAddress> of(List<String> texts) {
        return texts.stream().map(Addresses::of).toList();
    }

    /**
     * Reads those of a header, which may have comments and groups.
     *
     * @throws ProblemException in the words of SES, if one is none
     */
    static List<EmailAddress> inHeader(String value) {
        List<EmailAddress> addresses = new ArrayList<>();
        try {
            for (InternetAddress address : InternetAddress.parseHeader(value, false)) {
                addresses.add(of(address));
            }
        } catch (AddressException e) {
            throw ProblemException.badRequest(Refusal.invalidAddress(value).text());
        }
        return addresses;
    }

    private static EmailAddress of(InternetAddress read) {
        EmailAddress bare = of(String.valueOf(read.getAddress()));
        String name = read.getPersonal();
        return name == null || name.isBlank() ? bare : named(name, bare);
    }
}
