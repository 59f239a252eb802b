package io.laundrybridge.config;

import io.laundrybridge.host.Meter;
import java.time.Duration;
import java.util.List;

/** Declares the settings that bound clients, records and the node. */
public final class LimitSettings {
    private static final long TIB = 1L << 40;
    private static final Duration INSTANT = Duration.ofMillis(100);
    private static final Duration DAY = Duration.ofDays(1);
    private static final SettingGroup GROUP = new SettingGroup("limits.");

    /** {@code laundry-bridge.limits.sessions}. */
    public static final Setting<Integer> SESSIONS = GROUP.count("sessions", 1, 10_000_000)
            .byDefault(10_000)
            .meter(Meter.SESSIONS_REFUSED)
            .means("Most sessions at once; more are closed with 1013.");

    /** {@code laundry-bridge.limits.sessions-per-address}. */
    public static final Setting<Integer> SESSIONS_PER_ADDRESS = GROUP.count("sessions-per-address", 1, 10_000_000)
            .byDefault(1_000)
            .meter(Meter.CLIENTS_LIMITED)
            .means("Most sessions of one address that have no accepted subscription yet; more are closed with"
                    + " 1013. An IPv6 address counts as its /64 network.");

    /** {@code laundry-bridge.limits.sessions-per-user}. */
    public static final Setting<Integer> SESSIONS_PER_USER = GROUP.count("sessions-per-user", 1, 10_000_000)
            .byDefault(256)
            .meter(Meter.CLIENTS_LIMITED)
            .means("Most sessions of one user, from any address; more are closed with 1013.");

    /** {@code laundry-bridge.limits.handshakes-per-second}. */
    public static final Setting<Integer> HANDSHAKES_PER_SECOND = GROUP.count("handshakes-per-second", 1, 1_000_000)
            .byDefault(1_000)
            .meter(Meter.CLIENTS_LIMITED)
            .means("Most sessions that one address may open per second; ten seconds' worth may come at once."
                    + " More are closed with 1013.");

    /** {@code laundry-bridge.limits.arrivals-per-second}. */
    public static final Setting<Integer> ARRIVALS_PER_SECOND = GROUP.count("arrivals-per-second", 1, 1_000_000)
            .defaultText("600 per core")
            .meter(Meter.ARRIVALS_DELAYED)
            .means("Least number of connections that a node lets in per second, if more come. The others wait for their"
                    + " place before the handshake, so that open sessions do not wait for them. More are let in while"
                    + " the workers are on time. For the gateway, and hosts that ask `WebSocketSink.arrivalDelay()`."
                    + " In all hosts, `retryAfter` spreads clients that are sent away by this rate.");

    /** {@code laundry-bridge.limits.subscriptions}. */
    public static final Setting<Integer> SUBSCRIPTIONS = GROUP.count("subscriptions", 1, 1_000_000)
            .byDefault(128)
            .meter(Meter.ERRORS)
            .means("Most subscriptions per session; more get `limit_exceeded`.");

    /** {@code laundry-bridge.limits.keys}. */
    public static final Setting<Integer> KEYS = GROUP.count("keys", 1, 1_000_000)
            .byDefault(1_000)
            .meter(Meter.ERRORS)
            .means("Most keys per subscription; more get `limit_exceeded`.");

    /** {@code laundry-bridge.limits.awaits}. */
    public static final Setting<Integer> AWAITS = GROUP.count("awaits", 1, 1_000_000)
            .byDefault(16)
            .meter(Meter.ERRORS)
            .means("Most places that a session waits for at once (`await`); more get `limit_exceeded`.");

    /** {@code laundry-bridge.limits.subscription-bytes}. */
    public static final Setting<Long> SUBSCRIPTION_BYTES = GROUP.size("subscription-bytes", 1 << 10, TIB)
            .byDefault(128L << 20)
            .meter(Meter.SUBSCRIPTION_BYTES)
            .means("Most memory of all subscriptions of an endpoint, by estimate: keys, prefixes, filters,"
                    + " views, positions. A subscribe beyond it gets `limit_exceeded` (plain: 1013).");

    /** {@code laundry-bridge.limits.paced-subscriptions}. */
    public static final Setting<Integer> PACED_SUBSCRIPTIONS = GROUP.count("paced-subscriptions", 0, 1_000_000)
            .byDefault(1_000)
            .meter(Meter.PACED_SUBSCRIPTIONS)
            .means("Most subscriptions of an endpoint that play the past at a `pace`; more get `busy`.");

    /** {@code laundry-bridge.limits.filter-depth}. */
    public static final Setting<Integer> FILTER_DEPTH = GROUP.count("filter-depth", 1, 500)
            .byDefault(4)
            .meter(Meter.ERRORS)
            .means("Deepest nesting of a filter (`where`); a single comparison is 1 deep. Deeper ones get"
                    + " `bad_filter`.");

    /** {@code laundry-bridge.limits.filter-nodes}. */
    public static final Setting<Integer> FILTER_NODES = GROUP.count("filter-nodes", 1, 1_000_000)
            .byDefault(32)
            .meter(Meter.ERRORS)
            .means("Most operators of a filter; more get `bad_filter`.");

    /** {@code laundry-bridge.limits.filter-values}. */
    public static final Setting<Integer> FILTER_VALUES = GROUP.count("filter-values", 1, 1_000_000)
            .byDefault(100)
            .meter(Meter.ERRORS)
            .means("Most values of an `in`; more get `bad_filter`.");

    /** {@code laundry-bridge.limits.inbound-bytes}. */
    public static final Setting<Long> INBOUND_BYTES = GROUP.size("inbound-bytes", 256, 16 << 20)
            .byDefault(64L << 10)
            .meter(Meter.LIMITED)
            .means("Longest message of a client, in characters, with its `keys` and position; the default fits"
                    + " 3,000 partitions. Longer ones close with 1009.");

    /** {@code laundry-bridge.limits.inbound-parts}. */
    public static final Setting<Integer> INBOUND_PARTS = GROUP.count("inbound-parts", 1, 1_000_000)
            .byDefault(64)
            .meter(Meter.LIMITED)
            .means("Most fragments of a message; more close with 1009.");

    /** {@code laundry-bridge.limits.inbound-time}. */
    public static final Setting<Duration> INBOUND_TIME = GROUP.duration("inbound-time", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(10))
            .meter(Meter.LIMITED)
            .means("Longest time from a message's first fragment to its last, whether that comes or not; then"
                    + " 1008.");

    /** {@code laundry-bridge.limits.requests}. */
    public static final Setting<Integer> REQUESTS = GROUP.count("requests", 1, 10_000_000)
            .byDefault(256)
            .meter(Meter.LIMITED)
            .means("Most lines of a client per window; more close with 4429. Empty lines count, and so do pongs"
                    + " that answer no ping. Eight fragments count as one line. The first answer to a beat does not"
                    + " count.");

    /** {@code laundry-bridge.limits.window-bytes}. */
    public static final Setting<Long> WINDOW_BYTES = GROUP.size("window-bytes", 1 << 10, TIB)
            .byDefault(4L << 20)
            .meter(Meter.LIMITED)
            .means("Most characters of a client per window; more close with 4429.");

    /** {@code laundry-bridge.limits.inbound-backlog}. */
    public static final Setting<Integer> INBOUND_BACKLOG = GROUP.count("inbound-backlog", 1, 1_000_000)
            .byDefault(256)
            .meter(Meter.LIMITED)
            .means("Most lines of a client that wait to be handled; more close with 4429.");

    /** {@code laundry-bridge.limits.request-window}. */
    public static final Setting<Duration> REQUEST_WINDOW = GROUP.duration("request-window", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(10))
            .means("Length of the window of `requests` and `window-bytes`.");

    /** {@code laundry-bridge.limits.batch-bytes}. */
    public static final Setting<Long> BATCH_BYTES = GROUP.size("batch-bytes", 1 << 10, 64 << 20)
            .byDefault(64L << 10)
            .meter(Meter.FRAME_BYTES)
            .means("Most bytes of a frame; a longer line goes alone.");

    /** {@code laundry-bridge.limits.compressed-bytes}. */
    public static final Setting<Long> COMPRESSED_BYTES = GROUP.size("compressed-bytes", 0, TIB)
            .byDefault(4L << 20)
            .meter(Meter.COMPRESSED_HELD)
            .means("Most bytes of compressed frames kept for sessions that come to the same place; the oldest go"
                    + " first.");

    /** {@code laundry-bridge.limits.send-deadline}. */
    public static final Setting<Duration> SEND_DEADLINE = GROUP.duration("send-deadline", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(10))
            .meter(Meter.SEND_TIMEOUTS)
            .means("Longest time of one send; then the connection is dropped.");

    /** {@code laundry-bridge.limits.beat-bytes}. */
    public static final Setting<Long> BEAT_BYTES =
            GROUP.size("beat-bytes", 1 << 10, TIB).byDefault(256L << 10).means("Bytes after which a beat is sent.");

    /** {@code laundry-bridge.limits.beat-timeout}. */
    public static final Setting<Duration> BEAT_TIMEOUT = GROUP.duration("beat-timeout", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(35))
            .meter(Meter.BEATS_LOST)
            .means("Age of a beat without answer, and of the last answer, at which a session is closed with"
                    + " 4309.");

    /** {@code laundry-bridge.limits.unanswered-bytes}. */
    public static final Setting<Long> UNANSWERED_BYTES = GROUP.size("unanswered-bytes", 1 << 10, TIB)
            .byDefault(1L << 20)
            .means("Bytes since the last answered beat at which sending pauses; at least `beat-bytes`.");

    /** {@code laundry-bridge.limits.first-subscribe}. */
    public static final Setting<Duration> FIRST_SUBSCRIBE = GROUP.duration("first-subscribe", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(30))
            .means("Longest time of a session without any subscription; then 1008.");

    /** {@code laundry-bridge.limits.authentication}. */
    public static final Setting<Duration> AUTHENTICATION = GROUP.duration("authentication", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(5))
            .meter(Meter.LOGINS_REFUSED)
            .means("Longest time of the authenticators for one credential. Then a handshake is closed with 1013, and an"
                    + " `auth` gets `unauthenticated` with `retry`.");

    /** {@code laundry-bridge.limits.authentication-threads}. */
    public static final Setting<Integer> AUTHENTICATION_THREADS = GROUP.count("authentication-threads", 1, 1_000)
            .byDefault(32)
            .means("Most threads that call authenticators at the same time. A call that is too late no longer counts.");

    /** {@code laundry-bridge.limits.authentication-queue}. */
    public static final Setting<Integer> AUTHENTICATION_QUEUE = GROUP.count("authentication-queue", 1, 1_000_000)
            .byDefault(1_000)
            .meter(Meter.LOGINS_REFUSED)
            .means("Most credentials that wait for a thread; more are answered as those that are late.");

    /** {@code laundry-bridge.limits.login-deadline}. */
    public static final Setting<Duration> LOGIN_DEADLINE = GROUP.duration("login-deadline", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(10))
            .meter(Meter.LOGINS_REFUSED)
            .means("Longest time of a session without a login where one is required; then 4408.");

    /** {@code laundry-bridge.limits.login-lines}. */
    public static final Setting<Integer> LOGIN_LINES = GROUP.count("login-lines", 1, 100_000)
            .byDefault(32)
            .meter(Meter.ERRORS)
            .means("Most lines of a session that wait for its login; more get `limit_exceeded`.");

    /** {@code laundry-bridge.limits.token-bytes}. */
    public static final Setting<Long> TOKEN_BYTES = GROUP.size("token-bytes", 16, 16 << 20)
            .byDefault(16L << 10)
            .meter(Meter.LOGINS_REFUSED)
            .means("Longest token of an `auth`, in characters; a longer one is refused unread.");

    /** {@code laundry-bridge.limits.ahead-wait}. */
    public static final Setting<Duration> AHEAD_WAIT = GROUP.duration("ahead-wait", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(10))
            .means("Longest wait for this node to reach a position, then `reset`. Also the longest wait for"
                    + " Kafka to find the time of a `since` or the topic's beginning, then `source_unavailable`.");

    /** {@code laundry-bridge.limits.drain}. */
    public static final Setting<Duration> DRAIN = GROUP.duration("drain", Duration.ZERO, Duration.ofHours(1))
            .byDefault(Duration.ofSeconds(5))
            .means("Longest time to say goodbye to sessions when stopping.");

    /** {@code laundry-bridge.limits.close-grace}. */
    public static final Setting<Duration> CLOSE_GRACE = GROUP.duration("close-grace", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(5))
            .meter(Meter.CLOSES_WAITING)
            .means("Time from a close until a socket that is still open is dropped.");

    /** {@code laundry-bridge.limits.refused-sockets}. */
    public static final Setting<Integer> REFUSED_SOCKETS = GROUP.count("refused-sockets", 0, 1_000_000)
            .byDefault(1_000)
            .meter(Meter.REFUSED_OPEN)
            .means("Most refused sockets that wait for their close; more are dropped without a code.");

    /** {@code laundry-bridge.limits.value-bytes}. */
    public static final Setting<Long> VALUE_BYTES = GROUP.size("value-bytes", 256, 16 << 20)
            .byDefault(256L << 10)
            .meter(Meter.TOO_LARGE)
            .means("Longest value of a record; longer ones are gaps of reason `too_large`.");

    /** {@code laundry-bridge.limits.key-bytes}. */
    public static final Setting<Long> KEY_BYTES = GROUP.size("key-bytes", 16, 64 << 10)
            .byDefault(1L << 10)
            .meter(Meter.TOO_LARGE)
            .means("Longest key of a record; longer ones are gaps of reason `too_large`.");

    /** {@code laundry-bridge.limits.value-depth}. */
    public static final Setting<Integer> VALUE_DEPTH = GROUP.count("value-depth", 1, 10_000)
            .byDefault(500)
            .meter(Meter.UNDECODABLE)
            .means("Deepest nesting of a JSON value; a record with a deeper one is undecodable.");

    /** {@code laundry-bridge.limits.number-digits}. */
    public static final Setting<Integer> NUMBER_DIGITS = GROUP.count("number-digits", 1, 100_000)
            .byDefault(1_000)
            .meter(Meter.UNDECODABLE)
            .means("Most digits of a number in a JSON value; a record with a longer one is undecodable.");

    /** {@code laundry-bridge.limits.replay-readers}. */
    public static final Setting<Integer> REPLAY_READERS = GROUP.count("replay-readers", 1, 256)
            .byDefault(2)
            .meter(Meter.REPLAY_WAITING)
            .means("Most connections to Kafka that replay, or look up places, at the same time, for all channels"
                    + " together.");

    /** {@code laundry-bridge.limits.replay-piece-bytes}. */
    public static final Setting<Long> REPLAY_PIECE_BYTES = GROUP.size("replay-piece-bytes", 1 << 10, 1 << 30)
            .byDefault(1L << 20)
            .meter(Meter.REPLAY_PIECES)
            .means("Bytes read at once, sent or not, before other sessions have their turn. A crowd that shares a piece"
                    + " gets up to 8 times as many; less if many pieces are read at a time.");

    /** {@code laundry-bridge.limits.replay-held-bytes}. */
    public static final Setting<Long> REPLAY_HELD_BYTES = GROUP.size("replay-held-bytes", 1 << 10, TIB)
            .byDefault(64L << 20)
            .meter(Meter.REPLAY_HELD)
            .means("Most bytes of pieces kept for sessions that read them or may want them.");

    /** {@code laundry-bridge.limits.replay-rate}. */
    public static final Setting<Long> REPLAY_RATE = GROUP.size("replay-rate", 1 << 10, TIB)
            .byDefault(16L << 20)
            .meter(Meter.REPLAY_BYTES)
            .means("Most bytes that all channels together replay per second, sent or not, so that replays do not"
                    + " slow down live delivery. A piece for which several sessions wait counts as its part for one"
                    + " of them.");

    /** {@code laundry-bridge.limits.replay-session-records}. */
    public static final Setting<Integer> REPLAY_SESSION_RECORDS = GROUP.count(
                    "replay-session-records", 1, 1_000_000_000)
            .byDefault(1_000_000)
            .meter(Meter.REPLAY_DELAYED)
            .means("Most records replayed per minute for one session, all its subscriptions together; then it"
                    + " waits for its next minute. Sessions that share a piece count a part of it each.");

    /** {@code laundry-bridge.limits.replay-session-bytes}. */
    public static final Setting<Long> REPLAY_SESSION_BYTES = GROUP.size("replay-session-bytes", 1 << 10, TIB)
            .byDefault(256L << 20)
            .meter(Meter.REPLAY_DELAYED)
            .means("Most bytes replayed per minute for one session, as Kafka has them; then it waits for its"
                    + " next minute.");

    /** {@code laundry-bridge.limits.replay-session-lookups}. */
    public static final Setting<Integer> REPLAY_SESSION_LOOKUPS = GROUP.count("replay-session-lookups", 1, 1_000_000)
            .byDefault(60)
            .meter(Meter.REPLAY_DELAYED)
            .means("Most places looked up in Kafka per minute for one session: times, the topic's beginning, its"
                    + " number of partitions.");

    /** {@code laundry-bridge.limits.access}. */
    public static final Setting<Duration> ACCESS = GROUP.duration("access", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(5))
            .meter(Meter.ACCESS_FAILED)
            .means("Longest time for the answer of an access rule that may block; then it grants nothing.");

    /** {@code laundry-bridge.limits.access-threads}. */
    public static final Setting<Integer> ACCESS_THREADS = GROUP.count("access-threads", 1, 1_000)
            .byDefault(8)
            .meter(Meter.ACCESS_WAITING)
            .means("Most threads that ask the access rules of one channel, if these may block.");

    /** {@code laundry-bridge.limits.access-queue}. */
    public static final Setting<Integer> ACCESS_QUEUE = GROUP.count("access-queue", 1, 10_000_000)
            .byDefault(10_000)
            .meter(Meter.ACCESS_WAITING)
            .means("Most questions to the access rules of one channel that wait for a thread; a subscribe beyond it"
                    + " gets `busy`.");

    /** {@code laundry-bridge.limits.snapshots-per-minute}. */
    public static final Setting<Integer> SNAPSHOTS_PER_MINUTE = GROUP.count("snapshots-per-minute", 1, 1_000)
            .byDefault(2)
            .meter(Meter.SNAPSHOTS_DELAYED)
            .means("Most snapshots of one channel that one session may begin per minute. A snapshot for a"
                    + " changed selection waits for its turn, and only the last selection gets it; a subscribe gets"
                    + " `busy`.");

    /** {@code laundry-bridge.limits.snapshot-free-bytes}. */
    public static final Setting<Long> SNAPSHOT_FREE_BYTES = GROUP.size("snapshot-free-bytes", 0, TIB)
            .byDefault(256L << 10)
            .meter(Meter.STATE_BYTES)
            .means("Largest state that costs so little that its snapshots are not counted; `0`: all are counted.");

    /** {@code laundry-bridge.limits.snapshot-deadline}. */
    public static final Setting<Duration> SNAPSHOT_DEADLINE = GROUP.duration("snapshot-deadline", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(30))
            .meter(Meter.SNAPSHOTS_LOST)
            .means("Longest time in which no part of a snapshot is read. Then it is dropped, and a session that"
                    + " reads again starts over.");

    /** {@code laundry-bridge.limits.log-bytes}. */
    public static final Setting<Long> LOG_BYTES = GROUP.size("log-bytes", 64 << 10, TIB)
            .byDefault(256L << 20)
            .meter(Meter.LOG_BYTES)
            .means("Most bytes of all channels' `retain-bytes` and `state-bytes` together; more stops the start.");

    private LimitSettings() {}

    /** {@return all settings of this class, in the order of the documentation} */
    public static List<Setting<?>> all() {
        return GROUP.all();
    }
}
