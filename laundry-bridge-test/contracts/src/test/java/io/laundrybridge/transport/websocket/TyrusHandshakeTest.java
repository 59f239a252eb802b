package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.test.container.WebSocketServers;
import java.util.List;

class TyrusHandshakeTest extends HandshakeContract {

    TyrusHandshakeTest() {
        super(WebSocketServers.TYRUS);
    }

    /** Tyrus checks the paths only when it starts, and then fails to start. */
    @Override
    void expectRefusal(Runnable start, List<Throwable> refusals) {
        assertThatThrownBy(start::run).rootCause().hasMessageContaining("equivalent with '/twice'");
    }
}
