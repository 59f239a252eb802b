package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.test.container.WebSocketServers;
import org.junit.jupiter.api.Nested;

class TomcatTransportTest {

    @Nested
    class ByItsOwnWay extends ContainerTransportContract {
        ByItsOwnWay() {
            super(WebSocketServers.TOMCAT, TransportChoice.AUTO, "TomcatWriter");
        }
    }

    @Nested
    class ByThePortableWay extends ContainerTransportContract {
        ByThePortableWay() {
            super(WebSocketServers.TOMCAT, TransportChoice.PORTABLE, "PortableWriter");
        }
    }
}
