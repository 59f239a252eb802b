package io.laundrybridge.config;

import io.laundrybridge.error.SettingException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The values of {@code laundry-bridge.*} on one host. {@link SettingCatalogue} lists the keys. Immutable. */
public final class Settings {

    /** The beginning of every key. */
    public static final String PREFIX = "laundry-bridge.";

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * {@return the settings among {@code properties}; keys that do not begin with {@code laundry-bridge.} are left out}
     *
     * @param properties properties by their whole keys
     * @throws SettingException if a value is wrong, or a key is not in the catalogue; then the message suggests the
     *     nearest one
     */
    public static Settings of(Map<String, String> properties) {
        Map<String, String> values = new TreeMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                values.put(key, value.strip());
            }
        });
        Settings settings = new Settings(values);
        settings.check();
        return settings;
    }

    /** {@return settings without values, so that all have their defaults} */
    public static Settings none() {
        return new Settings(Map.of());
    }

    /**
     * {@return the value of {@code setting}, or its default}
     *
     * @param <T> the type of the value
     * @param setting the setting
     * @throws SettingException if there is neither a value nor a default
     */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .or(setting::defaultValue)
                .orElseThrow(() -> new SettingException(
                        setting.key(), setting.key() + " is not set; it has no default, so set it"));
    }

    /**
     * {@return the value of {@code setting}; empty if it is not set or blank}
     *
     * @param <T> the type of the value
     * @param setting the setting
     */
    public <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable(values.get(setting.key()))
                .filter(text -> !text.isEmpty())
                .map(setting::parse);
    }

    /**
     * {@return the word of {@code choice}, or the default one, as a constant of {@code type}}
     *
     * @param <E> the type of the choices
     * @param choice the setting
     * @param type the type of the choices
     */
    public <E extends Enum<E>> E get(Setting<String> choice, Class<E> type) {
        return constant(type, get(choice));
    }

    /**
     * {@return the word of {@code choice} as a constant of {@code type}; empty if it is not set or blank}
     *
     * @param <E> the type of the choices
     * @param choice the setting
     * @param type the type of the choices
     */
    public <E extends Enum<E>> Optional<E> find(Setting<String> choice, Class<E> type) {
        return find(choice).map(word -> constant(type, word));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /**
     * {@return the values of {@code setting} by the names in place of its placeholder}
     *
     * @param setting the setting
     */
    public Map<String, String> byName(Setting<String> setting) {
        Map<String, String> found = new TreeMap<>();
        values.forEach((key, value) -> setting.nameIn(key).ifPresent(name -> found.put(name, value)));
        return found;
    }

    /** {@return the channels that have settings, in alphabetical order} Their names may hold dots. */
    public Set<String> channels() {
        Set<String> names = new TreeSet<>();
        for (String key : values.keySet()) {
            ChannelSettings.all().forEach(setting -> setting.nameIn(key).ifPresent(names::add));
        }
        return names;
    }

    private void check() {
        values.forEach((key, text) -> {
            Setting<?> setting = SettingCatalogue.find(key).orElseThrow(() -> unknown(key));
            find(setting);
        });
    }

    private SettingException unknown(String key) {
        return new SettingException(
                key,
                key + " is not a setting; did you mean " + SettingCatalogue.nearest(key, channels())
                        + "? docs/configuration.md lists all of them");
    }
}
