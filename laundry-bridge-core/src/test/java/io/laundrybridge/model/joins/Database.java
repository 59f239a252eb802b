package io.laundrybridge.model.joins;

import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.source.InMemorySource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows with versions. Each commit becomes a record later, in order per row, as an outbox or Debezium does it. */
final class Database {
    private static final int ROWS = 8;

    private final Map<String, Integer> committed = new HashMap<>();
    private final Map<String, Deque<Integer>> unsent = new HashMap<>();
    private final Map<String, Integer> sent = new HashMap<>();
    private final List<Write> writes = new ArrayList<>();

    /** A write whose record is stored. */
    record Write(String row, int version, RecordPlace place) {}

    static List<String> rows(String tenant) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(tenant + "/" + row);
        }
        return rows;
    }

    void commit(Random random) {
        String row = (random.nextBoolean() ? "a" : "b") + "/" + random.nextInt(ROWS);
        int version = committed.merge(row, 1, Integer::sum);
        unsent.computeIfAbsent(row, any -> new ArrayDeque<>()).add(version);
    }

    /** Stores the record of the oldest commit of some row that has none yet. */
    void send(InMemorySource source, Random random) {
        List<String> rows = unsent.keySet().stream().sorted().toList();
        if (rows.isEmpty()) {
            return;
        }
        String row = rows.get(random.nextInt(rows.size()));
        Deque<Integer> versions = unsent.getOrDefault(row, new ArrayDeque<>());
        int version = versions.remove();
        if (versions.isEmpty()) {
            unsent.remove(row);
        }
        InMemorySource.Place place = source.publish(row, "{\"version\":" + version + "}");
        sent.put(row, version);
        writes.add(new Write(row, version, new RecordPlace(place.partition(), place.offset())));
    }

    /** What a REST handler reads now. */
    Map<String, Integer> load() {
        return Map.copyOf(committed);
    }

    /** Returns the newest version of {@code row} that the stream has; 0 if it has none. */
    int sent(String row) {
        return sent.getOrDefault(row, 0);
    }

    /** Returns the newest write of each partition. */
    List<Write> newest() {
        Map<Integer, Write> newest = new HashMap<>();
        for (int i = Math.max(0, writes.size() - 200); i < writes.size(); i++) {
            newest.put(writes.get(i).place().partition(), writes.get(i));
        }
        return List.copyOf(newest.values());
    }

    /** Returns one of the newest writes, if there is any. */
    List<Write> some(Random random) {
        int back = Math.min(writes.size(), 1 + random.nextInt(6));
        return back == 0 ? List.of() : List.of(writes.get(writes.size() - back));
    }
}
