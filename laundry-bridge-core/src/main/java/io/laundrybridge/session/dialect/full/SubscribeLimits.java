package io.laundrybridge.session.dialect.full;

import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a session subscribes to against its limits.
 *
 * <p>Each method throws {@link RefusedLineException} with {@code limit_exceeded} if it is too much.
 */
record SubscribeLimits(SessionLimits limits) {

    /** Checks another subscription beside {@code present} ones. */
    void another(int present) {
        if (present >= limits.subscriptions()) {
            throw new RefusedLineException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a session has at most " + limits.subscriptions() + " subscriptions; end one first");
        }
    }

    /** Checks the {@code keys} of a selection. */
    void keys(List<String> keys) {
        if (keys.size() > limits.keys()) {
            throw new RefusedLineException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a subscription has at most " + limits.keys() + " keys; use a prefix such as site-7/*");
        }
    }

    /** Checks the keys of {@code view}, which a page shows. */
    void view(ClientLine.@Nullable InView view) {
        keys(view == null || view.keys() == null ? List.of() : view.keys());
    }
}
