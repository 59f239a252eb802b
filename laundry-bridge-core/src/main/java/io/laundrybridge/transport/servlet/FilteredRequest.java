package io.laundrybridge.transport.servlet;

import io.laundrybridge.session.admission.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * Brings what {@link OriginFilter} sees of a handshake to the endpoint, which most containers tell of headers only. Containers
 * upgrade on the filter's stack, so a thread carries it. Needs no servlet API.
 */
public final class FilteredRequest {
    private static final ThreadLocal<@Nullable UpgradeRequest> CURRENT = new ThreadLocal<>();

    private FilteredRequest() {}

    /** The handshake that this thread is about; null if no filter has seen it. */
    public static @Nullable UpgradeRequest current() {
        return CURRENT.get();
    }

    static void begin(UpgradeRequest request) {
        CURRENT.set(request);
    }

    static void end() {
        CURRENT.remove();
    }
}
