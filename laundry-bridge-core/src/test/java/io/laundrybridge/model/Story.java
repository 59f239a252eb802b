package io.laundrybridge.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.laundrybridge.source.InMemorySource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The true history: every record of the stream's present epoch, and the end of each partition. */
final class Story {
    static final int PARTITIONS = 3;
    static final List<String> KEYS =
            IntStream.range(0, 12).mapToObj(n -> "m-" + n).toList();

    /** A node's memory has at least this many records. */
    private static final int RECENT = 60;

    private static final String FILLING = "x".repeat(250);

    private final InMemorySource source;
    private final int kept;
    private final long begin = System.currentTimeMillis() - 3_600_000;
    private final long[] ends = new long[PARTITIONS];
    private final long[] mostEnds = new long[PARTITIONS];
    private final List<List<Long>> stamps = new ArrayList<>();
    private final List<List<Told>> told = new ArrayList<>();
    private final Map<String, @Nullable Long> newest = new HashMap<>();

    /** The numbers in all values that a key ever had, in former epochs too. */
    private final Map<String, List<Long>> allTold = new HashMap<>();

    private long number;
    private int life;
    private int clock;

    /** A record: its key, the number in its value or null, and the number of earlier records. */
    private record Told(String key, @Nullable Long number, int at) {}

    Story(int kept) {
        this.kept = kept;
        forget();
        source = InMemorySource.named("story", PARTITIONS, kept, Runnable::run);
    }

    InMemorySource source() {
        return source;
    }

    /** Returns the number in the newest value of each key that has one. */
    Map<String, Long> newest() {
        Map<String, Long> present = new HashMap<>();
        newest.forEach((key, value) -> {
            if (value != null) {
                present.put(key, value);
            }
        });
        return present;
    }

    /** Returns, per key, the number in the newest value that {@code wish} matches, whatever came after it. */
    Map<String, Long> newestWanted(Wish wish) {
        Map<String, Long> wanted = new HashMap<>();
        for (List<Told> records : told) {
            for (Told each : records) {
                if (each.number() != null && wish.wants(each.key(), each.number())) {
                    wanted.put(each.key(), each.number());
                }
            }
        }
        return wanted;
    }

    /** Returns whether {@code wish} matches the record at that place. */
    boolean wants(Wish wish, int partition, long offset) {
        return wants(wish, told.get(partition).get((int) offset));
    }

    private static boolean wants(Wish wish, Told record) {
        return wish.wants(record.key(), record.number());
    }

    /** Returns whether {@code right} allows some value that {@code key} has or had. */
    boolean everAllowed(Right right, String key) {
        return allTold.getOrDefault(key, List.of()).stream().anyMatch(n -> right.allows(key, n));
    }

    /** Returns whether {@code right} allows the value that the key of a record had before it. */
    boolean allowedBefore(Right right, int partition, long offset) {
        List<Told> records = told.get(partition);
        if (offset >= records.size()) {
            return true; // of an earlier epoch
        }
        String key = key(partition, offset);
        for (int before = (int) offset - 1; before >= 0; before--) {
            Told record = records.get(before);
            if (record.key().equals(key)) {
                return record.number() != null && right.allows(key, record.number());
            }
        }
        return false;
    }

    boolean isDeletion(int partition, long offset) {
        return told.get(partition).get((int) offset).number() == null;
    }

    String key(int partition, long offset) {
        return told.get(partition).get((int) offset).key();
    }

    /**
     * Returns whether a newer record of the same key follows the one at {@code offset}: {@code any}, or one that
     * {@code wish} matches.
     */
    boolean isSuperseded(Wish wish, int partition, long offset, boolean any) {
        List<Told> records = told.get(partition);
        String key = key(partition, offset);
        return records.subList((int) offset + 1, records.size()).stream()
                .anyMatch(each -> each.key().equals(key) && (any || wants(wish, each)));
    }

    /** Returns whether the newest record of {@code key} that {@code wish} matches is in every node's memory. */
    boolean isRecent(Wish wish, String key) {
        return told.stream()
                .flatMap(List::stream)
                .anyMatch(each -> clock - each.at() <= RECENT && each.key().equals(key) && wants(wish, each));
    }

    /** Returns the place of {@code key}'s value with that number; null if it belongs to another epoch. */
    Beliefs.@Nullable Place place(String key, long number) {
        for (int p = 0; p < PARTITIONS; p++) {
            List<Told> records = told.get(p);
            for (int offset = records.size() - 1; offset >= 0; offset--) {
                Told record = records.get(offset);
                if (record.number() != null
                        && record.number() == number
                        && record.key().equals(key)) {
                    return new Beliefs.Place(p, offset);
                }
            }
        }
        return null;
    }

    long end(int partition) {
        return ends[partition];
    }

    /** Returns the end of the partition, or its end in an earlier epoch that a viewer may still read. */
    long mostEnd(int partition) {
        return Math.max(ends[partition], mostEnds[partition]);
    }

    /** Returns how often the stream was made again. */
    int life() {
        return life;
    }

    /** Returns whether records of the present epoch are gone. */
    boolean forgets() {
        return Arrays.stream(ends).sum() > kept;
    }

    /** Returns a time among, before or after the timestamps of records. */
    long time(int dice) {
        return begin + Math.floorMod(dice, 10 * clock + 300) - 100;
    }

    /** Returns the first offset with timestamp {@code time} or later; {@link Long#MAX_VALUE} if there is none. */
    long first(int partition, long time) {
        List<Long> stamped = stamps.get(partition);
        for (int offset = 0; offset < stamped.size(); offset++) {
            if (stamped.get(offset) >= time) {
                return offset;
            }
        }
        return Long.MAX_VALUE;
    }

    void publish(int dice) {
        String key = KEYS.get(Math.floorMod(dice, KEYS.size()));
        boolean deletion = Math.floorMod(dice / KEYS.size(), 9) == 0;
        long n = number++;
        write(
                key,
                deletion ? null : "{\"n\":" + n + ",\"s\":" + n % 3 + ",\"x\":\"" + FILLING + "\"}",
                dice,
                deletion ? null : Long.valueOf(n));
        newest.put(key, deletion ? null : Long.valueOf(n));
        if (!deletion) {
            allTold.computeIfAbsent(key, any -> new ArrayList<>()).add(n);
        }
    }

    /** Adds a record that cannot be decoded, under its own key, so that no state depends on it. */
    void poison() {
        write("poison", "{", clock, null);
    }

    /** At least one in every partition: a gap concerns all sessions, so a viewer that gets it has come to the end. */
    void poisonEverywhere() {
        long[] before = ends.clone();
        for (int i = 0; untouched(before); i++) {
            write("poison-" + i, "{", clock, null);
        }
    }

    private boolean untouched(long[] before) {
        return IntStream.range(0, PARTITIONS).anyMatch(p -> ends[p] == before[p]);
    }

    void recreate() {
        life++;
        forget();
        source.recreate();
    }

    /** Time advances by 10 ms per record, and producers' clocks differ by up to 100. */
    private void write(String key, @Nullable String value, int dice, @Nullable Long n) {
        long stamp = begin + 10L * clock + Math.floorMod(dice, 201) - 100;
        byte[] bytes = value == null ? null : value.getBytes(UTF_8);
        InMemorySource.Place place = source.publish(key.getBytes(UTF_8), bytes, stamp, List.of());
        stamps.get(place.partition()).add(stamp);
        told.get(place.partition()).add(new Told(key, n, clock++));
        ends[place.partition()] = place.offset() + 1;
    }

    private void forget() {
        newest.clear();
        stamps.clear();
        told.clear();
        for (int p = 0; p < PARTITIONS; p++) {
            stamps.add(new ArrayList<>());
            told.add(new ArrayList<>());
        }
        Arrays.setAll(mostEnds, this::mostEnd);
        Arrays.fill(ends, 0);
    }
}
