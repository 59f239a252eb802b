package io.laundrybridge;

import static io.laundrybridge.config.ChannelSettings.ACCESS;
import static io.laundrybridge.config.ChannelSettings.COMPRESS;
import static io.laundrybridge.config.ChannelSettings.DELETIONS;
import static io.laundrybridge.config.ChannelSettings.FALL_BEHIND;
import static io.laundrybridge.config.ChannelSettings.FILTER_FIELDS;
import static io.laundrybridge.config.ChannelSettings.FLUSH;
import static io.laundrybridge.config.ChannelSettings.KEY_FORMAT;
import static io.laundrybridge.config.ChannelSettings.LATEST_BY_KEY;
import static io.laundrybridge.config.ChannelSettings.RETAIN_BYTES;
import static io.laundrybridge.config.ChannelSettings.SNAPSHOT_BYTES;
import static io.laundrybridge.config.ChannelSettings.STATE_BYTES;
import static io.laundrybridge.config.ChannelSettings.STATE_KEYS;
import static io.laundrybridge.config.ChannelSettings.UNDECODABLE;
import static io.laundrybridge.config.ChannelSettings.VIEW;
import static io.laundrybridge.config.LimitSettings.LOG_BYTES;

import io.laundrybridge.channel.replay.Replays;
import io.laundrybridge.config.Setting;
import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.event.DeletionForm;
import io.laundrybridge.event.KeyDecoder;
import io.laundrybridge.event.RecordView;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.ValueLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.FallBehind;
import io.laundrybridge.policy.ReplayBudget;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.RowTemplate;
import io.laundrybridge.policy.StateLimits;
import io.laundrybridge.policy.UndecodablePolicy;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.view.debezium.DebeziumView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds the channels that settings describe, and sums the memory that they may take. */
final class ConfiguredChannels {
    private enum KeyFormat {
        UTF8,
        BASE64;

        KeyDecoder decoder() {
            return this == UTF8 ? KeyDecoder.UTF_8 : KeyDecoder.BASE_64;
        }
    }

    private enum ViewFormat {
        NONE,
        DEBEZIUM
    }

    private final Settings settings;
    private final ValueLimits limits;
    private final HostServices services;
    private final Replays replays;

    ConfiguredChannels(Settings settings, HostServices services, Replays replays) {
        this.settings = settings;
        this.limits = ValueLimits.from(settings);
        this.services = services;
        this.replays = replays;
    }

    /** Returns the channel {@code name}, as settings describe it and {@code customizers} change it. */
    ChannelBuilder channel(String name, EventSource source, List<ChannelCustomizer> customizers) {
        BridgeBuilder records = Bridge.from(source)
                .keys(settings.get(KEY_FORMAT.of(name), KeyFormat.class).decoder())
                .undecodable(settings.get(UNDECODABLE.of(name), UndecodablePolicy.class))
                .limits(limits);
        views(name).forEach(records::view);
        customizers.forEach(customizer -> customizer.records(records));
        ChannelBuilder channel = described(records.channel(name));
        customizers.forEach(customizer -> customizer.channel(channel));
        return channel;
    }

    /** Returns what settings change records by; in this order, so that a view gets deletions in their usual form. */
    private List<RecordView> views(String name) {
        List<RecordView> views = new ArrayList<>();
        List<String> forms = settings.get(DELETIONS.of(name));
        if (!forms.isEmpty()) {
            views.add(DeletionForm.view(forms.stream()
                    .map(form ->
                            DeletionForm.valueOf(form.toUpperCase(Locale.ROOT).replace('-', '_')))
                    .collect(Collectors.toSet())));
        }
        if (settings.get(VIEW.of(name), ViewFormat.class) == ViewFormat.DEBEZIUM) {
            views.add(DebeziumView.after());
        }
        return views;
    }

    private ChannelBuilder described(ChannelBuilder channel) {
        String name = channel.name();
        channel.services(services)
                .replays(replays)
                .retain(Retention.from(settings, name))
                .replay(ReplayBudget.from(settings, name))
                .flush(settings.get(FLUSH.of(name)))
                .compress(settings.get(COMPRESS.of(name)));
        state(name).ifPresent(channel::latestByKey);
        settings.find(FALL_BEHIND.of(name), FallBehind.class).ifPresent(channel::fallBehind);
        channel.filterFields(settings.get(FILTER_FIELDS.of(name)).toArray(String[]::new));
        RowTemplate.from(settings, name).ifPresent(channel::rows);
        settings.find(ACCESS.of(name)).map(ConfiguredChannels::access).ifPresent(channel::access);
        return channel;
    }

    private Optional<StateLimits> state(String name) {
        StateLimits state = StateLimits.from(settings, name);
        Setting<Boolean> kept = LATEST_BY_KEY.of(name);
        if (!settings.get(kept)) {
            refuseStateLimits(name, kept);
            return Optional.empty();
        }
        return Optional.of(state);
    }

    private void refuseStateLimits(String name, Setting<Boolean> kept) {
        for (Setting<?> bound : List.of(STATE_KEYS.of(name), STATE_BYTES.of(name), SNAPSHOT_BYTES.of(name))) {
            if (settings.find(bound).isPresent()) {
                throw new SettingException(bound.key(), bound + " is set, but no state is kept; set " + kept + "=true");
            }
        }
    }

    /** Returns the rule that {@code text} says. */
    static Access access(String text) {
        return switch (text) {
            case "anonymous" -> Access.anonymous();
            case "authenticated" -> Access.authenticated();
            default -> Access.role(text.substring("role:".length()));
        };
    }

    /**
     * Refuses {@code channels} that together may keep more than the node's limit.
     *
     * @throws SettingException if they may
     */
    void refuseTooMuchMemory(Collection<ChannelBuilder> channels) {
        long retained = channels.stream().mapToLong(ChannelBuilder::heldBytes).sum();
        long limit = settings.get(LOG_BYTES);
        if (retained > limit) {
            throw new SettingException(
                    LOG_BYTES.key(),
                    "the channels may keep " + (retained >> 20) + " MiB together; " + LOG_BYTES + " allows "
                            + (limit >> 20) + " MiB; raise it or lower " + RETAIN_BYTES + " or " + STATE_BYTES);
        }
    }
}
