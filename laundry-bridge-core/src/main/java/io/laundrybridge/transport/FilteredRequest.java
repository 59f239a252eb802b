package io.laundrybridge.transport;

import io.laundrybridge.session.admission.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a filter saw of a handshake to the endpoint behind it, which most containers tell of headers only.
 * Containers upgrade on the filter's stack, so the thread carries it.
 */
public final class FilteredRequest {
    private static final ThreadLocal<@Nullable UpgradeRequest> CURRENT = new ThreadLocal<>();

    private FilteredRequest() {}

    /** Returns the handshake that this thread is about; null if no filter has seen it. */
    public static @Nullable UpgradeRequest current() {
        return CURRENT.get();
    }

    /** Says, before the rest of the chain runs, what this thread is about. */
    public static void begin(UpgradeRequest request) {
        CURRENT.set(request);
    }

    /** Forgets it, once the rest of the chain has run. */
    public static void end() {
        CURRENT.remove();
    }
}
