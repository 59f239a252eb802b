package io.laundrybridge.config;

import io.laundrybridge.host.Meter;
import java.time.Duration;
import java.util.List;

/** The settings that bound what clients, records and the node may take. */
public final class LimitSettings {
    private static final long TIB = 1L << 40;
    private static final Duration INSTANT = Duration.ofMillis(100);
    private static final Duration DAY = Duration.ofDays(1);
    private static final SettingGroup GROUP = new SettingGroup("limits.");

    public static final Setting<Integer> SESSIONS = GROUP.count("sessions", 1, 10_000_000)
            .byDefault(10_000)
            .meter(Meter.SESSIONS_REFUSED)
            .means("Sessions open at once. More are closed with 1013.");

    public static final Setting<Integer> SESSIONS_PER_ADDRESS = GROUP.count("sessions-per-address", 1, 10_000_000)
            .byDefault(1_000)
            .meter(Meter.CLIENTS_LIMITED)
            .means("Sessions of one address that have no accepted subscription yet. More are closed with 1013. An IPv6"
                    + " address counts as its /64 network.");

    public static final Setting<Integer> SESSIONS_PER_USER = GROUP.count("sessions-per-user", 1, 10_000_000)
            .byDefault(256)
            .meter(Meter.CLIENTS_LIMITED)
            .means("Sessions of one user, whatever their addresses. More are closed with 1013.");

    public static final Setting<Integer> HANDSHAKES_PER_SECOND = GROUP.count("handshakes-per-second", 1, 1_000_000)
            .byDefault(1_000)
            .meter(Meter.CLIENTS_LIMITED)
            .means("Sessions that one address may open per second, ten seconds' worth of them at once. More are closed"
                    + " with 1013.");

    public static final Setting<Integer> SUBSCRIPTIONS = GROUP.count("subscriptions", 1, 1_000_000)
            .byDefault(128)
            .meter(Meter.ERRORS)
            .means("Subscriptions per session. More are `limit_exceeded`.");

    public static final Setting<Integer> KEYS = GROUP.count("keys", 1, 1_000_000)
            .byDefault(1_000)
            .meter(Meter.ERRORS)
            .means("Keys per subscription. More are `limit_exceeded`.");

    public static final Setting<Long> SUBSCRIPTION_BYTES = GROUP.size("subscription-bytes", 1 << 10, TIB)
            .byDefault(128L << 20)
            .meter(Meter.SUBSCRIPTION_BYTES)
            .means("Memory of all subscriptions of an endpoint together, by estimate: keys, prefixes, filters, views,"
                    + " positions. A subscription that would take more is `limit_exceeded` (plain: 1013).");

    public static final Setting<Integer> FILTER_DEPTH = GROUP.count("filter-depth", 1, 500)
            .byDefault(4)
            .meter(Meter.ERRORS)
            .means("Nesting of a filter (`where`). A single comparison is 1 deep. Deeper filters are `bad_filter`.");

    public static final Setting<Integer> FILTER_NODES = GROUP.count("filter-nodes", 1, 1_000_000)
            .byDefault(32)
            .meter(Meter.ERRORS)
            .means("Operators per filter. Larger filters are `bad_filter`.");

    public static final Setting<Integer> FILTER_VALUES = GROUP.count("filter-values", 1, 1_000_000)
            .byDefault(100)
            .meter(Meter.ERRORS)
            .means("Values of an `in` of a filter. Longer lists are `bad_filter`.");

    public static final Setting<Long> INBOUND_BYTES = GROUP.size("inbound-bytes", 256, 16 << 20)
            .byDefault(64L << 10)
            .meter(Meter.LIMITED)
            .means("Characters of a client's message, with its `keys` and the position of a topic of 3,000 partitions."
                    + " Longer messages close with 1009.");

    public static final Setting<Integer> INBOUND_PARTS = GROUP.count("inbound-parts", 1, 1_000_000)
            .byDefault(64)
            .meter(Meter.LIMITED)
            .means("Fragments of a client's message. More close with 1009.");

    public static final Setting<Duration> INBOUND_TIME = GROUP.duration("inbound-time", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(10))
            .meter(Meter.LIMITED)
            .means("Time from the first fragment of a message to its last. A message that takes longer closes with"
                    + " 1008.");

    public static final Setting<Integer> REQUESTS = GROUP.count("requests", 1, 10_000_000)
            .byDefault(256)
            .meter(Meter.LIMITED)
            .means("Lines that a client may send per window. More close with 4429. Empty lines count, pongs that answer"
                    + " no ping, and eight fragments as one; the first answer to a beat does not.");

    public static final Setting<Long> WINDOW_BYTES = GROUP.size("window-bytes", 1 << 10, TIB)
            .byDefault(4L << 20)
            .meter(Meter.LIMITED)
            .means("Characters that a client may send per window. More close with 4429.");

    public static final Setting<Integer> INBOUND_BACKLOG = GROUP.count("inbound-backlog", 1, 1_000_000)
            .byDefault(256)
            .meter(Meter.LIMITED)
            .means("Lines of a client that wait to be handled. More close with 4429.");

    public static final Setting<Duration> REQUEST_WINDOW = GROUP.duration("request-window", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(10))
            .means("Length of the window of `requests` and `window-bytes`.");

    public static final Setting<Long> BATCH_BYTES = GROUP.size("batch-bytes", 1 << 10, 64 << 20)
            .byDefault(64L << 10)
            .meter(Meter.FRAME_BYTES)
            .means("Size of a frame. A longer line is sent alone.");

    public static final Setting<Long> COMPRESSED_BYTES = GROUP.size("compressed-bytes", 0, TIB)
            .byDefault(4L << 20)
            .meter(Meter.COMPRESSED_HELD)
            .means("Memory of compressed frames that are kept for sessions that come to the same place. The oldest go"
                    + " first.");

    public static final Setting<Duration> SEND_DEADLINE = GROUP.duration("send-deadline", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(10))
            .meter(Meter.SEND_TIMEOUTS)
            .means("Longest time that a send may take. Then the socket is dropped.");

    public static final Setting<Long> BEAT_BYTES =
            GROUP.size("beat-bytes", 1 << 10, TIB).byDefault(256L << 10).means("Bytes after which a beat is sent.");

    public static final Setting<Duration> BEAT_TIMEOUT = GROUP.duration("beat-timeout", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(35))
            .meter(Meter.BEATS_LOST)
            .means("Age of a beat without answer, and of the last answer, at which a session is closed with 4309.");

    public static final Setting<Long> UNANSWERED_BYTES = GROUP.size("unanswered-bytes", 1 << 10, TIB)
            .byDefault(1L << 20)
            .means("Bytes since the last answered beat after which sending pauses; at least `beat-bytes`.");

    public static final Setting<Duration> FIRST_SUBSCRIBE = GROUP.duration("first-subscribe", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(30))
            .means("Time that a new session may take to subscribe. Then it is closed with 1008.");

    public static final Setting<Duration> AHEAD_WAIT = GROUP.duration("ahead-wait", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(10))
            .means("Time that a subscription waits for this node to reach its position, then it gets `reset`; and for"
                    + " Kafka to find the time of a `since` or the topic's beginning, then `source_unavailable`.");

    public static final Setting<Duration> DRAIN = GROUP.duration("drain", Duration.ZERO, Duration.ofHours(1))
            .byDefault(Duration.ofSeconds(5))
            .means("Time that stopping takes to tell sessions goodbye.");

    public static final Setting<Duration> CLOSE_GRACE = GROUP.duration("close-grace", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(5))
            .meter(Meter.CLOSES_WAITING)
            .means("Time from a close until a socket that is still there is dropped.");

    public static final Setting<Integer> REFUSED_SOCKETS = GROUP.count("refused-sockets", 0, 1_000_000)
            .byDefault(1_000)
            .meter(Meter.REFUSED_OPEN)
            .means("Refused sockets that wait for their close. More are dropped without a code.");

    public static final Setting<Long> VALUE_BYTES = GROUP.size("value-bytes", 256, 16 << 20)
            .byDefault(256L << 10)
            .meter(Meter.TOO_LARGE)
            .means("Size of a record's value. Larger values are gaps of reason `too_large`.");

    public static final Setting<Long> KEY_BYTES = GROUP.size("key-bytes", 16, 64 << 10)
            .byDefault(1L << 10)
            .meter(Meter.TOO_LARGE)
            .means("Size of a record's key. Larger keys are gaps of reason `too_large`.");

    public static final Setting<Integer> VALUE_DEPTH = GROUP.count("value-depth", 1, 10_000)
            .byDefault(500)
            .meter(Meter.UNDECODABLE)
            .means("Nesting of a JSON value. A record with a deeper value is undecodable.");

    public static final Setting<Integer> NUMBER_DIGITS = GROUP.count("number-digits", 1, 100_000)
            .byDefault(1_000)
            .meter(Meter.UNDECODABLE)
            .means("Digits of a number in a JSON value. A record with a longer number is undecodable.");

    public static final Setting<Integer> REPLAY_READERS = GROUP.count("replay-readers", 1, 256)
            .byDefault(2)
            .meter(Meter.REPLAY_WAITING)
            .means("Connections to Kafka that read again, or look places up, at the same time, all channels together.");

    public static final Setting<Long> REPLAY_PIECE_BYTES = GROUP.size("replay-piece-bytes", 1 << 10, 1 << 30)
            .byDefault(1L << 20)
            .meter(Meter.REPLAY_PIECES)
            .means("Bytes read at once, shown or not, before other sessions have their turn.");

    public static final Setting<Long> REPLAY_HELD_BYTES = GROUP.size("replay-held-bytes", 1 << 10, TIB)
            .byDefault(64L << 20)
            .meter(Meter.REPLAY_HELD)
            .means("Memory of pieces that are kept for sessions that read them or may want them.");

    public static final Setting<Long> REPLAY_RATE = GROUP.size("replay-rate", 1 << 10, TIB)
            .byDefault(16L << 20)
            .meter(Meter.REPLAY_BYTES)
            .means("Bytes that may be read again per second, shown or not, all channels together. Reading again"
                    + " leaves the machine to what happens now.");

    public static final Setting<Integer> REPLAY_SESSION_RECORDS = GROUP.count(
                    "replay-session-records", 1, 1_000_000_000)
            .byDefault(1_000_000)
            .meter(Meter.REPLAY_DELAYED)
            .means("Records read again for one session per minute, all its subscriptions together. Then it waits for"
                    + " its next minute.");

    public static final Setting<Long> REPLAY_SESSION_BYTES = GROUP.size("replay-session-bytes", 1 << 10, TIB)
            .byDefault(256L << 20)
            .meter(Meter.REPLAY_DELAYED)
            .means("Bytes read again for one session per minute, as Kafka has them. Then it waits for its next"
                    + " minute.");

    public static final Setting<Integer> REPLAY_SESSION_LOOKUPS = GROUP.count("replay-session-lookups", 1, 1_000_000)
            .byDefault(60)
            .meter(Meter.REPLAY_DELAYED)
            .means("Places looked up in Kafka for one session per minute: times, the topic's beginning, how many"
                    + " partitions it has.");

    public static final Setting<Integer> SNAPSHOTS_PER_MINUTE = GROUP.count("snapshots-per-minute", 1, 1_000)
            .byDefault(2)
            .meter(Meter.SNAPSHOTS_DELAYED)
            .means("Snapshots of one channel that one session may begin per minute. One that a changed selection needs"
                    + " waits for its turn, and only the last selection gets it. A subscribe gets `busy`.");

    public static final Setting<Long> SNAPSHOT_FREE_BYTES = GROUP.size("snapshot-free-bytes", 0, TIB)
            .byDefault(256L << 10)
            .meter(Meter.STATE_BYTES)
            .means("Size of a state whose snapshots cost little and are not counted. `0`: all are counted.");

    public static final Setting<Duration> SNAPSHOT_DEADLINE = GROUP.duration("snapshot-deadline", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(30))
            .meter(Meter.SNAPSHOTS_LOST)
            .means("Longest time in which nothing of a snapshot is read. Then it is let go, and a session that reads"
                    + " again starts over.");

    public static final Setting<Long> LOG_BYTES = GROUP.size("log-bytes", 64 << 10, TIB)
            .byDefault(256L << 20)
            .meter(Meter.LOG_BYTES)
            .means("Sum of the `retain-bytes` and `state-bytes` of all channels. More stops the start.");

    private LimitSettings() {}

    /** All of them, in the order of the documentation. */
    public static List<Setting<?>> all() {
        return GROUP.all();
    }
}
