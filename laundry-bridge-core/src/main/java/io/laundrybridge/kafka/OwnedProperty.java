package io.laundrybridge.kafka;

import io.laundrybridge.error.SettingException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka property that the bridge sets itself.
 *
 * @param value the only allowed value, or null if none is allowed
 * @param reason why, as a part of a sentence
 */
public record OwnedProperty(@Nullable String value, String reason) {

    /**
     * Refuses the first of the {@code owned} properties in {@code given} whose value is not the bridge's.
     *
     * @throws SettingException with a sentence that names it
     */
    public static void refuse(Map<String, OwnedProperty> owned, KafkaProperties given) {
        owned.forEach((key, property) -> property.refuse(key, given));
    }

    private void refuse(String key, KafkaProperties given) {
        Object found = given.value(key);
        if (found != null && !found.toString().strip().equalsIgnoreCase(value)) {
            throw new SettingException(
                    key,
                    "Kafka property '" + key + "' is '" + given.shown(key) + "', but the bridge "
                            + (value == null ? "does without it" : "sets it to '" + value + "'") + ": " + reason
                            + "; remove it");
        }
    }
}
