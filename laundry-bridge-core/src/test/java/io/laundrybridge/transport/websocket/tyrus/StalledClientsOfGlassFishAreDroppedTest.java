package io.laundrybridge.transport.websocket.tyrus;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.transport.websocket.container.HardClose;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * In GlassFish and Payara the connection below Tyrus is Grizzly's, and is terminated where a client has stalled. The
 * fakes have the shapes that were found in GlassFish 7 and Payara 6, whose upgrade handlers are proxies of CDI's.
 */
class StalledClientsOfGlassFishAreDroppedTest {
    private final Connection connection = new Connection();
    private final CatalinaRequest request = new CatalinaRequest();
    private final ServletWriter writer = new ServletWriter(new HandlerProxy(new Handler(new WebConnection(request))));

    /** Grizzly's. */
    public static final class Connection {
        private boolean terminated;

        public void terminateSilently() {
            terminated = true;
        }
    }

    /** Grizzly's. */
    public record Context(Connection connection) {
        public Connection getConnection() {
            return connection;
        }
    }

    /** Grizzly's. */
    public record GrizzlyRequest(Context context) {
        public Context getContext() {
            return context;
        }
    }

    /** Its like is used again for other connections. */
    public final class CatalinaRequest {
        private @Nullable GrizzlyRequest below = new GrizzlyRequest(new Context(connection));

        public @Nullable GrizzlyRequest getGrizzlyRequest() {
            return below;
        }
    }

    /** The same in Payara, where the method has another name. */
    public record PayaraRequest(Connection connection) {
        public GrizzlyRequest getCoyoteRequest() {
            return new GrizzlyRequest(new Context(connection));
        }
    }

    private record WebConnection(Object request) {}

    private static class Handler {
        private final @Nullable WebConnection wc;

        Handler(@Nullable WebConnection wc) {
            this.wc = wc;
        }

        @Nullable WebConnection getWebConnection() {
            return wc;
        }
    }

    private static final class HandlerProxy extends Handler {
        private final Handler instance;

        HandlerProxy(Handler instance) {
            super(null);
            this.instance = instance;
        }

        @Override
        @Nullable WebConnection getWebConnection() {
            return instance.getWebConnection();
        }
    }

    private static final class ServletWriter implements Closeable {
        @SuppressWarnings("UnusedVariable") // read by reflection
        private final Handler tyrusHttpUpgradeHandler;

        private boolean closed;

        ServletWriter(Handler handler) {
            this.tyrusHttpUpgradeHandler = handler;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void itsConnectionIsFoundBelowTheServletContainerAndTerminated() throws Exception {
        TyrusHardCloses.below(writer).close();
        assertThat(connection.terminated).isTrue();
        assertThat(writer.closed).isFalse();
    }

    @Test
    void soIsPayaras() throws Exception {
        Closeable payaras = new ServletWriter(new Handler(new WebConnection(new PayaraRequest(connection))));
        TyrusHardCloses.below(payaras).close();
        assertThat(connection.terminated).isTrue();
    }

    @Test
    void anotherConnectionThatUsesTheSameRequestByThenIsNotTouched() throws Exception {
        HardClose way = TyrusHardCloses.below(writer);
        Connection other = new Connection();
        request.below = new GrizzlyRequest(new Context(other));
        way.close();
        assertThat(connection.terminated).isTrue();
        assertThat(other.terminated).isFalse();
    }

    @Test
    void inAnotherServersServletContainerTheWriterIsClosed() throws Exception {
        request.below = null;
        TyrusHardCloses.below(writer).close();
        assertThat(writer.closed).isTrue();
    }
}
