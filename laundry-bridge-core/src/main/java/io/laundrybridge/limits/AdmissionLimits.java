package io.laundrybridge.limits;

import static io.laundrybridge.config.LimitSettings.HANDSHAKES_PER_SECOND;
import static io.laundrybridge.config.LimitSettings.SESSIONS_PER_ADDRESS;
import static io.laundrybridge.config.LimitSettings.SESSIONS_PER_USER;

import io.laundrybridge.config.Settings;

/**
 * The bounds of the sessions of one client; each has a key below {@code laundry-bridge.limits}. Sessions beyond them
 * are closed with 1013.
 *
 * @param perAddress most sessions of an address that have no accepted subscription yet, default 1,000
 *     ({@code sessions-per-address}). An IPv6 address counts as its /64 network
 * @param perUser most sessions of a user, default 256 ({@code sessions-per-user})
 * @param handshakes most handshakes of an address per second, default 1,000 ({@code handshakes-per-second}); ten
 *     seconds' worth may come at once
 */
public record AdmissionLimits(int perAddress, int perUser, int handshakes) {

    /** The defaults. */
    public static final AdmissionLimits DEFAULT = from(Settings.none());

    /**
     * Checks the bounds.
     *
     * @param perAddress sessions, at least 1
     * @param perUser sessions, at least 1
     * @param handshakes handshakes per second, at least 1
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public AdmissionLimits {
        SESSIONS_PER_ADDRESS.check(perAddress);
        SESSIONS_PER_USER.check(perUser);
        HANDSHAKES_PER_SECOND.check(handshakes);
    }

    /**
     * {@return the limits that {@code settings} give}
     *
     * @param settings the settings of the host
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static AdmissionLimits from(Settings settings) {
        return new AdmissionLimits(
                settings.get(SESSIONS_PER_ADDRESS),
                settings.get(SESSIONS_PER_USER),
                settings.get(HANDSHAKES_PER_SECOND));
    }

    /**
     * {@return these limits with another number of sessions of an address}
     *
     * @param sessions sessions, at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public AdmissionLimits withPerAddress(int sessions) {
        return new AdmissionLimits(sessions, perUser, handshakes);
    }

    /**
     * {@return these limits with another number of sessions of a user}
     *
     * @param sessions sessions, at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public AdmissionLimits withPerUser(int sessions) {
        return new AdmissionLimits(perAddress, sessions, handshakes);
    }

    /**
     * {@return these limits with another number of handshakes per second}
     *
     * @param perSecond handshakes per second
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public AdmissionLimits withHandshakes(int perSecond) {
        return new AdmissionLimits(perAddress, perUser, perSecond);
    }
}
