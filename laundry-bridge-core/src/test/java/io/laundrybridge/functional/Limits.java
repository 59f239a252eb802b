package io.laundrybridge.functional;

import io.laundrybridge.config.Settings;
import io.laundrybridge.limits.SessionLimits;
import java.util.HashMap;
import java.util.Map;

/** Makes limits as an operator would set them. */
final class Limits {
    private Limits() {}

    /** Returns the defaults, except for these keys and values. */
    static SessionLimits with(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(Settings.PREFIX + keysAndValues[i], keysAndValues[i + 1]);
        }
        return SessionLimits.from(Settings.of(properties));
    }
}
