package io.laundrybridge.jakarta;

import io.laundrybridge.source.InMemorySource;

/** A stream that the test and the application under test share. Public: they have different class loaders. */
public final class SharedOrders {
    private static volatile InMemorySource source = InMemorySource.named("orders");

    private SharedOrders() {}

    /** Begins another stream. */
    public static InMemorySource begin() {
        source = InMemorySource.named("orders");
        return source;
    }

    /** The present stream. */
    public static InMemorySource source() {
        return source;
    }
}
