package io.laundrybridge.limits;

import io.laundrybridge.config.Settings;

/**
 * How many sessions one client may have; each bound has a key below {@code laundry-bridge.limits}. What is beyond them is
 * closed with 1013.
 *
 * @param perAddress most sessions of an address that have no accepted subscription yet, default 1,000 ({@code
 *     sessions-per-address}). An IPv6 address counts as its /64 network
 * @param perUser most sessions of a user, default 256 ({@code sessions-per-user})
 * @param handshakes most handshakes of an address in a second, default 1,000 ({@code handshakes-per-second}); ten seconds'
 *     worth may come at once
 */
public record AdmissionLimits(int perAddress, int perUser, int handshakes) {

    /** The defaults. */
    public static final AdmissionLimits DEFAULT = from(Settings.none());

    /** The limits that {@code settings} give. */
    public static AdmissionLimits from(Settings settings) {
        return new AdmissionLimits(
                settings.count("limits.sessions-per-address", 1_000, 1),
                settings.count("limits.sessions-per-user", 256, 1),
                settings.count("limits.handshakes-per-second", 1_000, 1));
    }
}
