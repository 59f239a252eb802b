package io.laundrybridge.gateway;

import static io.laundrybridge.config.BridgeSettings.KAFKA_SERVERS;
import static io.laundrybridge.config.BridgeSettings.PATH;

import io.laundrybridge.config.EnvironmentVariables;
import io.laundrybridge.config.NearestName;
import io.laundrybridge.config.Settings;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.standalone.Container;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The options of a gateway: {@code --key=value} before {@code --config=FILE} before environment variables.
 *
 * @param container the server to run in
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any that is free
 * @param settings the {@code laundry-bridge.*} settings
 */
record GatewayOptions(Container container, String host, int port, Map<String, String> settings) {
    private static final String BRIDGE = Settings.PREFIX;
    private static final String KAFKA = "kafka.";

    /** The gateway's own options, beside {@code config}. */
    private static final Set<String> OWN = Set.of("server", "host", "port");

    /** The names that a misspelt option may have meant. */
    private static final List<String> NAMES = List.of(
            "server",
            "host",
            "port",
            "config",
            KAFKA_SERVERS.key().substring(BRIDGE.length()),
            PATH.key(),
            BRIDGE + "channels");

    /** Reads options from the command line, the file that it names, and {@code environment}. */
    static GatewayOptions read(String[] arguments, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new SettingException(
                        argument, "'" + argument + "' is not understood; expected --key=value, see --help");
            }
            given.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        Map<String, String> all = new HashMap<>();
        String config = given.remove("config");
        if (config != null) {
            file(config).forEach((key, value) -> all.put(whole(key), value));
        }
        given.forEach((key, value) -> all.put(whole(key), value));
        EnvironmentVariables.settings(environment, all.keySet()).forEach(all::putIfAbsent);
        Container container = Container.named(all.getOrDefault("server", "tyrus"));
        String host = all.getOrDefault("host", "127.0.0.1");
        int port = port(all.getOrDefault("port", "8080"));
        all.keySet().removeIf(key -> !key.startsWith(BRIDGE));
        if (!all.containsKey(KAFKA_SERVERS.key())) {
            throw new SettingException(
                    KAFKA_SERVERS.key(),
                    KAFKA_SERVERS + " is not set; for example --kafka.bootstrap.servers=127.0.0.1:9092");
        }
        return new GatewayOptions(container, host, port, all);
    }

    private static Map<String, String> file(String name) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingException(
                    "--config", "--config=" + name + " cannot be read as a properties file: " + e.getMessage());
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }

    private static String whole(String key) {
        if (key.startsWith(KAFKA)) {
            return BRIDGE + key;
        }
        if (key.startsWith(BRIDGE) || OWN.contains(key)) {
            return key;
        }
        throw new SettingException(
                "--" + key,
                "--" + key + " is not an option; did you mean --" + NearestName.of(key, NAMES) + "? see --help");
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // falls through to the single error for every wrong port
        }
        throw new SettingException("--port", "--port is '" + text + "'; expected a number from 0 to 65535");
    }
}
