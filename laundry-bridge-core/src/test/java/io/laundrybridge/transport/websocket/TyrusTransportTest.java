package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.testing.WebSocketServers;
import org.junit.jupiter.api.Nested;

class TyrusTransportTest {

    @Nested
    class ByItsOwnWay extends TransportContract {
        ByItsOwnWay() {
            super(WebSocketServers.TYRUS, TransportChoice.AUTO, "GrizzlyWriter");
        }
    }

    @Nested
    class ByThePortableWay extends TransportContract {
        ByThePortableWay() {
            super(WebSocketServers.TYRUS, TransportChoice.PORTABLE, "PortableWriter");
        }
    }
}
