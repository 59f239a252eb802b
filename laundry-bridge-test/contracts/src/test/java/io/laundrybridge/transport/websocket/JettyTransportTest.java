package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.test.container.WebSocketServers;
import org.junit.jupiter.api.Nested;

class JettyTransportTest {

    @Nested
    class ByItsOwnWay extends ContainerTransportContract {
        ByItsOwnWay() {
            super(WebSocketServers.JETTY, TransportChoice.AUTO, "JettyWriter");
        }
    }

    @Nested
    class ByThePortableWay extends ContainerTransportContract {
        ByThePortableWay() {
            super(WebSocketServers.JETTY, TransportChoice.PORTABLE, "PortableWriter");
        }
    }
}
