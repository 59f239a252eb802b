package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.load.Choice;
import io.laundrybridge.benchmark.load.Tenants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The events and clients of a workload.
 *
 * @param clients connections
 * @param rate events per second
 * @param bytes of an event's value; 0 for those of the laundry, as they come
 * @param keys the number of keys, taken in turn
 * @param choice what each client selects
 * @param flush milliseconds for which our server may gather before a frame; 0 for none
 * @param compress whether we compress frames
 * @param sealed whether our server seals the places of sessions that it grants some rows only
 * @param topics the number of topics that have the events in turn, each with a channel; 0 for the usual one
 */
public record Load(
        int clients,
        int rate,
        int bytes,
        int keys,
        Choice choice,
        int flush,
        boolean compress,
        boolean sealed,
        int topics) {
    /** The partitions of each of many topics. */
    static final int PARTITIONS = 6;

    /** Values of the laundry are never shorter. */
    private static final int LAUNDRY_LEAST_BYTES = 200;

    private static final int KEYS = 100;

    /** Returns a load in which every client gets every event. */
    static Load everything(int clients, int rate, int bytes) {
        return new Load(clients, rate, bytes, KEYS, Choice.EVERYTHING, 0, false, false, 0);
    }

    /** Returns a load in which every client has its own key. */
    static Load ownKeys(int clients, int rate, int bytes) {
        return new Load(clients, rate, bytes, clients, Choice.KEY, 0, false, false, 0);
    }

    /** Returns a load in which clients get the events of their tenant, by {@code choice}. */
    static Load tenants(int tenants, int clients, int rate, int bytes, Choice choice) {
        return new Load(clients, rate, bytes, tenants, choice, 0, false, false, 0);
    }

    Load flush(int millis) {
        return new Load(clients, rate, bytes, keys, choice, millis, compress, sealed, topics);
    }

    Load compressed() {
        return new Load(clients, rate, bytes, keys, choice, flush, true, sealed, topics);
    }

    Load withSealedPlaces() {
        return new Load(clients, rate, bytes, keys, choice, flush, compress, true, topics);
    }

    Load topics(int number) {
        return new Load(clients, rate, bytes, keys, choice, flush, compress, sealed, number);
    }

    Load scaled(int clientsBy, int rateBy) {
        int fewer = Math.max(4, clients / clientsBy);
        int fewerKeys = perKey() ? Math.max(1, keys * fewer / clients) : keys;
        return new Load(fewer, rate / rateBy, bytes, fewerKeys, choice, flush, compress, sealed, topics / clientsBy);
    }

    /** Returns whether events are numbered by key, because each client gets those of one key. */
    boolean perKey() {
        return choice != Choice.EVERYTHING;
    }

    boolean laundry() {
        return bytes == 0;
    }

    int leastBytes() {
        return laundry() ? LAUNDRY_LEAST_BYTES : bytes;
    }

    /** Returns the file in {@code folder} with the key that signs the clients' tokens; empty if they have none. */
    String signingKey(Path folder) {
        return choice == Choice.ROWS ? file(folder, "tenants.key").toString() : "";
    }

    /** Returns the channel of the topic with this number. */
    static String channel(int number) {
        return "many-" + number;
    }

    /** Returns the topic with this number, beside the usual one. */
    static String topic(String usual, int number) {
        return usual + "-" + number;
    }

    /**
     * Returns what our server needs for this load beyond its usual settings; writes files into {@code folder}.
     *
     * @param topic the usual topic
     */
    List<String> settings(Path folder, String topic) {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < topics; i++) {
            String channel = "--laundry-bridge.channels." + channel(i);
            settings.add(channel + ".topic=" + topic(topic, i));
            settings.add(channel + ".access=anonymous");
            settings.add(channel + ".retain-bytes=256KiB");
        }
        if (choice == Choice.WHERE || choice == Choice.ROWS) {
            settings.add("--laundry-bridge.channels.bench.filter-fields=" + Tenants.FIELD);
        }
        if (choice == Choice.ROWS) {
            Path jwks = file(folder, "tenants.jwks.json");
            Tenants.write(file(folder, "tenants.key"), jwks);
            settings.add("--laundry-bridge.channels.bench.rows=" + Tenants.FIELD + "=claim:" + Tenants.CLAIM);
            settings.add("--laundry-bridge.auth.jwt.jwks=" + jwks);
            settings.add("--laundry-bridge.auth.jwt.issuer=" + Tenants.ISSUER);
            settings.add("--laundry-bridge.auth.jwt.audience=" + Tenants.AUDIENCE);
        }
        if (sealed) {
            settings.add("--laundry-bridge.secret=" + "of-the-benchmark".repeat(2));
        }
        return List.copyOf(settings);
    }

    private static Path file(Path folder, String name) {
        return folder.resolve(name).toAbsolutePath();
    }
}
