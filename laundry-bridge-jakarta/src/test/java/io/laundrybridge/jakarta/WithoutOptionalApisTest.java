package io.laundrybridge.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plain servlet container has no CDI and no MicroProfile; nothing of the module needs them there. */
class WithoutOptionalApisTest {

    /** Loads this module's classes again, as where the optional APIs are not on the class path. */
    private static final class BareLoader extends ClassLoader {
        BareLoader() {
            super(WithoutOptionalApisTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("jakarta.enterprise.")
                    || name.startsWith("jakarta.inject.")
                    || name.startsWith("org.eclipse.microprofile.")) {
                throw new ClassNotFoundException(name);
            }
            boolean ours = name.startsWith("io.laundrybridge.jakarta.");
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : ours ? define(name) : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void theListenerComesAsFarAsTheWebSocketContainer() throws Exception {
        BareLoader loader = new BareLoader();
        ServletContextListener listener =
                (ServletContextListener) loader.loadClass(LaundryBridgeListener.class.getName())
                        .getConstructor()
                        .newInstance();
        assertThat(listener.getClass()).isNotEqualTo(LaundryBridgeListener.class);
        Map<String, String> settings = Map.of(
                "laundry-bridge.path", "/laundry",
                "laundry-bridge.channels.machines.topic", "laundry.machine-log",
                "laundry-bridge.kafka.bootstrap.servers", "127.0.0.1:1");
        assertThatThrownBy(() -> SystemSettings.during(
                        settings, () -> listener.contextInitialized(new ServletContextEvent(context(loader)))))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("no WebSocket container");
    }

    @Test
    void theOptionalApisAreNotThere() throws Exception {
        Class<?> apis = new BareLoader().loadClass(OptionalApis.class.getName());
        for (Object api : apis.getEnumConstants()) {
            assertThat(isThere(api)).as(api.toString()).isFalse();
        }
        for (OptionalApis api : OptionalApis.values()) {
            assertThat(api.isThere()).as(api.toString()).isTrue();
        }
    }

    private static boolean isThere(Object api) throws IllegalAccessException, InvocationTargetException {
        try {
            var method = api.getClass().getDeclaredMethod("isThere");
            method.setAccessible(true);
            return (boolean) method.invoke(api);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServletContext context(ClassLoader loader) {
        return (ServletContext) Proxy.newProxyInstance(
                loader, new Class<?>[] {ServletContext.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getClassLoader" -> loader;
                    case "getServerInfo" -> "Bare Server 1";
                    default -> null;
                });
    }
}
