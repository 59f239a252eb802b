package io.laundrybridge.transport.websocket;

import io.laundrybridge.test.container.WebSocketServers;

class TomcatHandshakeTest extends HandshakeContract {

    TomcatHandshakeTest() {
        super(WebSocketServers.TOMCAT);
    }

    /** Any exception in a handshake is a server error there. */
    @Override
    int statusWithoutFilter() {
        return 500;
    }

    /** Tomcat itself takes no such names. */
    @Override
    int statusOfUnderscores() {
        return 400;
    }
}
