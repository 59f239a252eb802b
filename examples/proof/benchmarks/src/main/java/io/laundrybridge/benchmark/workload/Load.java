package io.laundrybridge.benchmark.workload;

/**
 * The events and clients of a workload.
 *
 * @param clients connections
 * @param rate events per second
 * @param bytes of an event's value; 0 for those of the laundry, as they come
 * @param keys the number of keys, taken in turn
 * @param ownKey whether each client subscribes to one key alone
 * @param flush milliseconds for which our server may gather before a frame; 0 for none
 * @param compress whether we compress frames
 */
public record Load(int clients, int rate, int bytes, int keys, boolean ownKey, int flush, boolean compress) {
    /** Values of the laundry are never shorter. */
    private static final int LAUNDRY_LEAST_BYTES = 200;

    private static final int KEYS = 100;

    /** Returns a load in which every client gets every event. */
    static Load everything(int clients, int rate, int bytes) {
        return new Load(clients, rate, bytes, KEYS, false, 0, false);
    }

    /** Returns a load in which every client has its own key. */
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
