package io.laundrybridge.example.database;

import io.laundrybridge.BridgeException;
import io.laundrybridge.ChannelCustomizer;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.LaundryBridge.Startup;
import io.laundrybridge.example.database.capture.CaptureNews;
import io.laundrybridge.example.database.capture.CaptureSettings;
import io.laundrybridge.example.database.capture.ChangeCapture;
import io.laundrybridge.example.database.capture.Topics;
import io.laundrybridge.example.database.machines.CommandMapping;
import io.laundrybridge.example.database.machines.LaundryMachines;
import io.laundrybridge.example.database.streams.DerivedViews;
import io.laundrybridge.kafka.inprocess.InProcessKafka;
import io.laundrybridge.standalone.Page;
import io.laundrybridge.standalone.Site;
import io.laundrybridge.standalone.StandaloneServer;
import io.laundrybridge.standalone.StaticFiles;
import io.laundrybridge.view.debezium.DebeziumView;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole way: database, machines, change capture, Kafka, bridge and page. Thread-safe once started. */
public final class DatabaseToBrowser implements AutoCloseable {
    /** The capture's name, which begins the topics of all tables, {@value}. */
    public static final String NAME = "laundry";

    /** The topic of the table {@code machine}, {@value}. */
    public static final String MACHINES = NAME + ".public.machine";

    /** The topic of the table {@code machine_report}, {@value}. */
    public static final String REPORTS = NAME + ".public.machine_report";

    /** The topic that the machines read commands from, {@value}. */
    public static final String COMMANDS = NAME + ".commands";

    /** The topic that says how the capture is, {@value}. */
    public static final String CAPTURE = NAME + ".capture";

    private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/dist";

    private static final Map<String, String> CHANNELS = Map.ofEntries(
            Map.entry("laundry-bridge.path", "/laundry"),
            Map.entry("laundry-bridge.startup-timeout", "60s"),
            Map.entry("laundry-bridge.auth.mode", "optional"),
            Map.entry("laundry-bridge.channels.machines.topic", MACHINES),
            Map.entry("laundry-bridge.channels.machines.access", "anonymous"),
            Map.entry("laundry-bridge.channels.machines.latest-by-key", "true"),
            Map.entry("laundry-bridge.channels.machines.fall-behind", "catch-up"),
            Map.entry("laundry-bridge.channels.reports.topic", REPORTS),
            Map.entry("laundry-bridge.channels.reports.access", "anonymous"),
            Map.entry("laundry-bridge.channels.capture.topic", CAPTURE),
            Map.entry("laundry-bridge.channels.capture.access", "anonymous"),
            Map.entry("laundry-bridge.channels.capture.latest-by-key", "true"),
            Map.entry("laundry-bridge.channels.capture.retain-bytes", "1MiB"),
            Map.entry("laundry-bridge.channels.capture.state-bytes", "1MiB"),
            Map.entry("laundry-bridge.channels.commands.topic", COMMANDS),
            Map.entry("laundry-bridge.channels.commands.access", "authenticated"),
            Map.entry("laundry-bridge.channels.commands.publish-to", COMMANDS),
            Map.entry("laundry-bridge.channels.commands.publish-access", "role:" + DemoUsers.STAFF));

    /** In the order in which they are closed: the newest first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private final DatabaseAddress database;
    private final String kafka;
    private final ChangeCapture capture;
    private final StandaloneServer server;

    private DatabaseToBrowser(ExampleOptions options) {
        try {
            database = options.postgres().orElseGet(this::ownDatabase);
            LaundrySchema.createIfAbsent(database);
            kafka = options.bootstrapServers().orElseGet(this::ownKafka);
            Map<String, Object> clients = Map.of("bootstrap.servers", kafka);
            Topics.compacted(MACHINES, 3, clients);
            Topics.kept(REPORTS, 3, clients);
            Topics.kept(COMMANDS, 1, clients);
            Topics.compacted(CAPTURE, 1, clients);
            CaptureNews news = part(new CaptureNews(CAPTURE, NAME, clients));
            capture = part(ChangeCapture.start(capture(clients), news::tell));
            part(DerivedViews.start(REPORTS, clients));
            server = startServer(options, startBridge(clients));
            if (options.machines() > 0) {
                part(LaundryMachines.start(database, options.machines(), options.rate(), COMMANDS, clients));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Runs until Ctrl-C; {@code --help} lists the options. */
    public static void main(String[] arguments) throws InterruptedException {
        QuietLogs.unlessChosen();
        if (List.of(arguments).contains("--help")) {
            System.out.print(ExampleOptions.HELP);
            return;
        }
        try {
            ExampleOptions options = ExampleOptions.parse(List.of(arguments));
            DatabaseToBrowser example = start(options);
            Runtime.getRuntime().addShutdownHook(new Thread(example::close, "database-to-browser-stop"));
            System.out.println("The laundry is at work: " + example.page() + " (Ctrl-C stops it)");
            System.out.println("Its rows: psql " + example.database());
            System.out.println("Its Kafka: " + example.kafka());
            if (options.measure() > 0) {
                System.out.println(RowAges.measure(example.endpoint(), Duration.ofSeconds(options.measure())));
                example.close();
                System.exit(0);
            }
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
     * @throws IllegalStateException if the database or Kafka does not answer or the port is taken
     * @throws BridgeException if nothing can be read within a minute
     */
    public static DatabaseToBrowser start(ExampleOptions options) {
        return new DatabaseToBrowser(options);
    }

    /** Returns where the page is. */
    public URI page() {
        return server.pages();
    }

    /** Returns where the bridge is. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** Returns where the database is. */
    public DatabaseAddress database() {
        return database;
    }

    /** Returns the address of Kafka. */
    public String kafka() {
        return kafka;
    }

    /** Returns the capture of changes. */
    public ChangeCapture capture() {
        return capture;
    }

    /** Ends the browsers' sessions, and stops and deletes all that this example has started. Idempotent. */
    @Override
    public synchronized void close() {
        for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            close(part);
        }
    }

    /** All reports of a machine go to one partition, so that the derived views read them in order. */
    private CaptureSettings capture(Map<String, Object> clients) {
        return CaptureSettings.of(NAME, database, clients).with("message.key.columns", "public.machine_report:machine");
    }

    private DatabaseAddress ownDatabase() {
        return part(EmbeddedDatabase.start()).address();
    }

    private String ownKafka() {
        return part(InProcessKafka.start()).bootstrapServers();
    }

    private LaundryBridge startBridge(Map<String, Object> clients) {
        Map<String, String> settings = new HashMap<>(CHANNELS);
        settings.putAll(DerivedViews.channels());
        LaundryBridge bridge = LaundryBridge.builder()
                .settings(settings)
                .kafka(clients)
                .authenticator(new DemoUsers())
                .customize("machines", rows())
                .customize("reports", rows())
                .publish("commands", commands -> commands.map(new CommandMapping()))
                .startup(Startup.FAIL)
                .build();
        part(bridge).start();
        return bridge;
    }

    /** As the setting view=debezium, and with the time of receipt, which the page compares. */
    private static ChannelCustomizer rows() {
        return ChannelCustomizer.records(
                records -> records.view(DebeziumView.after().received(Clock.systemUTC())));
    }

    private StandaloneServer startServer(ExampleOptions options, LaundryBridge bridge) {
        Site site = Site.of(StaticFiles.browserClient(), StaticFiles.at("/uplot/", UPLOT), StaticFiles.at("/", "web"))
                .page("/staff.json", () -> new Page(200, "application/json", DemoUsers.staff()));
        StandaloneServer started =
                StandaloneServer.start(options.container(), "127.0.0.1", options.port(), bridge.sink(), site);
        parts.remove(bridge);
        part(started);
        part(bridge); // closed before the server, to end its sessions first
        return started;
    }

    private <T extends AutoCloseable> T part(T started) {
        parts.push(started);
        return started;
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            Logger log = LoggerFactory.getLogger(DatabaseToBrowser.class);
            log.warn("{} did not stop as it should", part.getClass().getSimpleName(), e);
        }
    }

    private static void exit(int status, RuntimeException reason) {
        System.err.println(reason.getMessage());
        System.exit(status);
    }
}
