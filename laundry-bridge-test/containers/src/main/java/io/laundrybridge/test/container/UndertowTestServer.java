package io.laundrybridge.test.container;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletException;
import jakarta.websocket.server.ServerContainer;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;

/** Undertow, embedded. */
final class UndertowTestServer implements TestServer {
    private final Undertow undertow;
    private final DeploymentManager deployment;

    private UndertowTestServer(Undertow undertow, DeploymentManager deployment) {
        this.undertow = undertow;
        this.deployment = deployment;
    }

    static TestServer start(TestSite site) {
        return start(site, (builder, handler) -> builder.addHttpListener(0, "127.0.0.1", handler));
    }

    static TestServer start(TestSite site, SSLContext tls) {
        return start(site, (builder, handler) -> builder.addHttpsListener(0, "127.0.0.1", tls, handler));
    }

    private static TestServer start(
            TestSite site, BiFunction<Undertow.Builder, HttpHandler, Undertow.Builder> listener) {
        DeploymentInfo info = new DeploymentInfo()
                .setClassLoader(UndertowTestServer.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("test")
                .addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                        new WebSocketDeploymentInfo().setDispatchToWorkerThread(true))
                .addServletContainerInitializer(new ServletContainerInitializerInfo(
                        WebApplication.class, new ImmediateInstanceFactory<>(new WebApplication(site)), Set.of()));
        DeploymentManager deployment = Servlets.newContainer().addDeployment(info);
        deployment.deploy();
        try {
            Undertow undertow =
                    listener.apply(Undertow.builder(), deployment.start()).build();
            undertow.start();
            return new UndertowTestServer(undertow, deployment);
        } catch (ServletException e) {
            throw new IllegalStateException("Undertow did not start", e);
        }
    }

    @Override
    public int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public ServerContainer container() {
        return WebApplication.container(deployment.getDeployment().getServletContext());
    }

    @Override
    public void close() {
        try {
            deployment.stop();
            deployment.undeploy();
        } catch (ServletException e) {
            throw new IllegalStateException("Undertow did not stop", e);
        } finally {
            undertow.stop();
        }
    }
}
