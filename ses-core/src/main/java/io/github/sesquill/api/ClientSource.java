package io.github.sesquill.api;

import java.time.Duration;

/** Where the SDK's client comes from: made here and closed here, or lent and left alone. */
sealed interface ClientSource permits OwnClient, LentClient {

    /**
     * Returns the client, made now if need be.
     *
     * @throws NoClientException if it cannot be made, as without a region, or not in time
     */
    RegionalClient client(Duration atMost);

    /** Tells whether every single request must be told to be one attempt, because the client was not. */
    boolean needsPlugin();

    void close();
}
