package io.laundrybridge.transport.websocket;

import io.laundrybridge.testing.WebSocketServers;

class TyrusTransportTest extends TransportContract {

    TyrusTransportTest() {
        super(WebSocketServers.TYRUS);
    }
}
