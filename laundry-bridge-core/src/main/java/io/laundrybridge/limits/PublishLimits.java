package io.laundrybridge.limits;

import static io.laundrybridge.config.PublishSettings.BYTES;
import static io.laundrybridge.config.PublishSettings.DEADLINE;
import static io.laundrybridge.config.PublishSettings.PENDING;
import static io.laundrybridge.config.PublishSettings.REMEMBER;
import static io.laundrybridge.config.PublishSettings.REMEMBERED;
import static io.laundrybridge.config.PublishSettings.SESSION_PENDING;
import static io.laundrybridge.config.PublishSettings.SESSION_RATE;
import static io.laundrybridge.config.PublishSettings.THREADS;
import static io.laundrybridge.config.PublishSettings.USER_RATE;
import static io.laundrybridge.config.PublishSettings.WINDOW;

import io.laundrybridge.config.Settings;
import java.time.Duration;

/**
 * The bounds of what clients publish; each has a key below {@code laundry-bridge.limits}.
 *
 * @param bytes longest value, default 32 KiB ({@code publish-bytes}); a longer one gets {@code value_too_large}
 * @param perSession publishes of one session per {@code window}, default 100 ({@code publish-per-session}); more get
 *     {@code limit_exceeded}
 * @param perUser publishes of one user per {@code window}, all sessions together, default 500
 *     ({@code publish-per-user}); more get {@code limit_exceeded}
 * @param window default 10 s ({@code publish-window})
 * @param sessionPending publishes of one session that wait for their answer, default 64
 *     ({@code publish-session-pending}); more get {@code limit_exceeded}
 * @param pending publishes of all sessions that wait for their answer, default 1,000 ({@code publish-pending}); more
 *     get {@code busy}
 * @param threads threads that check values and call mappings, default 8 ({@code publish-threads})
 * @param deadline longest time until an answer, default 10 s ({@code publish-deadline}); then {@code outcome_unknown}
 * @param remember time for which a stored publish is remembered, default 10 min ({@code publish-remember})
 * @param remembered stored publishes that are remembered, default 100,000 ({@code publish-remembered}); the oldest go
 *     first
 */
public record PublishLimits(
        int bytes,
        int perSession,
        int perUser,
        Duration window,
        int sessionPending,
        int pending,
        int threads,
        Duration deadline,
        Duration remember,
        int remembered) {

    /** The defaults. */
    public static final PublishLimits DEFAULT = from(Settings.none());

    /**
     * Checks the bounds.
     *
     * @param bytes at least 16
     * @param perSession at least 1
     * @param perUser at least 1
     * @param window at least 100 ms
     * @param sessionPending at least 1
     * @param pending at least 1
     * @param threads at least 1
     * @param deadline at least 100 ms
     * @param remember at least 1 s
     * @param remembered at least 1
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public PublishLimits {
        BYTES.check((long) bytes);
        SESSION_RATE.check(perSession);
        USER_RATE.check(perUser);
        WINDOW.check(window);
        SESSION_PENDING.check(sessionPending);
        PENDING.check(pending);
        THREADS.check(threads);
        DEADLINE.check(deadline);
        REMEMBER.check(remember);
        REMEMBERED.check(remembered);
    }

    /**
     * {@return the limits that {@code settings} give}
     *
     * @param settings the settings of the host
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static PublishLimits from(Settings settings) {
        return new PublishLimits(
                Math.toIntExact(settings.get(BYTES)),
                settings.get(SESSION_RATE),
                settings.get(USER_RATE),
                settings.get(WINDOW),
                settings.get(SESSION_PENDING),
                settings.get(PENDING),
                settings.get(THREADS),
                settings.get(DEADLINE),
                settings.get(REMEMBER),
                settings.get(REMEMBERED));
    }

    /**
     * {@return these limits with another longest value}
     *
     * @param longest bytes, at least 16
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public PublishLimits withBytes(int longest) {
        return new PublishLimits(
                longest, perSession, perUser, window, sessionPending, pending, threads, deadline, remember, remembered);
    }

    /**
     * {@return these limits with other rates}
     *
     * @param ofSession publishes of one session per window, at least 1
     * @param ofUser publishes of one user per window, at least 1
     * @param length the length of a window, at least 100 ms
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public PublishLimits withRates(int ofSession, int ofUser, Duration length) {
        return new PublishLimits(
                bytes, ofSession, ofUser, length, sessionPending, pending, threads, deadline, remember, remembered);
    }

    /**
     * {@return these limits with other numbers of publishes that wait for their answer}
     *
     * @param ofSession of one session, at least 1
     * @param ofAll of all sessions together, at least 1
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public PublishLimits withPending(int ofSession, int ofAll) {
        return new PublishLimits(
                bytes, perSession, perUser, window, ofSession, ofAll, threads, deadline, remember, remembered);
    }

    /**
     * {@return these limits with another number of threads}
     *
     * @param most at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public PublishLimits withThreads(int most) {
        return new PublishLimits(
                bytes, perSession, perUser, window, sessionPending, pending, most, deadline, remember, remembered);
    }

    /**
     * {@return these limits with another longest time until an answer}
     *
     * @param longest at least 100 ms
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public PublishLimits withDeadline(Duration longest) {
        return new PublishLimits(
                bytes, perSession, perUser, window, sessionPending, pending, threads, longest, remember, remembered);
    }

    /**
     * {@return these limits with another memory of stored publishes}
     *
     * @param time how long one is remembered, at least 1 s
     * @param most how many are remembered, at least 1
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public PublishLimits withMemory(Duration time, int most) {
        return new PublishLimits(
                bytes, perSession, perUser, window, sessionPending, pending, threads, deadline, time, most);
    }
}
