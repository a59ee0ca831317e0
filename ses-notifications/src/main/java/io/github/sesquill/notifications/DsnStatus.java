package io.github.sesquill.notifications;

import java.util.Optional;

/**
 * Holds an enhanced status code, {@code class.subject.detail} of RFC 3463: {@code 5.1.1} is a mailbox that does not
 * exist.
 *
 * @param statusClass 2 success, 4 transient failure, 5 permanent failure
 * @param subject what the failure is about: 1 the address, 2 the mailbox, 4 the network, 7 policy, and others
 * @param detail the failure within its subject
 */
public record DsnStatus(int statusClass, int subject, int detail) {

    /**
     * Reads one digit, a dot, up to three digits, a dot, up to three digits; all else is empty. A comment may follow, as
     * RFC 3464 section 2.3.4 has it: {@code 5.0.0 (permanent failure)}.
     */
    static Optional<DsnStatus> of(String text) {
        int comment = text.indexOf('(');
        String status = (comment < 0 ? text : text.substring(0, comment)).strip();
        int first = status.indexOf('.');
        int second = status.indexOf('.', first + 1);
        if (first != 1 || second < 0) {
            return Optional.empty();
        }
        int statusClass = number(status, 0, first);
        int subject = number(status, first + 1, second);
        int detail = number(status, second + 1, status.length());
        return statusClass < 0 || subject < 0 || detail < 0
                ? Optional.empty()
                : Optional.of(new DsnStatus(statusClass, subject, detail));
    }

    private static int number(String text, int start, int end) {
        int number = start == end || end - start > 3 ? -1 : 0;
        for (int i = start; i < end && number >= 0; i++) {
            char c = text.charAt(i);
            number = c >= '0' && c <= '9' ? number * 10 + c - '0' : -1;
        }
        return number;
    }

    /** Returns the code as RFC 3463 writes it, {@code 5.1.1}. */
    @Override
    public String toString() {
        return statusClass + "." + subject + "." + detail;
    }
}
