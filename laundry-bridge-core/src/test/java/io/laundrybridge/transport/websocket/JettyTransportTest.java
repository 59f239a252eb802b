package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.testing.WebSocketServers;
import org.junit.jupiter.api.Nested;

class JettyTransportTest {

    @Nested
    class ByItsOwnWay extends TransportContract {
        ByItsOwnWay() {
            super(WebSocketServers.JETTY, TransportChoice.AUTO, "PortableWriter");
        }
    }

    @Nested
    class ByThePortableWay extends TransportContract {
        ByThePortableWay() {
            super(WebSocketServers.JETTY, TransportChoice.PORTABLE, "PortableWriter");
        }
    }
}
