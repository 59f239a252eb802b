package io.laundrybridge;

import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.limits.ReplayLimits;
import io.laundrybridge.limits.ValueLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.ReplayBudget;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.StateLimits;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.source.EventSource;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code laundry-bridge.channels.NAME.*}. */
final class ChannelSettings {
    private static final long NODE_BYTES = 256L << 20;
    /** What is forgotten sooner is gone before workers have sent it. */
    private static final Duration LEAST_AGE = Duration.ofSeconds(1);

    private enum KeyFormat {
        UTF8,
        BASE64;

        KeyDecoder decoder() {
            return this == UTF8 ? KeyDecoder.UTF_8 : KeyDecoder.BASE_64;
        }
    }

    private final Settings settings;
    private final ValueLimits limits;
    private final ReplayLimits again;
    private long retained;

    ChannelSettings(Settings settings) {
        this.settings = settings;
        this.limits = ValueLimits.from(settings);
        this.again = ReplayLimits.from(settings);
    }

    /** The bounds of reading again. */
    ReplayLimits replayLimits() {
        return again;
    }

    /** The settings of one channel. */
    Named named(String name) {
        return new Named(name);
    }

    /** Refuses channels that together may keep more than the node's limit. */
    void refuseTooMuchMemory() {
        long limit = settings.bytes("limits.log-bytes", NODE_BYTES, Retention.LEAST_BYTES);
        if (retained > limit) {
            throw new SettingException("the channels may keep " + (retained >> 20) + " MiB together; "
                    + Settings.PREFIX + "limits.log-bytes allows " + (limit >> 20)
                    + " MiB; raise it or lower the channels' retain-bytes");
        }
    }

    /** One channel. */
    final class Named {
        private final String name;
        private final String group;

        private Named(String name) {
            this.name = name;
            this.group = "channels." + name + ".";
        }

        String topic() {
            return settings.required(group + "topic");
        }

        ChannelBuilder bridge(EventSource source) {
            ChannelBuilder channel = Bridge.from(source)
                    .keys(settings.choice(group + "key-format", KeyFormat.class, KeyFormat.UTF8)
                            .decoder())
                    .undecodable(
                            settings.choice(group + "undecodable", UndecodablePolicy.class, UndecodablePolicy.SKIP))
                    .limits(limits)
                    .channel(name)
                    .retain(retention())
                    .replay(replay())
                    .flush(settings.duration(group + "flush", Duration.ZERO))
                    .compress(settings.flag(group + "compress", false));
            state().ifPresent(channel::latestByKey);
            fallBehind().ifPresent(channel::fallBehind);
            channel.filterFields(settings.list(group + "filter-fields").toArray(String[]::new));
            settings.text(group + "access").map(this::access).ifPresent(channel::access);
            return channel;
        }

        private Optional<FallBehind> fallBehind() {
            String key = group + "fall-behind";
            return settings.text(key).map(any -> settings.choice(key, FallBehind.class, FallBehind.CATCH_UP));
        }

        private ReplayBudget replay() {
            return new ReplayBudget(
                    settings.count(group + "replay-records", (int) ReplayBudget.DEFAULT.records(), 0),
                    settings.bytes(group + "replay-bytes", ReplayBudget.DEFAULT.bytes()));
        }

        private Optional<StateLimits> state() {
            boolean kept = settings.flag(group + "latest-by-key", false);
            boolean limited = settings.text(group + "state-keys").isPresent()
                    || settings.text(group + "state-bytes").isPresent()
                    || settings.text(group + "snapshot-bytes").isPresent();
            if (limited && !kept) {
                throw new SettingException(Settings.PREFIX + group + "state-keys, state-bytes and snapshot-bytes need "
                        + Settings.PREFIX + group + "latest-by-key=true");
            }
            int keys = settings.count(group + "state-keys", StateLimits.DEFAULT.keys(), 1);
            long bytes = settings.bytes(group + "state-bytes", StateLimits.DEFAULT.bytes(), 1 << 10);
            long images = settings.bytes(group + "snapshot-bytes", StateLimits.DEFAULT.snapshotBytes(), 1 << 10);
            retained += kept ? bytes : 0;
            return kept ? Optional.of(new StateLimits(keys, bytes, images)) : Optional.empty();
        }

        private Retention retention() {
            Retention retention = new Retention(
                    settings.duration(group + "retain-age", Retention.DEFAULT.age(), LEAST_AGE),
                    settings.bytes(group + "retain-bytes", Retention.DEFAULT.bytes(), Retention.LEAST_BYTES));
            retained += retention.bytes();
            return retention;
        }

        private Access access(String text) {
            if (text.equals("anonymous")) {
                return Access.anonymous();
            }
            if (text.equals("authenticated")) {
                return Access.authenticated();
            }
            if (text.startsWith("role:") && text.length() > "role:".length()) {
                return Access.role(text.substring("role:".length()));
            }
            throw new SettingException(Settings.PREFIX + group + "access is '" + text
                    + "'; expected anonymous, authenticated or role:NAME");
        }
    }
}
