package io.github.sesquill.api;

/** A client that belongs to somebody else. */
record LentClient(RegionalClient client) implements ClientSource {

    @Override
    public boolean needsPlugin() {
        return true;
    }

    @Override
    public void close() {
        // Whoever lent it closes it.
    }
}
