package io.laundrybridge.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.BridgeState;
import io.laundrybridge.LaundryBridge;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A signal to the process stops the bridge; an application that stopped before leaves no hook that holds its classes.
 */
class ProcessEndTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "laundry-bridge.path", "/laundry",
            "laundry-bridge.channels.machines.topic", "laundry.machine-log",
            "laundry-bridge.channels.machines.access", "anonymous",
            "laundry-bridge.kafka.bootstrap.servers", "127.0.0.1:1");

    @Test
    void theHookStopsTheBridge() throws Exception {
        LaundryBridge bridge = LaundryBridge.builder().settings(SETTINGS).build();
        bridge.start();
        Thread hook = ProcessEnd.hook(bridge);
        hook.start();
        hook.join();
        assertThat(bridge.bridges()).allMatch(each -> each.state() == BridgeState.STOPPED);
    }

    @Test
    void anApplicationThatStopsTakesItsHookWithIt(@TempDir Path folder) throws Exception {
        TomcatHost tomcat = TomcatHost.in(folder);
        SystemSettings.during(SETTINGS, tomcat::start);
        Thread hook;
        try {
            hook = hook(tomcat.context().getServletContext().getAttribute(ProcessEnd.class.getName()));
            assertThat(hook.getName()).isEqualTo("laundry-bridge-process-end");
        } finally {
            tomcat.stop();
        }
        assertThat(Runtime.getRuntime().removeShutdownHook(hook)).isFalse();
    }

    /** Of the application's own class {@link ProcessEnd}. */
    private static Thread hook(Object end) throws ReflectiveOperationException {
        Field hook = end.getClass().getDeclaredField("hook");
        hook.setAccessible(true);
        return (Thread) hook.get(end);
    }
}
