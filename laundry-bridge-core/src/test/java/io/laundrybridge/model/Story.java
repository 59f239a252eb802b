package io.laundrybridge.model;

import io.laundrybridge.source.InMemorySource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What truly happened: every record of the stream's present life, and where each partition ends. */
final class Story {
    static final int PARTITIONS = 3;
    private static final int KEYS = 12;
    private static final String FILLING = "x".repeat(250);

    private final InMemorySource source;
    private final long[] ends = new long[PARTITIONS];
    private final Map<String, @Nullable Long> newest = new HashMap<>();
    private long number;

    Story(int kept) {
        source = InMemorySource.named("story", PARTITIONS, kept, Runnable::run);
    }

    InMemorySource source() {
        return source;
    }

    /** The number in the newest value of each key that has one. */
    Map<String, Long> newest() {
        Map<String, Long> present = new HashMap<>();
        newest.forEach((key, value) -> {
            if (value != null) {
                present.put(key, value);
            }
        });
        return present;
    }

    long end(int partition) {
        return ends[partition];
    }

    void publish(int dice) {
        String key = "m-" + Math.floorMod(dice, KEYS);
        boolean deletion = Math.floorMod(dice / KEYS, 9) == 0;
        long n = number++;
        write(key, deletion ? null : "{\"n\":" + n + ",\"x\":\"" + FILLING + "\"}");
        newest.put(key, deletion ? null : Long.valueOf(n));
    }

    /** A record that cannot be decoded, under a key of its own, so that no state depends on it. */
    void poison() {
        write("poison", "{");
    }

    void recreate() {
        forget();
        source.recreate();
    }

    private void write(String key, @Nullable String value) {
        InMemorySource.Place place = source.publish(key, value);
        ends[place.partition()] = place.offset() + 1;
    }

    private void forget() {
        newest.clear();
        Arrays.fill(ends, 0);
    }
}
