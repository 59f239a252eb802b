package io.laundrybridge.config;

import io.laundrybridge.host.Meter;
import java.time.Duration;
import java.util.List;

/** Declares the settings of each channel. {@link Setting#of} puts the channel's name into the key. */
public final class ChannelSettings {
    private static final long TIB = 1L << 40;
    private static final SettingGroup GROUP = new SettingGroup("channels." + Setting.NAME + ".");

    /** {@code laundry-bridge.channels.NAME.topic}. */
    public static final Setting<String> TOPIC = GROUP.text(
                    "topic",
                    "(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}",
                    "one topic of Kafka, 1 to 249 of A-Z a-z 0-9 . _ -; for several topics set one channel each,"
                            + " because a position has the offsets of one topic")
            .means("Kafka topic of the channel `NAME`. A name has 1 to 128 of `A-Z a-z 0-9 _ . : -`. It is the"
                    + " text between `channels.` and the last dot.");

    /** {@code laundry-bridge.channels.NAME.own-reader}. */
    public static final Setting<Boolean> OWN_READER = GROUP.flag("own-reader")
            .byDefault(false)
            .means("Reads the channel's topic with a Kafka consumer and threads of its own. Otherwise all topics"
                    + " share one. Applies to all channels of that topic.");

    /** {@code laundry-bridge.channels.NAME.access}. */
    public static final Setting<String> ACCESS = GROUP.text(
                    "access", "anonymous|authenticated|role:.+", "anonymous, authenticated or role:NAME")
            .defaultText("anonymous sessions are refused")
            .means("Who may read: `anonymous`, `authenticated` or `role:NAME`.");

    /** {@code laundry-bridge.channels.NAME.rows}. */
    public static final Setting<List<String>> ROWS = GROUP.set(
                    "rows",
                    "(/([^~=/]|~[01])*)+=(user|claim:[^=]+)|key-prefix:.+",
                    "/FIELD=claim:NAME, /FIELD=user or key-prefix:{user}/, or several, each once")
            .defaultText("all rows")
            .means("Comma-separated conditions on the rows that a user may see; all must hold. See"
                    + " [rows](#rows).");

    /** {@code laundry-bridge.channels.NAME.retain-age}. */
    public static final Setting<Duration> RETAIN_AGE = GROUP.duration(
                    "retain-age", Duration.ofSeconds(1), Duration.ofDays(36_500))
            .byDefault(Duration.ofMinutes(10))
            .means("Age of the oldest event kept in memory for clients that come back; a node that starts reads"
                    + " as far back.");

    /** {@code laundry-bridge.channels.NAME.retain-bytes}. */
    public static final Setting<Long> RETAIN_BYTES = GROUP.size("retain-bytes", 64 << 10, TIB)
            .byDefault(32L << 20)
            .meter(Meter.LOG_BYTES)
            .means("Memory of the channel's log.");

    /** {@code laundry-bridge.channels.NAME.latest-by-key}. */
    public static final Setting<Boolean> LATEST_BY_KEY = GROUP.flag("latest-by-key")
            .byDefault(false)
            .means("Keeps the newest value of every key, so that sessions begin with a snapshot. The whole topic"
                    + " is read before the channel is ready, so the topic should be compacted.");

    /** {@code laundry-bridge.channels.NAME.state-keys}. */
    public static final Setting<Integer> STATE_KEYS = GROUP.count("state-keys", 1, 1_000_000_000)
            .byDefault(100_000)
            .meter(Meter.STATE_KEYS)
            .means("Most keys with a value; a channel that has more sends no snapshots and continues without"
                    + " state.");

    /** {@code laundry-bridge.channels.NAME.state-bytes}. */
    public static final Setting<Long> STATE_BYTES = GROUP.size("state-bytes", 1 << 10, TIB)
            .byDefault(64L << 20)
            .meter(Meter.STATE_BYTES)
            .means("Most bytes of those values; beyond it as with `state-keys`.");

    /** {@code laundry-bridge.channels.NAME.snapshot-bytes}. */
    public static final Setting<Long> SNAPSHOT_BYTES = GROUP.size("snapshot-bytes", 1 << 10, TIB)
            .byDefault(64L << 20)
            .meter(Meter.SNAPSHOT_BYTES)
            .means("Most bytes of replaced or deleted values that are held for snapshots in progress. Beyond it"
                    + " the oldest snapshot is dropped, and its sessions start over.");

    /** {@code laundry-bridge.channels.NAME.fall-behind}. */
    public static final Setting<String> FALL_BEHIND = GROUP.choice(
                    "fall-behind",
                    new Choice("catch-up", "missed events are read from Kafka again"),
                    new Choice("conflate", "it gets the newest value of each key instead"),
                    new Choice("skip", "it gets a gap instead"),
                    new Choice("disconnect", "it is closed with 4308"))
            .defaultText("`catch-up`, with `latest-by-key` `conflate`")
            .meter(Meter.FELL_BEHIND)
            .means("What happens when a session's next event is no longer in memory.");

    /** {@code laundry-bridge.channels.NAME.replay-records}. */
    public static final Setting<Integer> REPLAY_RECORDS = GROUP.count("replay-records", 0, 1_000_000_000)
            .byDefault(1_000_000)
            .means("Most offsets before memory that one session may replay; what is further back is a gap of"
                    + " reason `limit`. `0`: memory only.");

    /** {@code laundry-bridge.channels.NAME.replay-bytes}. */
    public static final Setting<Long> REPLAY_BYTES = GROUP.size("replay-bytes", 0, TIB)
            .byDefault(256L << 20)
            .means("Most bytes that are read for one subscription before it is live, sent or not.");

    /** {@code laundry-bridge.channels.NAME.flush}. */
    public static final Setting<Duration> FLUSH = GROUP.durationOrZero(
                    "flush", Duration.ofMillis(10), Duration.ofMinutes(1))
            .byDefault(Duration.ZERO)
            .means("Longest time for which new events are gathered before a frame, so that a steady stream costs"
                    + " fewer writes. A subscription may ask for longer. `0ms` adds no delay.");

    /** {@code laundry-bridge.channels.NAME.compress}. */
    public static final Setting<Boolean> COMPRESS = GROUP.flag("compress")
            .byDefault(false)
            .means("Offers compressed frames to clients. Use it with `flush`, as small frames hardly shrink."
                    + " Leave it off if events hold secrets beside text that an attacker can write. The length of a"
                    + " compressed frame shows whether the two are alike (BREACH, CRIME).");

    /** {@code laundry-bridge.channels.NAME.undecodable}. */
    public static final Setting<String> UNDECODABLE = GROUP.choice(
                    "undecodable",
                    new Choice("skip", "the channel goes on, and clients get a gap"),
                    new Choice("dead-letter", "as `skip`, and the record is copied to the topic `TOPIC-dlt`"),
                    new Choice("fail", "the channel stops"))
            .byDefault("skip")
            .meter(Meter.UNDECODABLE)
            .means("What happens to a record that cannot be decoded; see [undecodable"
                    + " records](#undecodable-records).");

    /** {@code laundry-bridge.channels.NAME.filter-fields}. */
    public static final Setting<List<String>> FILTER_FIELDS = GROUP.set(
                    "filter-fields", "(/([^~]|~[01])*)+", "a JSON pointer such as /temperature, or several, each once")
            .means("Comma-separated JSON pointers, `/temperature,/site/name`: fields of the shown value that"
                    + " clients may filter by (`where`). They are extracted once per record. A record that contains"
                    + " one of them twice is undecodable.");

    /** {@code laundry-bridge.channels.NAME.key-format}. */
    public static final Setting<String> KEY_FORMAT = GROUP.choice(
                    "key-format", new Choice("utf8", "as text"), new Choice("base64", "as bytes"))
            .byDefault("utf8")
            .means("How keys become text.");

    /** {@code laundry-bridge.channels.NAME.view}. */
    public static final Setting<String> VIEW = GROUP.choice(
                    "view",
                    new Choice("none", "as they are"),
                    new Choice("debezium", "change events of Debezium as rows, each with its marks in `_change`"))
            .byDefault("none")
            .means("How records are shown before anything else reads them; see [rows of a"
                    + " database](#rows-of-a-database).");

    /** {@code laundry-bridge.channels.NAME.deletions}. */
    public static final Setting<List<String>> DELETIONS = GROUP.set(
                    "deletions", "tombstone|empty|null-text", "tombstone, empty or null-text, or several, each once")
            .defaultText("`tombstone`")
            .means("Comma-separated forms of a deletion. `tombstone`: a record without a value, which always is one."
                    + " `empty`: a value of zero bytes. `null-text`: the text `null`, in any format.");

    /** {@code laundry-bridge.channels.NAME.publish-to}. */
    public static final Setting<String> PUBLISH_TO = GROUP.text(
                    "publish-to",
                    "(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}",
                    "one topic of Kafka, 1 to 249 of A-Z a-z 0-9 . _ -")
            .meter(Meter.PUBLISHES)
            .means("Kafka topic that gets what clients publish to the channel. It may be the channel's own `topic` or"
                    + " another one. A channel without `topic` takes publishes only.");

    /** {@code laundry-bridge.channels.NAME.publish-access}. */
    public static final Setting<String> PUBLISH_ACCESS = GROUP.text(
                    "publish-access", "anonymous|authenticated|role:.+", "anonymous, authenticated or role:NAME")
            .defaultText("nobody may publish")
            .means("Who may publish: `anonymous`, `authenticated` or `role:NAME`.");

    /** {@code laundry-bridge.channels.NAME.publish-schema}. */
    public static final Setting<String> PUBLISH_SCHEMA = GROUP.text(
                    "publish-schema", "(file|classpath):.+", "file:PATH or classpath:PATH")
            .defaultText("any JSON value")
            .meter(Meter.PUBLISHES_REFUSED)
            .means("JSON Schema that published values must fit, as `file:PATH` or `classpath:PATH`; others get"
                    + " `bad_request`. Needs the library `com.networknt:json-schema-validator`.");

    private ChannelSettings() {}

    /** {@return all settings of this class, in the order of the documentation} */
    public static List<Setting<?>> all() {
        return GROUP.all();
    }
}
