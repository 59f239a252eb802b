package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.test.container.WebSocketServers;
import org.junit.jupiter.api.Nested;

class TyrusTransportTest {

    @Nested
    class ByItsOwnWay extends ContainerTransportContract {
        ByItsOwnWay() {
            super(WebSocketServers.TYRUS, TransportChoice.AUTO, "GrizzlyWriter");
        }
    }

    @Nested
    class ByThePortableWay extends ContainerTransportContract {
        ByThePortableWay() {
            super(WebSocketServers.TYRUS, TransportChoice.PORTABLE, "PortableWriter");
        }
    }
}
