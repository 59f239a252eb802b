package io.laundrybridge.transport.websocket;

import io.laundrybridge.testing.WebSocketServers;

class JettyHandshakeTest extends HandshakeContract {

    JettyHandshakeTest() {
        super(WebSocketServers.JETTY);
    }
}
