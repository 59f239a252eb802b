package io.laundrybridge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.session.socket.Inbound;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.test.Await;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboundGateTest {

    private static final class Counted implements Inbound {
        private final List<String> calls;

        private Counted(List<String> calls) {
            this.calls = calls;
        }

        @Override
        public void text(String part, boolean last) {
            calls.add(part);
        }

        @Override
        public void binary() {}

        @Override
        public void pong() {}

        @Override
        public void closed() {
            calls.add("closed");
        }
    }

    @Test
    void aSocketThatHasGoneHoldsNoSession() {
        List<String> calls = new ArrayList<>();
        InboundGate gate = new InboundGate();
        WeakReference<Inbound> session = open(gate, calls);
        gate.deliver(inbound -> inbound.text("before", true));
        gate.closed();
        gate.closed();
        gate.deliver(inbound -> inbound.text("after", true));
        assertThat(calls).containsExactly("before", "closed");
        Await.until("the session is forgotten", Duration.ofSeconds(10), () -> {
            System.gc();
            return session.get() == null;
        });
    }

    @Test
    void aSessionOpenedAfterItsSocketHasGoneIsClosedAndForgotten() {
        List<String> calls = new ArrayList<>();
        InboundGate gate = new InboundGate();
        gate.closed();
        WeakReference<Inbound> session = open(gate, calls);
        assertThat(calls).containsExactly("closed");
        Await.until("the session is forgotten", Duration.ofSeconds(10), () -> {
            System.gc();
            return session.get() == null;
        });
    }

    private static WeakReference<Inbound> open(InboundGate gate, List<String> calls) {
        Inbound session = new Counted(calls);
        gate.open(session, (Transport) Proxy.newProxyInstance(
                InboundGateTest.class.getClassLoader(),
                new Class<?>[] {Transport.class},
                (proxy, method, arguments) -> null));
        return new WeakReference<>(session);
    }
}
