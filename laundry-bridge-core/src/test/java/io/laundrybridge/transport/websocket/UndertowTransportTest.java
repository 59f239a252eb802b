package io.laundrybridge.transport.websocket;

import io.laundrybridge.testing.WebSocketServers;

class UndertowTransportTest extends TransportContract {

    UndertowTransportTest() {
        super(WebSocketServers.UNDERTOW);
    }
}
