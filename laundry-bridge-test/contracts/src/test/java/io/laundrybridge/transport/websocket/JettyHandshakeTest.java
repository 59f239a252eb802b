package io.laundrybridge.transport.websocket;

import io.laundrybridge.test.container.WebSocketServers;

class JettyHandshakeTest extends HandshakeContract {

    JettyHandshakeTest() {
        super(WebSocketServers.JETTY);
    }
}
