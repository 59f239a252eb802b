package io.laundrybridge.transport.websocket;

import io.laundrybridge.testing.WebSocketServers;

class TomcatTransportTest extends TransportContract {

    TomcatTransportTest() {
        super(WebSocketServers.TOMCAT);
    }
}
