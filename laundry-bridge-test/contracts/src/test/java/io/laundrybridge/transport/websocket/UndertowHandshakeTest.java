package io.laundrybridge.transport.websocket;

import io.laundrybridge.test.container.WebSocketServers;

class UndertowHandshakeTest extends HandshakeContract {

    UndertowHandshakeTest() {
        super(WebSocketServers.UNDERTOW);
    }

    /** Any exception in a handshake is a server error there. */
    @Override
    int statusWithoutFilter() {
        return 500;
    }
}
