package io.laundrybridge.session.dialect.full;

import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a session may subscribe to.
 *
 * <p>Each method throws {@link RefusedLineException} with {@code limit_exceeded} if that is more.
 */
record SubscribeLimits(SessionLimits limits) {

    /** {@code present} subscriptions are there, and another is asked for. */
    void another(int present) {
        if (present >= limits.subscriptions()) {
            throw new RefusedLineException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a session has at most " + limits.subscriptions() + " subscriptions; end one first");
        }
    }

    /** A subscription selects {@code keys}. */
    void keys(List<String> keys) {
        if (keys.size() > limits.keys()) {
            throw new RefusedLineException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a subscription has at most " + limits.keys() + " keys; use a prefix such as site-7/*");
        }
    }

    /** A page shows the keys of {@code view}. */
    void view(ClientLine.@Nullable InView view) {
        keys(view == null || view.keys() == null ? List.of() : view.keys());
    }
}
