package io.laundrybridge.transport.websocket.container;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The adapter of every container without one of its own. It uses {@code jakarta.websocket} alone. */
public final class UnknownContainer implements ContainerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownContainer.class);

    @Override
    public boolean owns(Class<?> type) {
        return true;
    }

    @Override
    public HardCloses hardCloses(Class<?> session) {
        LOG.info("{} belongs to an unknown container: its stalled connections are closed politely", session.getName());
        return HardCloses.POLITE;
    }
}
