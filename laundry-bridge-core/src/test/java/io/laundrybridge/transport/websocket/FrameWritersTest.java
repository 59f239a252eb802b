package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.transport.websocket.FrameWriters.Way;
import jakarta.websocket.Extension;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a new version of a container changes costs speed and no session. */
class FrameWritersTest {
    private final RemoteEndpoint.Async remote = stub(RemoteEndpoint.Async.class, null);
    private final FrameWriter portable = new PortableWriter(remote);
    private final FrameWriter own = (frame, send) -> {};
    private final AtomicInteger asked = new AtomicInteger();

    static List<Throwable> changes() {
        return List.of(
                new NoSuchFieldException("base"), new NoClassDefFoundError("Writer"), new ClassCastException("Writer"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aContainerThatIsNotAsExpectedGoesThePortableWayAndIsLookedAtOnce(Throwable change) {
        FrameWriters writers = new FrameWriters((session, endpoint) -> {
            asked.incrementAndGet();
            throw change;
        });

        assertThat(writers.of(session(List.of()), remote, portable)).isSameAs(portable);
        assertThat(writers.of(session(List.of()), remote, portable)).isSameAs(portable);
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void soDoesOneWhoseSessionIsNotAsExpected(Throwable change) {
        Way broken = (session, endpoint, otherwise) -> {
            asked.incrementAndGet();
            throw change;
        };
        FrameWriters writers = new FrameWriters((session, endpoint) -> broken);

        assertThat(writers.of(session(List.of()), remote, portable)).isSameAs(portable);
        assertThat(writers.of(session(List.of()), remote, portable)).isSameAs(portable);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aWayThatFailsInUseIsGivenUp() {
        FrameWriters writers = new FrameWriters((session, endpoint) -> (one, endpointOfOne, otherwise) -> own);
        Session session = session(List.of());
        assertThat(writers.of(session, remote, portable)).isSameAs(own);

        writers.giveUp(session.getClass(), new IllegalAccessException("endMessage"));

        assertThat(writers.of(session, remote, portable)).isSameAs(portable);
    }

    @Test
    void anExtensionSeesEveryFrame() {
        FrameWriters writers = new FrameWriters((session, endpoint) -> (one, endpointOfOne, otherwise) -> own);

        Session compressed = session(List.of(stub(Extension.class, null)));

        assertThat(writers.of(compressed, remote, portable)).isSameAs(portable);
    }

    private static Session session(List<Extension> extensions) {
        return stub(Session.class, extensions);
    }

    private static <T> T stub(Class<T> type, @Nullable Object answer) {
        return type.cast(Proxy.newProxyInstance(
                FrameWritersTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer));
    }
}
