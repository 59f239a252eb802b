package io.laundrybridge.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads settings from environment variables, whose names have neither dots nor dashes nor lower case.
 *
 * <p>The rule: a variable that begins with {@code LAUNDRY_BRIDGE_} is a setting.
 *
 * <ol>
 * <li>A variable is a setting from another place if their spellings match. To compare, the setting's key is written in
 * capitals, with {@code _} for everything but letters and digits.
 * <li>Else the words between the {@code _} decide. {@code LAUNDRY_BRIDGE_CHANNELS_MACHINES_RETAIN_AGE} is
 * {@code laundry-bridge.channels.machines.retain-age}: the channel's name is one word, in lower case.
 * {@code LAUNDRY_BRIDGE_LIMITS_SEND_DEADLINE} is {@code laundry-bridge.limits.send-deadline}, and
 * {@code LAUNDRY_BRIDGE_KAFKA_BOOTSTRAP_SERVERS} is {@code laundry-bridge.kafka.bootstrap.servers}.
 * {@code LAUNDRY_BRIDGE_ALLOWED_ORIGINS} is {@code laundry-bridge.allowed-origins}.
 * </ol>
 *
 * <p>So a variable can set a channel with another name, such as {@code dryer-log}, if a file sets its topic. Kubernetes
 * and Docker make variables for services whose names begin with {@code laundry-bridge}; these are no settings.
 */
public final class EnvironmentVariables {
    private static final String PREFIX = capitals(Settings.PREFIX);

    /**
     * Matches the variables that Kubernetes makes for each service, and Docker for each link, each with its kind of
     * value: {@code X_SERVICE_HOST}, {@code X_SERVICE_PORT_HTTP}, {@code X_PORT}, {@code X_PORT_8080_TCP_ADDR}.
     */
    private static final Pattern LINK = Pattern.compile(
            PREFIX + "(?:\\w+_)?(?:SERVICE_HOST=.*|SERVICE_PORT(?:_\\w+)?=(?:\\d+|\\w+://.*)"
                    + "|PORT(?:_\\d+_(?:TCP|UDP|SCTP))?=\\w+://.*|PORT_\\d+_(?:TCP|UDP|SCTP)_(?:ADDR|PORT|PROTO)=.*|NAME=/.*)");

    private EnvironmentVariables() {}

    /**
     * {@return the settings among {@code variables}, by their keys with the prefix {@code laundry-bridge.}}
     *
     * @param variables environment variables by name
     * @param known keys that other places give, for the first rule
     */
    public static Map<String, String> settings(Map<String, String> variables, Collection<String> known) {
        Map<String, String> spelt = new HashMap<>();
        known.forEach(key -> spelt.put(capitals(key), key));
        Map<String, String> settings = new TreeMap<>();
        variables.forEach((name, value) -> {
            if (name.startsWith(PREFIX)
                    && (spelt.containsKey(name)
                            || !LINK.matcher(name + "=" + value).matches())) {
                settings.put(spelt.getOrDefault(name, Settings.PREFIX + key(name.substring(PREFIX.length()))), value);
            }
        });
        return settings;
    }

    private static String key(String name) {
        String words = name.toLowerCase(Locale.ROOT);
        int first = words.indexOf('_');
        String group = first < 0 ? words : words.substring(0, first);
        String rest = words.substring(first + 1);
        return switch (first < 0 ? "" : group) {
            case "channels" -> group + "." + rest.replaceFirst("_", ".").replace('_', '-');
            case "limits" -> group + "." + rest.replace('_', '-');
            case "kafka" -> group + "." + rest.replace('_', '.');
            default -> words.replace('_', '-');
        };
    }

    private static String capitals(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
