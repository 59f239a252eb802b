package io.laundrybridge.gateway;

import io.laundrybridge.Bridge;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.standalone.Site;
import io.laundrybridge.standalone.StandaloneServer;
import io.laundrybridge.standalone.StaticFiles;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * Runs the bridge as its own process over any Kafka, with the settings of the hosts. Exits with 2 if a setting is
 * wrong, and with 1 if Kafka, a topic or the port is not available. One sentence on standard error says which.
 */
public final class Gateway implements AutoCloseable {
    private static final String HELP = """
        Carries Kafka topics to WebSockets.

          --kafka.bootstrap.servers=HOST:PORT            the brokers; any --kafka.* is a Kafka client property
          --laundry-bridge.path=/laundry                 the endpoint's path
          --laundry-bridge.channels.NAME.topic=TOPIC     a channel and its topic
          --laundry-bridge.channels.NAME.access=RULE     anonymous, authenticated or role:ROLE
          --laundry-bridge.channels.NAME.rows=ROWS       which rows a user may read: /tenant=claim:tenant
          --laundry-bridge.channels.NAME.publish-to=TOPIC      where publishes go, and
          --laundry-bridge.channels.NAME.publish-access=RULE   who may: docs/publishing.md
          --laundry-bridge.auth.jwt.jwks=URL             the keys of the tokens that users log in with
          --laundry-bridge.auth.jwt.issuer=ISSUER        who must have issued them, and for whom:
          --laundry-bridge.auth.jwt.audience=NAME        docs/gateway.md has an example
          --host=127.0.0.1 --port=8080                   where to listen
          --server=tyrus                                 the container: tyrus, tomcat, jetty or undertow
          --config=FILE                                  the same keys, without --, in a properties file

        The port also answers /health/live, /health/ready and /metrics (Prometheus).
        docs/configuration.md lists every laundry-bridge.* key. Environment variables such as
        LAUNDRY_BRIDGE_PATH are read too; options go before the file, the file before variables.
        """;

    private final LaundryBridge bridge;
    private final HealthPages health;
    private final StandaloneServer server;

    private Gateway(LaundryBridge bridge, HealthPages health, StandaloneServer server) {
        this.bridge = bridge;
        this.health = health;
        this.server = server;
    }

    /** Starts the gateway and runs until the process is asked to stop. */
    public static void main(String[] arguments) throws InterruptedException {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(HELP);
            return;
        }
        int status = run(arguments, System.getenv(), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
        new CountDownLatch(1).await(); // the shutdown hook ends the process
    }

    private static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            Gateway gateway = start(GatewayOptions.read(arguments, environment));
            Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "gateway-stop"));
            out.println("Laundry Bridge gateway: " + gateway.describe());
            return 0;
        } catch (SettingException | IllegalArgumentException wrong) {
            err.println("Laundry Bridge gateway: " + wrong.getMessage());
            return 2;
        } catch (RuntimeException unavailable) {
            err.println("Laundry Bridge gateway: " + unavailable.getMessage());
            return 1;
        }
    }

    /** Starts all channels, waits until they are live, and listens. */
    static Gateway start(GatewayOptions options) {
        PrometheusTelemetry meters = new PrometheusTelemetry();
        LaundryBridge bridge = LaundryBridge.builder()
                .settings(options.settings())
                .telemetry(meters)
                .startup(LaundryBridge.Startup.FAIL)
                .build();
        bridge.start();
        try {
            HealthPages health = new HealthPages(bridge::health);
            Site site = Site.of(StaticFiles.browserClient())
                    .page("/health/live", health::live)
                    .page("/health/ready", health::ready)
                    .page("/metrics", meters::page);
            StandaloneServer server =
                    StandaloneServer.start(options.container(), options.host(), options.port(), bridge.sink(), site);
            return new Gateway(bridge, health, server);
        } catch (RuntimeException | Error e) {
            bridge.close();
            throw e;
        }
    }

    /** Returns the port on which it listens. */
    int port() {
        return server.port();
    }

    /** Is no longer ready, says goodbye to every session, then stops. */
    @Override
    public void close() {
        health.stopping();
        bridge.close();
        server.close();
    }

    private String describe() {
        return server.endpoint() + " (channels: "
                + bridge.bridges().stream().map(Bridge::name).collect(Collectors.joining(", ")) + ")";
    }
}
