package io.github.sesquill.api;

import java.time.Duration;

/** A client that belongs to somebody else. */
record LentClient(RegionalClient lent) implements ClientSource {

    @Override
    public RegionalClient client(Duration atMost) {
        return lent;
    }

    @Override
    public boolean needsPlugin() {
        return true;
    }

    @Override
    public void close() {
        // Whoever lent it closes it.
    }
}
