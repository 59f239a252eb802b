package io.laundrybridge.spring;

import io.laundrybridge.config.EnvironmentVariables;
import io.laundrybridge.config.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Reads the {@code laundry-bridge.*} properties of Spring's environment, by the keys that every host has.
 *
 * <p>Spring decides which value wins. The keys come from the property sources and not from the {@link Binder}, because
 * a bound map drops underscores and colons, which channel names may contain. Lists, as YAML writes them, become
 * comma-separated. It knows both spellings of environment variables: {@code LAUNDRY_BRIDGE_PATH} as in other hosts and
 * {@code LAUNDRYBRIDGE_PATH} as in Spring.
 */
final class EnvironmentSettings {
    private static final Pattern ITEM = Pattern.compile("(.+)\\[\\d+]");

    private final ConfigurableEnvironment environment;

    EnvironmentSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** Returns all of them. */
    Map<String, String> read() {
        Set<String> keys = keys();
        Map<String, String> settings = new TreeMap<>();
        for (String key : keys) {
            Matcher item = ITEM.matcher(key);
            if (item.matches()) {
                settings.put(item.group(1), list(item.group(1)));
            } else {
                settings.put(key, environment.getProperty(key, ""));
            }
        }
        EnvironmentVariables.settings(variables(), keys).forEach(settings::putIfAbsent);
        return settings;
    }

    /** Returns those of the stamps of responses, which do not concern the bridge itself. */
    Settings stamps() {
        Map<String, String> stamps = read();
        stamps.keySet().removeIf(key -> !key.startsWith(Settings.PREFIX + "stamp."));
        return Settings.of(stamps);
    }

    private Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                for (String name : enumerable.getPropertyNames()) {
                    if (name.startsWith(Settings.PREFIX)) {
                        keys.add(name);
                    }
                }
            }
        }
        return keys;
    }

    private String list(String key) {
        Bindable<List<String>> items = Bindable.listOf(String.class);
        return String.join(",", Binder.get(environment).bind(key, items).orElse(List.of()));
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        environment
                .getSystemEnvironment()
                .forEach((name, value) ->
                        variables.put(name.replaceFirst("^LAUNDRYBRIDGE_", "LAUNDRY_BRIDGE_"), String.valueOf(value)));
        return variables;
    }
}
