package io.laundrybridge.benchmark.workload;

/**
 * What comes in and who listens.
 *
 * @param clients connections
 * @param rate events a second
 * @param bytes of an event's value; 0 for those of the laundry, as they come
 * @param keys how many there are, taken in turn
 * @param ownKey whether each client subscribes to one key alone
 * @param flush milliseconds that we may gather before a frame; 0 for none
 * @param compress whether we compress frames
 */
public record Load(int clients, int rate, int bytes, int keys, boolean ownKey, int flush, boolean compress) {
    /** Values of the laundry are never shorter. */
    private static final int LAUNDRY_LEAST_BYTES = 200;

    private static final int KEYS = 100;

    /** Everybody gets everything. */
    static Load everything(int clients, int rate, int bytes) {
        return new Load(clients, rate, bytes, KEYS, false, 0, false);
    }

    /** Everybody has a key of their own. */
    static Load ownKeys(int clients, int rate, int bytes) {
        return new Load(clients, rate, bytes, clients, true, 0, false);
    }

    Load flush(int millis) {
        return new Load(clients, rate, bytes, keys, ownKey, millis, compress);
    }

    Load compressed() {
        return new Load(clients, rate, bytes, keys, ownKey, flush, true);
    }

    Load scaled(int clientsBy, int rateBy) {
        int fewer = Math.max(4, clients / clientsBy);
        return new Load(fewer, rate / rateBy, bytes, ownKey ? fewer : keys, ownKey, flush, compress);
    }

    boolean laundry() {
        return bytes == 0;
    }

    int leastBytes() {
        return laundry() ? LAUNDRY_LEAST_BYTES : bytes;
    }
}
