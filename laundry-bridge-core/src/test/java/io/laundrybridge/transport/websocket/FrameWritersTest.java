package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.testing.LogTape;
import io.laundrybridge.transport.websocket.FrameWriters.Way;
import io.undertow.websockets.jsr.UndertowSession;
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
    private final LogTape log = new LogTape();
    private final AtomicInteger asked = new AtomicInteger();

    static List<Throwable> changes() {
        return List.of(
                new NoSuchFieldException("base"), new NoClassDefFoundError("Writer"), new ClassCastException("Writer"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aContainerThatIsNotAsExpectedGoesThePortableWayAndIsLookedAtOnce(Throwable change) {
        FrameWriters writers = writers((session, endpoint) -> {
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
        FrameWriters writers = writers((session, endpoint) -> broken);

        assertThat(writers.of(session(List.of()), remote, portable)).isSameAs(portable);
        assertThat(writers.of(session(List.of()), remote, portable)).isSameAs(portable);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aWayThatFailsInUseIsGivenUp() {
        FrameWriters writers = writers((session, endpoint) -> (one, endpointOfOne, otherwise) -> own);
        Session session = session(List.of());
        assertThat(writers.of(session, remote, portable)).isSameAs(own);

        writers.giveUp(session.getClass(), new IllegalAccessException("endMessage"));

        assertThat(writers.of(session, remote, portable)).isSameAs(portable);
    }

    @Test
    void anExtensionSeesEveryFrame() {
        FrameWriters writers = writers((session, endpoint) -> (one, endpointOfOne, otherwise) -> own);

        Session compressed = session(List.of(stub(Extension.class, null)));

        assertThat(writers.of(compressed, remote, portable)).isSameAs(portable);
    }

    @Test
    void whatAServerHidesIsSaidOnceWithTheCureAndIsNoWarning() {
        Class<?> wildFlys = UndertowSession.class;
        FrameWriters writers = writers((session, endpoint) -> (one, endpointOfOne, otherwise) -> own);

        writers.giveUp(wildFlys, new NoClassDefFoundError("org/xnio/conduits/StreamSinkConduit"));
        writers.giveUp(wildFlys, new NoClassDefFoundError("org/xnio/conduits/StreamSinkConduit"));

        assertThat(log.lines()).hasSize(1);
        assertThat(log.lines().get(0))
                .startsWith("INFO ")
                .contains("jboss-deployment-structure.xml", "org.jboss.xnio.nio");
    }

    @Test
    void whatANewVersionChangedIsAWarning() {
        FrameWriters writers = writers((session, endpoint) -> (one, endpointOfOne, otherwise) -> own);

        writers.giveUp(Session.class, new NoSuchFieldException("base"));

        assertThat(log.warnings()).hasSize(1);
        assertThat(log.warnings().get(0)).contains("is not as expected").contains("base");
    }

    private FrameWriters writers(FrameWriters.Finder finder) {
        return new FrameWriters(finder, log.logger());
    }

    private static Session session(List<Extension> extensions) {
        return stub(Session.class, extensions);
    }

    private static <T> T stub(Class<T> type, @Nullable Object answer) {
        return type.cast(Proxy.newProxyInstance(
                FrameWritersTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer));
    }
}
