package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.testing.LogTape;
import io.laundrybridge.transport.websocket.container.ContainerAdapter;
import io.laundrybridge.transport.websocket.container.FrameWriter;
import io.laundrybridge.transport.websocket.container.FrameWriters;
import io.laundrybridge.transport.websocket.container.HardCloses;
import io.laundrybridge.transport.websocket.container.OpenSession;
import io.laundrybridge.transport.websocket.container.PendingSend;
import io.laundrybridge.transport.websocket.undertow.UndertowAdapter;
import io.undertow.websockets.jsr.UndertowSession;
import jakarta.websocket.Extension;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a new version of a container changes costs speed and no session. */
class ContainerWaysTest {
    private final FrameWriter own = frame -> {};
    private final LogTape log = new LogTape();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<String> calls = new ArrayList<>();

    static List<Throwable> changes() {
        return List.of(
                new NoSuchFieldException("base"), new NoClassDefFoundError("Writer"), new ClassCastException("Writer"));
    }

    /** An adapter whose container looks up writers as {@code finder} says. */
    private record Adapter(WritersFinder finder) implements ContainerAdapter {
        @Override
        public boolean owns(Class<?> type) {
            return true;
        }

        @Override
        public FrameWriters writers(Class<?> session, Class<?> remote) throws Throwable {
            return finder.find();
        }
    }

    @FunctionalInterface
    private interface WritersFinder {
        FrameWriters find() throws Throwable;
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aContainerThatIsNotAsExpectedGoesThePortableWayAndIsLookedAtOnce(Throwable change) {
        ContainerWays ways = ways(new Adapter(() -> {
            asked.incrementAndGet();
            throw change;
        }));

        assertThat(isPortable(ways.writer(session(List.of())))).isTrue();
        assertThat(isPortable(ways.writer(session(List.of())))).isTrue();
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void soDoesOneWhoseSessionIsNotAsExpected(Throwable change) {
        ContainerWays ways = ways(new Adapter(() -> opened -> {
            asked.incrementAndGet();
            throw change;
        }));

        assertThat(isPortable(ways.writer(session(List.of())))).isTrue();
        assertThat(isPortable(ways.writer(session(List.of())))).isTrue();
        assertThat(asked).hasValue(1);
    }

    @Test
    void aWayThatFailsInUseIsGivenUp() {
        ContainerWays ways = ways(new Adapter(() -> opened -> own));
        OpenSession session = session(List.of());
        assertThat(ways.writer(session)).isSameAs(own);

        ways.giveUpWriters(new IllegalAccessException("endMessage"));

        assertThat(isPortable(ways.writer(session))).isTrue();
    }

    @Test
    void anExtensionSeesEveryFrame() {
        ContainerWays ways = ways(new Adapter(() -> opened -> own));

        assertThat(isPortable(ways.writer(session(List.of(stub(Extension.class, null))))))
                .isTrue();
    }

    @Test
    void hiddenServerClassesAreLoggedOnceWithTheCureAndNoWarning() {
        ContainerWays wildFlys = new ContainerWays(new UndertowAdapter(), UndertowSession.class, log.logger());

        wildFlys.giveUpWriters(new NoClassDefFoundError("org/xnio/conduits/StreamSinkConduit"));
        wildFlys.giveUpWriters(new NoClassDefFoundError("org/xnio/conduits/StreamSinkConduit"));

        assertThat(log.lines()).hasSize(1);
        assertThat(log.lines().get(0))
                .startsWith("INFO ")
                .contains("jboss-deployment-structure.xml", "org.jboss.xnio.nio");
    }

    @Test
    void aChangedClassOfANewVersionIsAWarning() {
        ContainerWays ways = ways(new Adapter(() -> opened -> own));

        ways.giveUpWriters(new NoSuchFieldException("base"));

        assertThat(log.warnings()).hasSize(1);
        assertThat(log.warnings().get(0)).contains("is not as expected").contains("base");
    }

    @Test
    void aContainerThatCannotBeDroppedAsExpectedIsClosedPolitelyAndWarnedOfOnce() throws Exception {
        ContainerWays ways = ways(new ContainerAdapter() {
            @Override
            public boolean owns(Class<?> type) {
                return true;
            }

            @Override
            public HardCloses hardCloses(Class<?> session) throws ReflectiveOperationException {
                throw new NoSuchMethodException("abort");
            }
        });

        ways.hardClose(session(List.of())).close();
        ways.hardClose(session(List.of())).close();

        assertThat(calls).containsExactly("close", "setMaxIdleTimeout", "close", "setMaxIdleTimeout");
        assertThat(log.warnings()).hasSize(1);
        assertThat(log.warnings().get(0)).contains("stalled connections are closed politely");
    }

    private ContainerWays ways(ContainerAdapter adapter) {
        return new ContainerWays(adapter, Session.class, log.logger());
    }

    private static boolean isPortable(FrameWriter writer) {
        return writer.getClass().getSimpleName().equals("PortableWriter");
    }

    private OpenSession session(List<Extension> extensions) {
        return new OpenSession(
                stub(Session.class, extensions), stub(RemoteEndpoint.Async.class, null), new PendingSend());
    }

    private <T> T stub(Class<T> type, @Nullable Object answer) {
        return type.cast(Proxy.newProxyInstance(
                ContainerWaysTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getReturnType() == void.class) {
                        calls.add(method.getName());
                    }
                    return answer;
                }));
    }
}
