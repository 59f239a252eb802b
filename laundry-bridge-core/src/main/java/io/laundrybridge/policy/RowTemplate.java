package io.laundrybridge.policy;

import static io.laundrybridge.config.ChannelSettings.ROWS;

import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes the filter of the rows that a caller may see, as the setting {@code rows} of a channel says. All conditions
 * must hold. A claim that is missing, or that has another form than the field or the key, shows nothing. Immutable.
 *
 * <pre>{@code
 * channel.access(Access.authenticated().rows(RowTemplate.of("/tenant=claim:tenant", "key-prefix:{user}/")))
 * }</pre>
 */
public final class RowTemplate implements Function<Caller, RowFilter> {
    private static final String KEY_PREFIX = "key-prefix:";
    private static final RowFilter NOTHING = RowFilter.keys(List.of());

    private final List<Function<Caller, RowFilter>> conditions = new ArrayList<>();
    private final List<String> pointers = new ArrayList<>();

    private RowTemplate(String key, List<String> texts) {
        for (String text : texts) {
            if (text.startsWith(KEY_PREFIX)) {
                keyPrefix(new KeyTemplate(key, text.substring(KEY_PREFIX.length())));
            } else {
                int equals = text.lastIndexOf('=');
                field(text.substring(0, equals), CallerValue.of(text.substring(equals + 1)));
            }
        }
    }

    /**
     * {@return the template of {@code conditions}}
     *
     * @param conditions at least one of {@code /field=claim:NAME}, {@code /field=user} and {@code key-prefix:TEXT}. The
     *     text has placeholders <code>{user}</code> and <code>{claim:NAME}</code>, each before a fixed character
     * @throws SettingException if one is something else
     */
    public static RowTemplate of(String... conditions) {
        return new RowTemplate(ROWS.key(), ROWS.check(List.of(conditions)));
    }

    /**
     * {@return the template that {@code settings} give for {@code channel}, if they give one}
     *
     * @param settings the settings of the host
     * @param channel the channel's name
     * @throws SettingException if the setting is wrong
     */
    public static Optional<RowTemplate> from(Settings settings, String channel) {
        return settings.find(ROWS.of(channel))
                .map(conditions -> new RowTemplate(ROWS.of(channel).key(), conditions));
    }

    private void field(String pointer, CallerValue value) {
        pointers.add(pointer);
        conditions.add(caller -> RowFilter.eq(pointer, value.of(caller)));
    }

    private void keyPrefix(KeyTemplate template) {
        conditions.add(caller -> {
            String prefix = template.prefix(caller);
            return prefix == null ? NOTHING : RowFilter.keyPrefix(prefix);
        });
    }

    /** {@return the fields of the conditions, which the channel must declare as filter fields} */
    public Set<String> pointers() {
        return Set.copyOf(pointers);
    }

    @Override
    public RowFilter apply(Caller caller) {
        return conditions.stream()
                .map(condition -> condition.apply(caller))
                .reduce(RowFilter::and)
                .orElse(NOTHING);
    }
}
