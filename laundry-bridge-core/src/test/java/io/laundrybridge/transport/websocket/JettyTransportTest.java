package io.laundrybridge.transport.websocket;

import io.laundrybridge.testing.WebSocketServers;

class JettyTransportTest extends TransportContract {

    JettyTransportTest() {
        super(WebSocketServers.JETTY);
    }
}
