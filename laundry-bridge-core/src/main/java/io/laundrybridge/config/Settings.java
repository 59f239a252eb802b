package io.laundrybridge.config;

import io.laundrybridge.error.SettingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The {@code laundry-bridge.*} settings of a host. Keys are written without the prefix here: {@code heartbeat} is
 * {@code laundry-bridge.heartbeat}.
 *
 * <p>A setting remembers that it was asked for, so that {@link #refuseUnknown()} can name misspelt ones. Confined to
 * the thread that starts the bridge.
 */
public final class Settings {

    /** What every key begins with. */
    public static final String PREFIX = "laundry-bridge.";

    private final TreeMap<String, String> values = new TreeMap<>();
    private final Set<String> known = new HashSet<>();

    private Settings() {}

    /** The settings among {@code properties}; keys without the prefix {@code laundry-bridge.} are left out. */
    public static Settings of(Map<String, String> properties) {
        Settings settings = new Settings();
        properties.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                settings.values.put(key.substring(PREFIX.length()), value.strip());
            }
        });
        return settings;
    }

    /** No settings: every default. */
    public static Settings none() {
        return new Settings();
    }

    /** The text of {@code key}; empty if it is not set or blank. */
    public Optional<String> text(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    /** The text of {@code key}, which must be set. */
    public String required(String key) {
        return text(key)
                .orElseThrow(() -> new SettingException(PREFIX + key + " is not set; it has no default, so set it"));
    }

    /** A duration such as {@code 250ms}, {@code 10s}, {@code 5m}, {@code 1h}, {@code 2d} or ISO-8601; zero is one. */
    public Duration duration(String key, Duration byDefault) {
        return duration(key, byDefault, Duration.ZERO);
    }

    /** A duration of at least {@code least}, and at most 36,500 days. */
    public Duration duration(String key, Duration byDefault, Duration least) {
        return text(key).map(text -> Durations.parse(PREFIX + key, text, least)).orElse(byDefault);
    }

    /** A size in bytes such as {@code 512}, {@code 64KiB}, {@code 32MiB} or {@code 1GiB}; zero is one. */
    public long bytes(String key, long byDefault) {
        return bytes(key, byDefault, 0);
    }

    /** A size of at least {@code least} bytes. */
    public long bytes(String key, long byDefault, long least) {
        return bytes(key, byDefault, least, Long.MAX_VALUE);
    }

    /** A size of {@code least} to {@code most} bytes. */
    public long bytes(String key, long byDefault, long least, long most) {
        return text(key)
                .map(text -> Sizes.parse(PREFIX + key, text, least, most))
                .orElse(byDefault);
    }

    /** A whole number of at least {@code least}. */
    public int count(String key, int byDefault, int least) {
        return text(key).map(text -> wholeNumber(key, text, least)).orElse(byDefault);
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean byDefault) {
        return text(key).map(text -> truth(key, text)).orElse(byDefault);
    }

    private static boolean truth(String key, String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new SettingException(PREFIX + key + " is '" + text + "'; expected true or false");
    }

    /** One of the constants of {@code choices}, written in lower case with {@code -} for {@code _}. */
    public <E extends Enum<E>> E choice(String key, Class<E> choices, E byDefault) {
        return text(key).map(text -> constant(key, choices, text)).orElse(byDefault);
    }

    /** The comma-separated items of {@code key}. */
    public List<String> list(String key) {
        return text(key)
                .map(text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /** All settings below {@code group}, keys without it; passed on as they are, so all of them count as known. */
    public Map<String, String> under(String group) {
        Map<String, String> found = new TreeMap<>();
        values.tailMap(group + ".").forEach((key, value) -> {
            if (key.startsWith(group + ".")) {
                known.add(key);
                found.put(key.substring(group.length() + 1), value);
            }
        });
        return found;
    }

    /**
     * The names below {@code group} that have settings, in alphabetical order: the channels below {@code channels}. A name may
     * hold dots; a setting's own may not.
     */
    public Set<String> names(String group) {
        Set<String> names = new TreeSet<>();
        for (String key : values.keySet()) {
            if (key.startsWith(group + ".")) {
                String rest = key.substring(group.length() + 1);
                int dot = rest.lastIndexOf('.');
                names.add(dot < 0 ? rest : rest.substring(0, dot));
            }
        }
        return names;
    }

    /**
     * Refuses settings that nobody asked for, naming the nearest that exists.
     *
     * @throws SettingException for the first unknown key
     */
    public void refuseUnknown() {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new SettingException(PREFIX + key + " is not a setting; did you mean " + PREFIX
                        + NearestName.of(key, known) + "? docs/configuration.md lists all of them");
            }
        }
    }

    private static int wholeNumber(String key, String text, int least) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one error for every wrong number
        }
        throw new SettingException(PREFIX + key + " is '" + text + "'; expected a whole number of at least " + least);
    }

    private static <E extends Enum<E>> E constant(String key, Class<E> choices, String text) {
        for (E choice : choices.getEnumConstants()) {
            if (written(choice).equals(text.toLowerCase(Locale.ROOT))) {
                return choice;
            }
        }
        List<String> all =
                Arrays.stream(choices.getEnumConstants()).map(Settings::written).toList();
        throw new SettingException(PREFIX + key + " is '" + text + "'; expected one of " + String.join(", ", all));
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
