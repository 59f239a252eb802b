package io.laundrybridge.session.admission;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once of a page that is neither on this machine nor behind TLS: its cookies and events can be read on the
 * network.
 */
final class ClearText {
    private static final Logger LOG = LoggerFactory.getLogger(ClearText.class);

    private final AtomicBoolean told = new AtomicBoolean();

    void look(UpgradeRequest request, String client) {
        Origin page = told.get() ? null : Origin.parse(request.origin()).orElse(null);
        boolean near = IpAddress.parse(client).map(IpAddress::isLoopback).orElse(true);
        if (page != null && !page.secure() && !near && told.compareAndSet(false, true)) {
            LOG.warn(
                    "The page {} of {} came without TLS: events and cookies can be read on the way."
                            + " Serve pages by https where that matters; this is logged once",
                    page,
                    client);
        }
    }
}
