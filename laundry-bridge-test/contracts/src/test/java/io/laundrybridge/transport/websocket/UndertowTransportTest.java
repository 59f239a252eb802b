package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.test.container.WebSocketServers;
import org.junit.jupiter.api.Nested;

class UndertowTransportTest {

    @Nested
    class ByItsOwnWay extends ContainerTransportContract {
        ByItsOwnWay() {
            super(WebSocketServers.UNDERTOW, TransportChoice.AUTO, "UndertowWriter");
        }
    }

    @Nested
    class ByThePortableWay extends ContainerTransportContract {
        ByThePortableWay() {
            super(WebSocketServers.UNDERTOW, TransportChoice.PORTABLE, "PortableWriter");
        }
    }
}
