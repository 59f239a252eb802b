package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.testing.WebSocketServers;
import org.junit.jupiter.api.Nested;

class UndertowTransportTest {

    @Nested
    class ByItsOwnWay extends TransportContract {
        ByItsOwnWay() {
            super(WebSocketServers.UNDERTOW, TransportChoice.AUTO, "UndertowWriter");
        }
    }

    @Nested
    class ByThePortableWay extends TransportContract {
        ByThePortableWay() {
            super(WebSocketServers.UNDERTOW, TransportChoice.PORTABLE, "PortableWriter");
        }
    }
}
