package io.laundrybridge.config;

import io.laundrybridge.host.Meter;
import java.time.Duration;
import java.util.List;

/** Declares the settings that bound what clients publish. */
public final class PublishSettings {
    private static final Duration INSTANT = Duration.ofMillis(100);
    private static final Duration DAY = Duration.ofDays(1);
    private static final SettingGroup GROUP = new SettingGroup("limits.publish-");

    /** {@code laundry-bridge.limits.publish-bytes}. */
    public static final Setting<Long> BYTES = GROUP.size("bytes", 16, 16 << 20)
            .byDefault(32L << 10)
            .meter(Meter.PUBLISHES_REFUSED)
            .means("Longest value that a client publishes; a longer one gets `value_too_large`. Larger ones than the"
                    + " default need a larger `inbound-bytes` too.");

    /** {@code laundry-bridge.limits.publish-per-session}. */
    public static final Setting<Integer> SESSION_RATE = GROUP.count("per-session", 1, 1_000_000)
            .byDefault(100)
            .meter(Meter.PUBLISHES_REFUSED)
            .means("Most publishes of one session per `publish-window`; more get `limit_exceeded`. Each is one of the"
                    + " session's `requests` too, so keep it below these.");

    /** {@code laundry-bridge.limits.publish-per-user}. */
    public static final Setting<Integer> USER_RATE = GROUP.count("per-user", 1, 10_000_000)
            .byDefault(500)
            .meter(Meter.PUBLISHES_REFUSED)
            .means("Most publishes of one user per `publish-window`, all sessions of this node together; more get"
                    + " `limit_exceeded`. Anonymous sessions count by their address.");

    /** {@code laundry-bridge.limits.publish-window}. */
    public static final Setting<Duration> WINDOW = GROUP.duration("window", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(10))
            .means("Length of the window of `publish-per-session` and `publish-per-user`.");

    /** {@code laundry-bridge.limits.publish-session-pending}. */
    public static final Setting<Integer> SESSION_PENDING = GROUP.count("session-pending", 1, 1_000_000)
            .byDefault(64)
            .meter(Meter.PUBLISHES_REFUSED)
            .means("Most publishes of one session that wait for their answer; more get `limit_exceeded`.");

    /** {@code laundry-bridge.limits.publish-pending}. */
    public static final Setting<Integer> PENDING = GROUP.count("pending", 1, 1_000_000)
            .byDefault(1_000)
            .meter(Meter.PUBLISHES_PENDING)
            .means("Most publishes of all sessions that wait for their answer; more get `busy`.");

    /** {@code laundry-bridge.limits.publish-threads}. */
    public static final Setting<Integer> THREADS = GROUP.count("threads", 1, 1_000)
            .byDefault(8)
            .meter(Meter.PUBLISHES_PENDING)
            .means("Most threads that check published values and call mappings, which may block. The publishes of one"
                    + " session are handled in their order.");

    /** {@code laundry-bridge.limits.publish-deadline}. */
    public static final Setting<Duration> DEADLINE = GROUP.duration("deadline", INSTANT, DAY)
            .byDefault(Duration.ofSeconds(10))
            .meter(Meter.PUBLISHES_REFUSED)
            .means("Longest time until a publish is answered; then it gets `outcome_unknown`, or `busy` if it was not"
                    + " sent to Kafka and never will be.");

    /** {@code laundry-bridge.limits.publish-remember}. */
    public static final Setting<Duration> REMEMBER = GROUP.duration("remember", Duration.ofSeconds(1), DAY)
            .byDefault(Duration.ofMinutes(10))
            .meter(Meter.PUBLISHES_REMEMBERED)
            .means("Time for which this node remembers a stored publish, so that a repeat gets the same `ack`.");

    /** {@code laundry-bridge.limits.publish-remembered}. */
    public static final Setting<Integer> REMEMBERED = GROUP.count("remembered", 1, 10_000_000)
            .byDefault(100_000)
            .meter(Meter.PUBLISHES_FORGOTTEN)
            .means("Most stored publishes that this node remembers; the oldest are forgotten first.");

    /** {@code laundry-bridge.limits.publish-sink-records}. */
    public static final Setting<Integer> SINK_RECORDS = GROUP.count("sink-records", 1, 10_000_000)
            .byDefault(10_000)
            .meter(Meter.SINK_FULL)
            .means("Most records of one producer, channels together, that wait for Kafka; more get `busy`.");

    /** {@code laundry-bridge.limits.publish-sink-bytes}. */
    public static final Setting<Long> SINK_BYTES = GROUP.size("sink-bytes", 64 << 10, 1L << 40)
            .byDefault(16L << 20)
            .meter(Meter.SINK_FULL)
            .means("Most bytes of these records: keys, values and headers, and 200 for each. More get `busy`.");

    private PublishSettings() {}

    /** {@return all settings of this class, in the order of the documentation} */
    public static List<Setting<?>> all() {
        return GROUP.all();
    }
}
