package io.laundrybridge.test.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records everything that one client received of one channel, over all its connections, and its place to resume. Feed
 * it every line of the full dialect in order, but none after its connection was dropped. {@link DeliveryJudge} finds
 * what was wrong. Thread-safe; guarded by its monitor.
 */
public final class DeliveryLedger {
    private static final JsonMapper JSON = new JsonMapper();

    private final String channel;
    private final List<IncarnationLog> incarnations = new ArrayList<>();
    private final LedgerPlace place = new LedgerPlace();
    private boolean inSnapshot;
    private long events;

    /** Returns an empty ledger of {@code channel}; lines of others are passed over. */
    public DeliveryLedger(String channel) {
        this.channel = channel;
        incarnations.add(new IncarnationLog(""));
    }

    /** Takes the next line. */
    public synchronized void take(String line) {
        JsonNode json = JSON.readTree(line);
        if (!json.path("ch").asString("").equals(channel)) {
            return;
        }
        switch (json.path("op").asString("event")) {
            case "event" -> event(json);
            case "gap" -> gap(json);
            case "reset" ->
                begin(json.path("reason").asString(), json.path("at").asString());
            case "subscribed", "bookmark" -> position(json.path("at").asString());
            case "snapshot" -> snapshot(json);
            default -> {} // moves nothing
        }
    }

    /** Returns the position to resume from; "" if there is none. */
    public synchronized String position() {
        return place.position();
    }

    /** Returns the offset that {@code partition} is read from next. */
    public synchronized long next(int partition) {
        return place.offsets().getOrDefault(partition, 0L);
    }

    /** Returns how many events came, the rows of snapshots left out. */
    public synchronized long events() {
        return events;
    }

    /** Returns how many incarnations there are, the present one too. */
    public synchronized int begun() {
        return incarnations.size();
    }

    /** Returns all of it, in order: at least one, the last is the present one. */
    public synchronized List<Incarnation> incarnations() {
        List<Incarnation> all = new ArrayList<>();
        incarnations.forEach(log -> all.add(log.incarnation()));
        return all;
    }

    private void event(JsonNode json) {
        String at = json.path("at").asString();
        JsonNode key = json.path("k");
        Delivery delivery = new Delivery(
                LedgerPlace.partition(at),
                LedgerPlace.offset(at),
                LedgerPlace.epoch(at),
                EventContent.of(key.isNull() || key.isMissingNode() ? null : key.asString(), json.path("v")));
        if (inSnapshot) {
            current().row(delivery);
        } else {
            events++;
            current().event(delivery);
            place.pass(at);
            current().reached(place.offsets());
        }
    }

    private void gap(JsonNode json) {
        String from = json.path("from").asString();
        String to = json.path("to").asString();
        current()
                .gap(new GapNotice(
                        LedgerPlace.partition(to),
                        LedgerPlace.offset(from),
                        LedgerPlace.offset(to),
                        json.path("reason").asString("")));
        place.jump(to);
        current().reached(place.offsets());
    }

    private void snapshot(JsonNode json) {
        if (json.path("state").asString().equals("begin")) {
            inSnapshot = true;
            place.forget();
            incarnations.add(new IncarnationLog("snapshot"));
        } else {
            inSnapshot = false;
            position(json.path("at").asString());
        }
    }

    private void begin(String reason, String at) {
        inSnapshot = false;
        incarnations.add(new IncarnationLog(reason));
        position(at);
    }

    private void position(String at) {
        place.take(at);
        Map<Integer, Long> offsets = place.offsets();
        current().positioned(offsets);
        current().reached(offsets);
    }

    private IncarnationLog current() {
        return incarnations.get(incarnations.size() - 1);
    }
}
