package io.laundrybridge.dashboard;

import io.laundrybridge.BridgeException;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.LaundryBridge.Startup;
import io.laundrybridge.kafka.inprocess.InProcessKafka;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.standalone.Container;
import io.laundrybridge.standalone.Site;
import io.laundrybridge.standalone.StandaloneServer;
import io.laundrybridge.standalone.StaticFiles;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A laundry at work: broker, machines, bridge and page in one process. Thread-safe once started. */
public final class LaundryDashboard implements AutoCloseable {
    private static final Map<String, String> CHANNELS = Map.ofEntries(
            Map.entry("laundry-bridge.path", "/laundry"),
            Map.entry("laundry-bridge.startup-timeout", "2m"),
            Map.entry("laundry-bridge.channels.machines.topic", LaundryTopic.NAME),
            Map.entry("laundry-bridge.channels.machines.access", "anonymous"),
            Map.entry("laundry-bridge.channels.machines.latest-by-key", "true"),
            Map.entry("laundry-bridge.channels.machines.fall-behind", "catch-up"), // the page counts what it caught up
            Map.entry("laundry-bridge.channels.machines.flush", "50ms"),
            Map.entry("laundry-bridge.channels.machines.compress", "true"),
            Map.entry("laundry-bridge.channels.history.topic", LaundryTopic.NAME),
            Map.entry("laundry-bridge.channels.history.access", "anonymous"),
            Map.entry("laundry-bridge.channels.history.retain-bytes", "96MiB"),
            Map.entry("laundry-bridge.channels.history.compress", "true"),
            Map.entry("laundry-bridge.channels.sites.topic", LaundryTopic.SITES),
            Map.entry("laundry-bridge.channels.sites.access", "anonymous"),
            Map.entry("laundry-bridge.channels.sites.retain-bytes", "8MiB"),
            Map.entry("laundry-bridge.channels.sites.compress", "true"));

    /** In the order in which they are closed. */
    private final List<AutoCloseable> parts = new ArrayList<>();

    private final StandaloneServer server;
    private boolean closed;

    private LaundryDashboard(DashboardOptions options) {
        try {
            Map<String, Object> kafka =
                    Map.of("bootstrap.servers", options.bootstrapServers().orElseGet(this::ownKafka));
            LaundryTopic.createIfAbsent(LaundryTopic.NAME, LaundryTopic.PARTITIONS, kafka);
            startMachines(options, kafka);
            LaundryTopic.createIfAbsent(LaundryTopic.SITES, 1, kafka);
            WebSocketSink sink = startBridge(kafka);
            parts.add(1, SiteLog.start(kafka));
            server = StandaloneServer.start(
                    Container.TYRUS,
                    "127.0.0.1",
                    options.port(),
                    sink,
                    Site.of(StaticFiles.browserClient(), StaticFiles.at("/", "dashboard")));
            parts.add(1, server); // closed after the bridge, which ends its sessions first
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Runs until Ctrl-C; {@code --help} lists the options. */
    public static void main(String[] arguments) throws InterruptedException {
        QuietLogs.unlessChosen();
        if (List.of(arguments).contains("--help")) {
            System.out.print(DashboardOptions.HELP);
            return;
        }
        try {
            LaundryDashboard dashboard = start(DashboardOptions.parse(List.of(arguments)));
            Runtime.getRuntime().addShutdownHook(new Thread(dashboard::close, "laundry-dashboard-stop"));
            System.out.println("The laundry is at work: " + dashboard.page() + " (Ctrl-C stops it)");
        } catch (IllegalArgumentException e) {
            exit(2, e);
        } catch (IllegalStateException | BridgeException e) {
            exit(1, e);
        }
        new CountDownLatch(1).await(); // until the JVM ends
    }

    /**
     * Starts everything; the page is served when this returns.
     *
     * @throws IllegalStateException if Kafka does not answer or the port is taken
     * @throws BridgeException if nothing can be read within 30 seconds
     */
    public static LaundryDashboard start(DashboardOptions options) {
        return new LaundryDashboard(options);
    }

    /** Returns where the page is. */
    public URI page() {
        return server.pages();
    }

    /** Ends the browsers' sessions, stops the machines and deletes the embedded Kafka's data. Idempotent. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            parts.forEach(LaundryDashboard::close);
        }
    }

    private String ownKafka() {
        InProcessKafka broker = InProcessKafka.start();
        parts.add(0, broker);
        return broker.bootstrapServers();
    }

    private void startMachines(DashboardOptions options, Map<String, Object> kafka) {
        LaundryFeed machines = LaundryFeed.into(LaundryTopic.NAME, options.plan(), kafka);
        parts.add(0, machines);
        Thread thread = new Thread(machines, "laundry-feed");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Tiles come from the newest report of each machine, curves from what a machine said before, trends from its site.
     */
    private WebSocketSink startBridge(Map<String, Object> kafka) {
        LaundryBridge bridge = LaundryBridge.builder()
                .settings(CHANNELS)
                .kafka(kafka)
                .startup(Startup.FAIL)
                .build();
        parts.add(0, bridge);
        bridge.start();
        return bridge.sink();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            Logger log = LoggerFactory.getLogger(LaundryDashboard.class);
            log.warn("{} did not stop as it should", part.getClass().getSimpleName(), e);
        }
    }

    private static void exit(int status, RuntimeException reason) {
        System.err.println(reason.getMessage());
        System.exit(status);
    }
}
