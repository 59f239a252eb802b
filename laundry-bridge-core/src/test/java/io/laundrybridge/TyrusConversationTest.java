package io.laundrybridge;

import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.test.host.HostConversation;
import io.laundrybridge.test.host.HostUnderTest;
import io.laundrybridge.testing.SinkSite;
import java.util.Map;

/** The conversation without any host: core alone on Tyrus, as the sample applications run it. */
class TyrusConversationTest extends HostConversation {

    @Override
    protected HostUnderTest start(Map<String, String> settings, String bootstrapServers) {
        LaundryBridge bridge = LaundryBridge.builder()
                .settings(settings)
                .kafka(Map.of("bootstrap.servers", bootstrapServers))
                .build();
        TestServer server = WebSocketServers.TYRUS.start(SinkSite.of(bridge.sink()));
        bridge.start();
        return new HostUnderTest(server.port(), () -> {
            bridge.close();
            server.close();
        });
    }
}
