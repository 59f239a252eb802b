package io.laundrybridge.standalone;

import io.laundrybridge.session.WebSocketSink;
import io.undertow.Undertow;
import io.undertow.server.Connectors;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;

/** Undertow, embedded. */
final class UndertowServer implements WebServer {
    /** Frames go out uncompressed; incoming ones are short. */
    private static final int BUFFER = 2_048;

    private final WebSocketSink sink;
    private final String host;
    private final int port;
    private final DeploymentManager deployment;
    private @Nullable Undertow undertow;

    UndertowServer(String host, int port, WebSocketSink sink, Site site) {
        this.sink = sink;
        this.host = host;
        this.port = port;
        DeploymentInfo info = new DeploymentInfo()
                .setClassLoader(UndertowServer.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("laundry-bridge")
                .addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                        new WebSocketDeploymentInfo()
                                .setDispatchToWorkerThread(true)
                                .setBuffers(new DefaultByteBufferPool(true, BUFFER)))
                .addServletContainerInitializer(new ServletContainerInitializerInfo(
                        Application.class, new ImmediateInstanceFactory<>(new Application(sink, site)), Set.of()));
        deployment = Servlets.newContainer().addDeployment(info);
        deployment.deploy();
    }

    @Override
    public void listen() throws ServletException {
        undertow = Undertow.builder()
                .setWorkerThreads(THREADS)
                .setSocketOption(Options.BACKLOG, BACKLOG)
                .addHttpListener(port, host, paced(deployment.start()))
                .build();
        undertow.start();
    }

    /** Returns {@code next} at the pace of the sink. Handshakes wait without a thread; other requests do not wait. */
    private HttpHandler paced(HttpHandler next) {
        return exchange -> {
            long wait = exchange.getRequestHeaders().contains(Headers.UPGRADE) ? sink.arrivalDelay() : 0;
            if (wait == 0) {
                next.handleRequest(exchange);
            } else {
                exchange.dispatch(
                        SameThreadExecutor.INSTANCE,
                        () -> exchange.getIoThread()
                                .executeAfter(
                                        () -> Connectors.executeRootHandler(next, exchange),
                                        wait,
                                        TimeUnit.NANOSECONDS));
            }
        };
    }

    @Override
    public int port() {
        if (undertow == null) {
            throw new IllegalStateException("The server has not started yet");
        }
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void stop() throws ServletException {
        deployment.stop();
        deployment.undeploy();
        if (undertow != null) {
            undertow.stop();
        }
    }
}
