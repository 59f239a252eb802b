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

/** What truly happened: every record of the stream's present life, and where each partition ends. */
final class Story {
    static final int PARTITIONS = 3;
    static final List<String> KEYS =
            IntStream.range(0, 12).mapToObj(n -> "m-" + n).toList();

    /** A node's memory has so many records at least. */
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
    private long number;
    private int life;
    private int clock;

    /** A record: its key, the number in its value or null, and how many came before it. */
    private record Told(String key, @Nullable Long number, int at) {}

    Story(int kept) {
        this.kept = kept;
        forget();
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

    /** Of each key the number in the newest of the values that {@code wish} wants, whatever came behind it. */
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

    /** Whether the record at that place is one that {@code wish} wants. */
    boolean wants(Wish wish, int partition, long offset) {
        return wants(wish, told.get(partition).get((int) offset));
    }

    private static boolean wants(Wish wish, Told record) {
        return wish.wants(record.key(), record.number());
    }

    String key(int partition, long offset) {
        return told.get(partition).get((int) offset).key();
    }

    /** Whether a newer record of the same key follows that at {@code offset}: {@code any}, or one that {@code wish} wants. */
    boolean isSuperseded(Wish wish, int partition, long offset, boolean any) {
        List<Told> records = told.get(partition);
        String key = key(partition, offset);
        return records.subList((int) offset + 1, records.size()).stream()
                .anyMatch(each -> each.key().equals(key) && (any || wants(wish, each)));
    }

    /** Whether the newest record of {@code key} that {@code wish} wants is in every node's memory. */
    boolean isRecent(Wish wish, String key) {
        return told.stream()
                .flatMap(List::stream)
                .anyMatch(each -> clock - each.at() <= RECENT && each.key().equals(key) && wants(wish, each));
    }

    /** Where the value of {@code key} with that number lies; null if it is of another life. */
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

    /** Where the partition ends, or ended in a life before that a viewer may still read. */
    long mostEnd(int partition) {
        return Math.max(ends[partition], mostEnds[partition]);
    }

    /** How often the stream was made again. */
    int life() {
        return life;
    }

    /** Whether records of the present life are gone. */
    boolean forgets() {
        return Arrays.stream(ends).sum() > kept;
    }

    /** A time around which, or before which, or after which there are records. */
    long time(int dice) {
        return begin + Math.floorMod(dice, 10 * clock + 300) - 100;
    }

    /** The first offset stamped at {@code time} or later; {@link Long#MAX_VALUE} if there is none. */
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
    }

    /** A record that cannot be decoded, under a key of its own, so that no state depends on it. */
    void poison() {
        write("poison", "{", clock, null);
    }

    /** One in every partition at least: a gap concerns everybody, so whoever is told has come to the end. */
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

    /** Time goes on by 10 ms a record, and producers' clocks differ by up to 100. */
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
