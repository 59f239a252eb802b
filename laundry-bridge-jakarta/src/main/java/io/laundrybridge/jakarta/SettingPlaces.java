package io.laundrybridge.jakarta;

import static io.laundrybridge.config.BridgeSettings.PATH;

import io.laundrybridge.config.EnvironmentVariables;
import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The places where this host finds settings; the first place that has one wins. Immutable. */
final class SettingPlaces {
    /** The file on the class path, in UTF-8. */
    static final String FILE = "META-INF/laundry-bridge.properties";

    private final Properties system;
    private final Map<String, String> environment;
    private final ClassLoader application;

    SettingPlaces(Properties system, Map<String, String> environment, ClassLoader application) {
        this.system = system;
        this.environment = environment;
        this.application = application;
    }

    /** Returns the places of this process and of the application that {@code loader} loads. */
    static SettingPlaces of(ClassLoader loader) {
        return new SettingPlaces(System.getProperties(), System.getenv(), loader);
    }

    /**
     * Returns every {@code laundry-bridge.*} setting: system properties, then the environment, then the file.
     *
     * @throws SettingException if the file cannot be read
     */
    Map<String, String> read() {
        Map<String, String> settings = new TreeMap<>(bridgeOnly(file()));
        Map<String, String> properties = bridgeOnly(system);
        Map<String, String> named = new TreeMap<>(settings);
        named.putAll(properties);
        settings.putAll(EnvironmentVariables.settings(environment, named.keySet()));
        settings.putAll(properties);
        return settings;
    }

    private Properties file() {
        Properties found = new Properties();
        try (InputStream file = application.getResourceAsStream(FILE)) {
            load(found, file);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingException(
                    FILE,
                    FILE + " cannot be read: " + e.getMessage() + "; expected a properties file in UTF-8 such as "
                            + PATH + "=/laundry");
        }
        return found;
    }

    private static void load(Properties into, @Nullable InputStream file) throws IOException {
        if (file != null) {
            into.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }
    }

    private static Map<String, String> bridgeOnly(Properties properties) {
        Map<String, String> settings = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(Settings.PREFIX)) {
                settings.put(key, properties.getProperty(key));
            }
        }
        return settings;
    }
}
