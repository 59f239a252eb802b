package io.laundrybridge.transport;

import io.laundrybridge.session.admission.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * Passes the handshake as a filter saw it to the endpoint behind the filter, because most containers give an endpoint
 * only headers. Containers upgrade on the filter's stack, so the thread carries it.
 */
public final class FilteredRequest {
    private static final ThreadLocal<@Nullable UpgradeRequest> CURRENT = new ThreadLocal<>();

    private FilteredRequest() {}

    /** Returns the handshake of this thread; null if no filter has seen it. */
    public static @Nullable UpgradeRequest current() {
        return CURRENT.get();
    }

    /** Sets the handshake of this thread, before the rest of the chain runs. */
    public static void begin(UpgradeRequest request) {
        CURRENT.set(request);
    }

    /** Clears the handshake, once the rest of the chain has run. */
    public static void end() {
        CURRENT.remove();
    }
}
