package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.testing.WebSocketServers;
import org.junit.jupiter.api.Nested;

class TomcatTransportTest {

    @Nested
    class ByItsOwnWay extends TransportContract {
        ByItsOwnWay() {
            super(WebSocketServers.TOMCAT, TransportChoice.AUTO, "TomcatWriter");
        }
    }

    @Nested
    class ByThePortableWay extends TransportContract {
        ByThePortableWay() {
            super(WebSocketServers.TOMCAT, TransportChoice.PORTABLE, "PortableWriter");
        }
    }
}
