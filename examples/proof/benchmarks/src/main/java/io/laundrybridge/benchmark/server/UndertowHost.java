package io.laundrybridge.benchmark.server;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.InetSocketAddress;
import java.util.Set;

/** Undertow, embedded, with its defaults. */
final class UndertowHost {
    private UndertowHost() {}

    static int start(ServerEndpointConfig endpoint) throws Exception {
        DeploymentInfo info = new DeploymentInfo()
                .setClassLoader(UndertowHost.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("naive")
                .addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                        new WebSocketDeploymentInfo().setDispatchToWorkerThread(true))
                .addServletContainerInitializer(new ServletContainerInitializerInfo(
                        Deployment.class, new ImmediateInstanceFactory<>(new Deployment(endpoint)), Set.of()));
        DeploymentManager deployment = Servlets.newContainer().addDeployment(info);
        deployment.deploy();
        Undertow undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", deployment.start())
                .build();
        undertow.start();
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }
}
