package io.laundrybridge.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.BridgeException;
import io.laundrybridge.policy.Access;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.FullClient;
import io.laundrybridge.test.host.HostUnderTest;
import jakarta.enterprise.inject.spi.CDI;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.LifecycleState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An application's own code reaches its channels: by a service without CDI, by beans with it. */
class ApplicationCodeTest {
    /** The path, and a start that lasts until the channel can be read: deployed is not yet live. */
    private static final Map<String, String> PATH = Map.of(
            "laundry-bridge.path", "/laundry",
            "laundry-bridge.startup", "fail",
            "laundry-bridge.startup-timeout", "60s");

    private static final String BEANS_XML =
            "<beans xmlns='https://jakarta.ee/xml/ns/jakartaee' version='4.0' bean-discovery-mode='annotated'/>";

    @TempDir
    Path folder;

    private InMemorySource orders;

    @BeforeEach
    void begin() {
        orders = SharedOrders.begin();
    }

    private Path application() {
        return WebApplicationFolder.in(folder);
    }

    private static void service(Path application) {
        WebApplicationFolder.add(application, OrdersConfigurer.class, Order.class);
        WebApplicationFolder.add(
                application,
                "WEB-INF/classes/META-INF/services/" + LaundryBridgeConfigurer.class.getName(),
                OrdersConfigurer.class.getName());
    }

    private static void beans(Path application) {
        WebApplicationFolder.add(application, OrdersBeans.class, StatesSeen.class, Order.class, OrderView.class);
        WebApplicationFolder.add(application, "WEB-INF/beans.xml", BEANS_XML);
    }

    @Test
    void aServiceChangesTheBridgeWithoutCdi() throws Exception {
        Path application = application();
        service(application);
        TomcatHost tomcat = TomcatHost.of(folder, application);
        SystemSettings.during(PATH, tomcat::start);
        HostUnderTest host = tomcat.underTest();
        try (FullClient browser = FullClient.connect(host.wsUri("/laundry"))) {
            browser.subscribe("orders", "").await("live");
            orders.publish("dear", "{\"n\":1,\"price\":11}");
            orders.publish("cheap", "{\"n\":2,\"price\":9}");
            assertThat(browser.awaitEvents(1).get(0).path("k").asString()).isEqualTo("cheap");
        } finally {
            host.close();
        }
    }

    @Test
    void responsesAreStampedBySettings() throws Exception {
        Path application = application();
        service(application);
        TomcatHost tomcat = TomcatHost.of(folder, application);
        Map<String, String> settings = new HashMap<>(PATH);
        settings.put("laundry-bridge.stamp.channels", "orders");
        settings.put("laundry-bridge.stamp.paths", "/api/*");
        SystemSettings.during(settings, tomcat::start);
        HostUnderTest host = tomcat.underTest();
        try (FullClient browser = FullClient.connect(host.wsUri("/laundry"))) {
            browser.subscribe("orders", "").await("live");
            orders.publish("cheap", "{\"n\":2,\"price\":9}");
            browser.awaitEvents(1);
            assertThat(stamp(host, "/api/orders")).get().asString().matches("orders=.+:0@1");
            assertThat(stamp(host, "/other")).isEmpty();
        } finally {
            host.close();
        }
    }

    private static Optional<String> stamp(HostUnderTest host, String path) throws Exception {
        URI socket = host.wsUri(path);
        URI page = URI.create("http://" + socket.getAuthority() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding())
                .headers()
                .firstValue("Laundry-Bridge-At");
    }

    @Test
    void beansOfAChannelChangeIt() throws Exception {
        Path application = application();
        beans(application);
        TomcatHost tomcat = TomcatHost.withCdi(folder, application);
        SystemSettings.during(PATH, tomcat::start);
        assertThat(tomcat.context().getState()).isEqualTo(LifecycleState.STARTED);
        HostUnderTest host = tomcat.underTest();
        try (FullClient browser = FullClient.connect(host.wsUri("/laundry"))) {
            orders.publish("o-1", "{\"n\":1,\"price\":11}");
            browser.subscribe("orders", ",\"from\":\"snapshot\"").await("live");
            JsonNode event = browser.awaitEvents(1).get(0);
            assertThat(event.path("v").toString()).isEqualTo("{\"n\":1,\"key\":\"o-1\"}");
            assertThat(tomcat.select(StatesSeen.class.getName()).toString())
                    .isEqualTo("orders of [orders] saw [orders STARTING, orders LIVE]");
            assertThat(tomcat.readiness())
                    .contains("\"name\":\"laundry-bridge:orders\",\"status\":\"UP\"", "\"state\":\"LIVE\"");
            orders.stall("the broker is away");
            Await.until("told", Duration.ofSeconds(10), () -> tomcat.readiness().contains("the broker is away"));
            assertThat(tomcat.readiness()).startsWith("{\"status\":\"UP\"");
        } finally {
            host.close();
        }
    }

    @Test
    void beansLetAChannelTakePublishes() throws Exception {
        Path application = application();
        WebApplicationFolder.add(application, CommandsBeans.class, CommandsBeans.Sink.class);
        WebApplicationFolder.add(application, "WEB-INF/beans.xml", BEANS_XML);
        TomcatHost tomcat = TomcatHost.withCdi(folder, application);
        SystemSettings.during(PATH, tomcat::start);
        HostUnderTest host = tomcat.underTest();
        try (FullClient browser = FullClient.connect(host.wsUri("/laundry"))) {
            browser.socket()
                    .send("{\"op\":\"publish\",\"id\":1,\"mid\":\"a\",\"ch\":\"commands\",\"v\":{\"stop\":true}}");
            assertThat(browser.await("ack").path("at").asString()).isEqualTo("3@14");
        } finally {
            host.close();
        }
    }

    @Test
    void aBeanWithoutAChannelFailsTheDeployment() throws Exception {
        Path application = application();
        beans(application);
        WebApplicationFolder.add(application, WrongBeans.class);
        TomcatHost tomcat = TomcatHost.withCdi(folder, application);
        SystemSettings.during(PATH, tomcat::start);
        try {
            assertThat(tomcat.context().getState()).isNotEqualTo(LifecycleState.STARTED);
        } finally {
            tomcat.stop();
        }
    }

    @Test
    void theSentenceAboutABeanWithoutAChannelNamesIt() throws Exception {
        Path application = application();
        WebApplicationFolder.add(application, WrongBeans.class);
        WebApplicationFolder.add(application, "WEB-INF/beans.xml", BEANS_XML);
        TomcatHost tomcat = TomcatHost.withCdi(folder, application).start();
        try {
            ChannelBeans beans =
                    tomcat.inside(() -> new ChannelBeans(CDI.current().getBeanManager()));
            assertThatThrownBy(() -> beans.all(Access.class))
                    .isInstanceOf(BridgeException.class)
                    .hasMessageContaining("everybody")
                    .hasMessageContaining("@ForChannel(\"NAME\")");
        } finally {
            tomcat.stop();
        }
    }
}
