package io.laundrybridge.spring;

import io.laundrybridge.LaundryBridge;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the bridge after the web server and stops it before, while sockets are open. Boot stops the web server's
 * intake at {@code DEFAULT_PHASE - 1024} and the server itself at {@code DEFAULT_PHASE - 2048}.
 */
final class LaundryBridgeLifecycle implements SmartLifecycle {
    private static final int BEFORE_THE_WEB_SERVER_STOPS = DEFAULT_PHASE - 512;

    private final LaundryBridge bridge;
    private final boolean listens;
    private volatile boolean running;

    LaundryBridgeLifecycle(LaundryBridge bridge, boolean listens) {
        this.bridge = bridge;
        this.listens = listens;
    }

    /** Not if there is no web server to bring a session. */
    @Override
    public boolean isAutoStartup() {
        return listens;
    }

    @Override
    public void start() {
        bridge.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        bridge.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** No: a bridge starts once, and the cached context of a test may keep it. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_WEB_SERVER_STOPS;
    }
}
