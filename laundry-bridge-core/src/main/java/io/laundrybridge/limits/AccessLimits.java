package io.laundrybridge.limits;

import static io.laundrybridge.config.LimitSettings.ACCESS;
import static io.laundrybridge.config.LimitSettings.ACCESS_QUEUE;
import static io.laundrybridge.config.LimitSettings.ACCESS_THREADS;

import io.laundrybridge.config.Settings;
import java.time.Duration;

/**
 * The bounds of access rules that may block; each has a key below {@code laundry-bridge.limits}.
 *
 * @param deadline longest time of a rule's answer, default 5 s ({@code access}); a later one grants nothing
 * @param threads threads that ask the rules of one channel, default 8 ({@code access-threads})
 * @param waiting questions to the rules of one channel that may wait for a thread, default 10,000
 *     ({@code access-queue}); a subscribe beyond it gets {@code busy}
 */
public record AccessLimits(Duration deadline, int threads, int waiting) {

    /** The defaults. */
    public static final AccessLimits DEFAULT = from(Settings.none());

    /**
     * Checks the bounds.
     *
     * @param deadline at least 100 ms
     * @param threads at least 1
     * @param waiting at least 1
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public AccessLimits {
        ACCESS.check(deadline);
        ACCESS_THREADS.check(threads);
        ACCESS_QUEUE.check(waiting);
    }

    /**
     * {@return the limits that {@code settings} give}
     *
     * @param settings the settings of the host
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static AccessLimits from(Settings settings) {
        return new AccessLimits(settings.get(ACCESS), settings.get(ACCESS_THREADS), settings.get(ACCESS_QUEUE));
    }

    /**
     * {@return these limits with another longest time of an answer}
     *
     * @param longest at least 100 ms
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public AccessLimits withDeadline(Duration longest) {
        return new AccessLimits(longest, threads, waiting);
    }

    /**
     * {@return these limits with another number of threads per channel}
     *
     * @param most at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public AccessLimits withThreads(int most) {
        return new AccessLimits(deadline, most, waiting);
    }

    /**
     * {@return these limits with another number of questions that may wait per channel}
     *
     * @param most at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public AccessLimits withWaiting(int most) {
        return new AccessLimits(deadline, threads, most);
    }
}
