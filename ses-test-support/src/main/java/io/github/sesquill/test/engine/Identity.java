package io.github.sesquill.test.engine;

/** An address or a domain to send from, and whether its owner has agreed. */
public record Identity(String name, boolean verified) {

    /** Tells whether it is a domain rather than an address. */
    public boolean isDomain() {
        return name.indexOf('@') < 0;
    }
}
