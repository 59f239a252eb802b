package io.laundrybridge.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.FullClient;
import io.laundrybridge.test.host.HostUnderTest;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.catalina.LifecycleState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LaundryBridgeListenerTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** A port on which nothing listens. */
    private static final Map<String, String> NO_KAFKA_THERE = Map.of(
            "laundry-bridge.path", "/laundry",
            "laundry-bridge.channels.machines.topic", "laundry.machine-log",
            "laundry-bridge.channels.machines.access", "anonymous",
            "laundry-bridge.kafka.bootstrap.servers", "127.0.0.1:1");

    @TempDir
    Path folder;

    @Test
    void withoutSettingsItDoesNothing() throws Exception {
        TomcatHost tomcat = TomcatHost.in(folder).start();
        try {
            assertThat(tomcat.context().getState()).isEqualTo(LifecycleState.STARTED);
            assertThat(tomcat.context().getServletContext().getAttribute(LaundryBridgeListener.ATTRIBUTE))
                    .isNull();
        } finally {
            tomcat.stop();
        }
    }

    @Test
    void aMisspeltKeyStopsTheDeploymentAndIsNamed() {
        assertThatThrownBy(() -> deploy(with("laundry-bridge.channels.machines.retian-age", "5m")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("laundry-bridge.channels.machines.retian-age is not a setting")
                .hasMessageContaining("laundry-bridge.channels.machines.retain-age");
    }

    @Test
    void aMissingAddressOfKafkaIsNamed() {
        assertThatThrownBy(() -> deploy(with("laundry-bridge.kafka.bootstrap.servers", "")))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("laundry-bridge.kafka.bootstrap.servers is not set");
    }

    @Test
    void aServerWithoutWebSocketsGetsOneSentence() {
        assertThatThrownBy(() -> deploy(NO_KAFKA_THERE))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("no WebSocket container")
                .hasMessageContaining("Bare Server 1");
    }

    @Test
    void aWrongSettingFailsTheDeployment() throws Exception {
        TomcatHost tomcat = TomcatHost.in(folder);
        SystemSettings.during(with("laundry-bridge.heartbeat", "soon"), tomcat::start);
        try {
            assertThat(tomcat.context().getState()).isNotEqualTo(LifecycleState.STARTED);
        } finally {
            tomcat.stop();
        }
    }

    @Test
    void aStartThatFailsHalfWayLeavesNoThread() throws Exception {
        Map<String, String> settings = with("laundry-bridge.startup", "fail");
        settings.put("laundry-bridge.startup-timeout", "500ms");
        settings.put("laundry-bridge.channels.alarms.topic", "laundry.alarms");
        TomcatHost tomcat = TomcatHost.in(folder);
        SystemSettings.during(settings, tomcat::start);
        try {
            assertThat(tomcat.context().getState()).isNotEqualTo(LifecycleState.STARTED);
            Await.until("no thread is left", SOON, LaundryBridgeListenerTest::noThreadIsLeft);
        } finally {
            tomcat.stop();
        }
    }

    @Test
    void whileKafkaIsMissingTheApplicationRunsAndSessionsGetStale() throws Exception {
        TomcatHost tomcat = TomcatHost.in(folder);
        SystemSettings.during(NO_KAFKA_THERE, tomcat::start);
        HostUnderTest host = tomcat.underTest();
        try (FullClient browser = FullClient.connect(host.wsUri("/laundry"))) {
            JsonNode error = browser.subscribe("machines", "").await("error");
            assertThat(error.path("code").asString()).isEqualTo("source_unavailable");
            assertThat(error.path("retry").asBoolean()).isTrue();
        } finally {
            host.close();
        }
        Await.until("no thread is left", SOON, LaundryBridgeListenerTest::noThreadIsLeft);
    }

    private static boolean noThreadIsLeft() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains("laundry-bridge-"));
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> settings = new HashMap<>(NO_KAFKA_THERE);
        settings.put(key, value);
        return settings;
    }

    private static void deploy(Map<String, String> settings) throws Exception {
        ServletContextEvent event = new ServletContextEvent(bareContext());
        SystemSettings.during(settings, () -> new LaundryBridgeListener().contextInitialized(event));
    }

    /** A context with a class loader, a name, and nothing else. */
    private static ServletContext bareContext() {
        ClassLoader loader = LaundryBridgeListenerTest.class.getClassLoader();
        return (ServletContext) Proxy.newProxyInstance(
                loader, new Class<?>[] {ServletContext.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getClassLoader" -> loader;
                    case "getServerInfo" -> "Bare Server 1";
                    default -> null;
                });
    }
}
