package io.laundrybridge.kafka;

import static io.laundrybridge.config.BridgeSettings.KAFKA;

import io.laundrybridge.error.SettingException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The properties that a source or a sink was given, and the values of Kafka's config providers for them. Kafka's
 * clients get the properties unresolved, so that each new client asks the providers again. A provider's value may be
 * secret and never appears in messages.
 */
public final class KafkaProperties {
    private static final Pattern NAMED = Pattern.compile("configuration \"?([\\w.-]*\\w)");

    private final String topic;
    private final Map<String, Object> given;
    private final Map<String, Object> resolved = new TreeMap<>();

    private KafkaProperties(String topic, Map<String, Object> given) {
        this.topic = topic;
        this.given = given;
    }

    /**
     * Resolves {@code given} by the providers that it names.
     *
     * @throws SettingException if a provider cannot be made, or has no value for a property
     */
    public static KafkaProperties resolve(String topic, Map<String, Object> given) {
        KafkaProperties properties = new KafkaProperties(topic, given);
        try {
            properties.resolved.putAll(new AbstractConfig(new ConfigDef(), given, false).originals());
        } catch (ConfigException e) {
            throw new SettingException(
                    AbstractConfig.CONFIG_PROVIDERS_CONFIG,
                    "Kafka property '" + AbstractConfig.CONFIG_PROVIDERS_CONFIG + "' of topic '" + topic
                            + "' names a provider that cannot be used: " + e.getMessage());
        }
        properties.refuseUnresolved();
        return properties;
    }

    private void refuseUnresolved() {
        String providers = text(AbstractConfig.CONFIG_PROVIDERS_CONFIG, "");
        for (String provider : providers.split(",", -1)) {
            resolved.forEach((key, value) -> {
                if (!provider.isBlank()
                        && value instanceof String text
                        && text.contains("${" + provider.strip() + ":")) {
                    throw new SettingException(
                            key,
                            "Kafka property '" + key + "' of topic '" + topic
                                    + "' asks the config provider '" + provider.strip()
                                    + "' for a value that it does not have; set it there, or check the name");
                }
            });
        }
    }

    /** Returns the properties, unresolved. */
    public Map<String, Object> given() {
        return given;
    }

    /** Returns the property's resolved value; null if it was not given. */
    public @Nullable Object value(String key) {
        return resolved.get(key);
    }

    public String text(String key, String byDefault) {
        Object value = resolved.get(key);
        return value == null ? byDefault : value.toString().strip();
    }

    /** Returns a whole number, which {@link #check} has checked. */
    public int number(String key, int byDefault) {
        Object value = resolved.get(key);
        return value == null ? byDefault : Integer.parseInt(value.toString().strip());
    }

    /** Returns the property's value as its user wrote it. */
    public String shown(String key) {
        return String.valueOf(given.get(key));
    }

    /**
     * Checks the values of a client.
     *
     * @param definition what the client expects
     * @param added the properties that the bridge adds
     * @throws SettingException naming the property
     */
    public void check(ConfigDef definition, Map<String, Object> added) {
        Map<String, Object> all = new TreeMap<>(resolved);
        all.putAll(added);
        try {
            definition.parse(all);
        } catch (ConfigException e) {
            throw new SettingException(
                    refusedKey(e), "Kafka property refused for topic '" + topic + "': " + withoutSecrets(e));
        }
    }

    /** Returns the key, which Kafka names only in its message. */
    private static String refusedKey(ConfigException refused) {
        Matcher named = NAMED.matcher(String.valueOf(refused.getMessage()));
        return named.find() ? named.group(1) : KAFKA.key();
    }

    /** Returns Kafka's message, which quotes the value. A value from a provider is replaced by what the user wrote. */
    private String withoutSecrets(ConfigException refused) {
        String message = String.valueOf(refused.getMessage());
        for (Map.Entry<String, Object> each : resolved.entrySet()) {
            boolean provided = !Objects.equals(each.getValue(), given.get(each.getKey()));
            if (provided && message.contains("for configuration " + each.getKey())) {
                return "'" + each.getKey() + "' is given as '" + shown(each.getKey())
                        + "', but the config provider's value is not valid for it";
            }
        }
        return message;
    }
}
