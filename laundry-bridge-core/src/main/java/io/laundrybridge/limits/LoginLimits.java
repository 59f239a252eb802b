package io.laundrybridge.limits;

import static io.laundrybridge.config.LimitSettings.AUTHENTICATION;
import static io.laundrybridge.config.LimitSettings.AUTHENTICATION_QUEUE;
import static io.laundrybridge.config.LimitSettings.AUTHENTICATION_THREADS;
import static io.laundrybridge.config.LimitSettings.LOGIN_DEADLINE;
import static io.laundrybridge.config.LimitSettings.LOGIN_LINES;
import static io.laundrybridge.config.LimitSettings.TOKEN_BYTES;

import io.laundrybridge.config.Settings;
import java.time.Duration;

/**
 * The bounds of logins; each has a key below {@code laundry-bridge.limits}.
 *
 * @param authentication longest time of an answer of the authenticators, default 5 s ({@code authentication})
 * @param threads most threads that call authenticators, default 32 ({@code authentication-threads})
 * @param waiting most credentials that wait for such a thread, default 1,000 ({@code authentication-queue}); more
 *     are told to try again
 * @param deadline time in which a session must log in if that is required, default 10 s ({@code login-deadline}); then
 *     it is closed with 4408
 * @param lines most lines that wait for a login, default 32 ({@code login-lines}); more get {@code limit_exceeded}
 * @param tokenChars longest token, default 16 Ki characters ({@code token-bytes}); a longer one is refused unread
 */
public record LoginLimits(
        Duration authentication, int threads, int waiting, Duration deadline, int lines, int tokenChars) {

    /** The defaults. */
    public static final LoginLimits DEFAULT = from(Settings.none());

    /**
     * Checks the bounds.
     *
     * @param authentication at least 100 ms
     * @param threads at least 1
     * @param waiting at least 1
     * @param deadline at least 100 ms
     * @param lines at least 1
     * @param tokenChars characters, at least 16
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public LoginLimits {
        AUTHENTICATION.check(authentication);
        AUTHENTICATION_THREADS.check(threads);
        AUTHENTICATION_QUEUE.check(waiting);
        LOGIN_DEADLINE.check(deadline);
        LOGIN_LINES.check(lines);
        TOKEN_BYTES.check((long) tokenChars);
    }

    /**
     * {@return the limits that {@code settings} give}
     *
     * @param settings the settings of the host
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static LoginLimits from(Settings settings) {
        return new LoginLimits(
                settings.get(AUTHENTICATION),
                settings.get(AUTHENTICATION_THREADS),
                settings.get(AUTHENTICATION_QUEUE),
                settings.get(LOGIN_DEADLINE),
                settings.get(LOGIN_LINES),
                Math.toIntExact(settings.get(TOKEN_BYTES)));
    }
}
