package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import java.util.List;

/** Whether a recipient is the one a test means: with a name the name must fit too. */
final class Addressee {

    private Addressee() {}

    static boolean matches(EmailAddress wanted, EmailAddress actual) {
        return wanted.displayName().isPresent()
                ? wanted.equals(actual)
                : wanted.localPart().equals(actual.localPart())
                        && wanted.domain().equalsIgnoreCase(actual.domain());
    }

    /** Points at an address that is nearly the one; nothing if none is. */
    static String hint(EmailAddress wanted, List<EmailAddress> actual) {
        for (EmailAddress near : actual) {
            if (wanted.displayName().isPresent() && wanted.address().equalsIgnoreCase(near.address())) {
                return " The address is there, but as " + near
                        + ": write the address alone if the name does not matter.";
            }
            if (wanted.address().equalsIgnoreCase(near.address())) {
                return " " + near.address() + " differs in capitals before the @, which counts.";
            }
        }
        return "";
    }
}
