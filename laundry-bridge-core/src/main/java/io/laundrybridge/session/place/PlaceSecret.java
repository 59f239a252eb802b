package io.laundrybridge.session.place;

import static io.laundrybridge.config.BridgeSettings.SECRET;
import static io.laundrybridge.config.BridgeSettings.SECRET_BEFORE;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operator's secret, with which places are sealed, and perhaps the one before it. Nodes with the same secret open
 * each other's places. Immutable.
 */
public final class PlaceSecret {
    private final List<PlaceKey> keys;

    private PlaceSecret(List<PlaceKey> keys) {
        this.keys = keys;
    }

    /**
     * Returns the secret that seals by {@code present}, and opens by both.
     *
     * @param before the secret before {@code present}; null if there is none
     * @throws io.laundrybridge.error.SettingException if one has fewer than 32 characters
     */
    public static PlaceSecret of(String present, @Nullable String before) {
        List<PlaceKey> keys = new ArrayList<>();
        keys.add(PlaceKey.of(SECRET.check(present)));
        if (before != null) {
            keys.add(PlaceKey.of(SECRET_BEFORE.check(before)));
        }
        return new PlaceSecret(List.copyOf(keys));
    }

    /** Returns the key that seals. */
    PlaceKey present() {
        return keys.get(0);
    }

    /** Returns the keys that open, the one that seals first. */
    List<PlaceKey> keys() {
        return keys;
    }

    /** Returns nothing of the secret. */
    @Override
    public String toString() {
        return keys.size() == 1 ? "a secret" : "a secret and the one before it";
    }
}
