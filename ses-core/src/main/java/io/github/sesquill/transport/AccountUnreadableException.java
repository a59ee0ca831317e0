package io.github.sesquill.transport;

/** The account could not be read; the message says why and what to do. */
public final class AccountUnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean denied;

    private AccountUnreadableException(String message, boolean denied, Throwable cause) {
        super(message, cause);
        this.denied = denied;
    }

    /** These credentials may not read the account; asking again does not help. */
    public static AccountUnreadableException denied(String message, Throwable cause) {
        return new AccountUnreadableException(message, true, cause);
    }

    /** SES did not answer in time or not well. */
    public static AccountUnreadableException unavailable(String message, Throwable cause) {
        return new AccountUnreadableException(message, false, cause);
    }

    /** Tells whether the credentials lack the permission. */
    public boolean isDenied() {
        return denied;
    }
}
