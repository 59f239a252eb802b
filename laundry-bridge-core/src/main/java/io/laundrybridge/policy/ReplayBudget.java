package io.laundrybridge.policy;

import static io.laundrybridge.config.ChannelSettings.REPLAY_BYTES;
import static io.laundrybridge.config.ChannelSettings.REPLAY_RECORDS;

import io.laundrybridge.config.Settings;
import io.laundrybridge.event.PositionVector;

/**
 * Limits how far behind a channel's memory one session may read before it is live again. What is further back is a gap
 * of reason {@code limit}, sent before the first event.
 *
 * @param records offsets before memory, of all partitions together, default 1,000,000
 *     ({@code laundry-bridge.channels.NAME.replay-records}); 0 means no replay
 * @param bytes bytes of replayed lines, default 256 MiB ({@code laundry-bridge.channels.NAME.replay-bytes})
 */
public record ReplayBudget(int records, long bytes) {

    /** 1,000,000 offsets, 256 MiB. */
    public static final ReplayBudget DEFAULT = new ReplayBudget(REPLAY_RECORDS.byDefault(), REPLAY_BYTES.byDefault());

    /**
     * Checks the bounds.
     *
     * @param records offsets, not negative
     * @param bytes bytes, not negative
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public ReplayBudget {
        REPLAY_RECORDS.check(records);
        REPLAY_BYTES.check(bytes);
    }

    /**
     * {@return the budget that {@code settings} give for {@code channel}}
     *
     * @param settings the settings of the host
     * @param channel the channel's name
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static ReplayBudget from(Settings settings, String channel) {
        return new ReplayBudget(settings.get(REPLAY_RECORDS.of(channel)), settings.get(REPLAY_BYTES.of(channel)));
    }

    /**
     * {@return this budget with another number of offsets}
     *
     * @param most not negative
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ReplayBudget withRecords(int most) {
        return new ReplayBudget(most, bytes);
    }

    /**
     * {@return this budget with another number of bytes}
     *
     * @param most not negative
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public ReplayBudget withBytes(long most) {
        return new ReplayBudget(records, most);
    }

    /**
     * Returns how far back a session may read that wants to read from {@code from} on.
     *
     * @param from the place that the session wants to read from
     * @param memory the oldest place that the channel's memory holds
     * @return {@code from}, moved up in each partition so far that no more than {@link #records} are before
     *     {@code memory}
     */
    public PositionVector reach(PositionVector from, PositionVector memory) {
        if (from.offsetsTo(memory) <= records) {
            return from;
        }
        int behind = 0;
        for (int p = 0; p < memory.partitions(); p++) {
            behind += memory.next(p) > from.next(p) ? 1 : 0;
        }
        long share = records / behind;
        PositionVector reach = from;
        for (int p = 0; p < memory.partitions(); p++) {
            if (memory.next(p) - from.next(p) > share) {
                reach = share == 0
                        ? reach.with(p, memory.next(p), memory.epoch(p))
                        : reach.with(p, memory.next(p) - share, PositionVector.NO_EPOCH);
            }
        }
        return reach;
    }
}
