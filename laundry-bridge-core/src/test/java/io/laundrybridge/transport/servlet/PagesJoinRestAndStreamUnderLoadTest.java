package io.laundrybridge.transport.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.config.Settings;
import io.laundrybridge.policy.Access;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.session.Stamps;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.kafka.KafkaSource;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.TestSite;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import io.laundrybridge.testing.SinkSite;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pages load rows by REST and join the stream at the stamp, while writers commit rows and send their records. Each
 * version of a row must come, or be loaded; and a page that was told that it has its own write has it.
 */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class PagesJoinRestAndStreamUnderLoadTest {
    private static final int ROWS = 24;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern EVENT = Pattern.compile("\\{\"ch\":\"rows\",.*\"k\":\"([^\"]*)\",\"v\":(\\d+)}");
    private static final Pattern REACHED = Pattern.compile("\\{\"op\":\"reached\",\"id\":(\\d+),.*");

    private final TestKafka kafka;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();

    PagesJoinRestAndStreamUnderLoadTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    @ParameterizedTest
    @CsvSource({"TOMCAT,300", "JETTY,60", "UNDERTOW,60"})
    void noneMissesAWrite(WebSocketServers servers, int joins) throws Exception {
        String topic = kafka.newTopic(3);
        WebSocketSink sink = WebSocketSink.at("/laundry");
        Bridge bridge = Bridge.from(KafkaSource.topic(topic, SourceProperties.of(kafka.bootstrapServers())))
                .channel("rows")
                .access(Access.anonymous())
                .to(sink);
        bridge.start();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Rows rows = new Rows(kafka.bootstrapServers(), topic)) {
            bridge.awaitLive(SOON);
            try (TestServer server = servers.start(new Site(sink, rows, threads))) {
                AtomicBoolean over = new AtomicBoolean();
                List<Future<?>> writers = new ArrayList<>();
                for (int n = 0; n < 2; n++) {
                    Random random = new Random(n);
                    writers.add(threads.submit(() -> write(rows, random, over)));
                }
                List<Future<List<BrowserPage>>> readers = new ArrayList<>();
                for (int n = 0; n < 3; n++) {
                    Random random = new Random(100 + n);
                    readers.add(threads.submit(() -> join(server, random, joins / 3)));
                }
                List<BrowserPage> left = new ArrayList<>();
                for (Future<List<BrowserPage>> reader : readers) {
                    left.addAll(reader.get());
                }
                over.set(true);
                for (Future<?> writer : writers) {
                    writer.get();
                }
                for (BrowserPage page : left) {
                    Await.until("the end, " + page, SOON, () -> page.has(rows.committed()));
                    page.close();
                }
            }
        } finally {
            bridge.stop();
            threads.shutdownNow();
        }
        assertThat(broken).isEmpty();
    }

    private static Object write(Rows rows, Random random, AtomicBoolean over) throws Exception {
        while (!over.get()) {
            rows.write("r-" + random.nextInt(ROWS), random.nextInt(2_000_000));
            LockSupport.parkNanos(200_000);
        }
        return over;
    }

    /** Lets pages join one after the other; the last ones stay. */
    private List<BrowserPage> join(TestServer server, Random random, int count) throws Exception {
        List<BrowserPage> open = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            HttpResponse<String> response = get(server, "/api/rows" + (random.nextBoolean() ? "?later" : ""));
            LockSupport.parkNanos(random.nextInt(3_000_000));
            BrowserPage page =
                    new BrowserPage(server, response, random.nextInt(3) == 0 ? ",\"keys\":[\"r-1\",\"r-2\"]" : "");
            open.add(page);
            if (n % 2 == 0) {
                page.writesAndWaits("r-" + (1 + random.nextInt(2)));
            }
            if (open.size() > 4) {
                open.remove(0).close();
            }
        }
        return open;
    }

    private HttpResponse<String> get(TestServer server, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(server.httpUri(path)).build(), BodyHandlers.ofString());
    }

    /** A page's rows, and its connection. */
    private final class BrowserPage {
        private final Map<String, Integer> versions = new HashMap<>();
        private final TestServer server;
        private final String selection;
        private final WsClient socket;
        private int reached;

        BrowserPage(TestServer server, HttpResponse<String> response, String selection) {
            this.server = server;
            this.selection = selection;
            for (String row : response.body().split("\n", -1)) {
                if (!row.isEmpty()) {
                    versions.put(row.split("=", -1)[0], Integer.valueOf(row.split("=", -1)[1]));
                }
            }
            String stamp = response.headers().firstValue("Laundry-Bridge-At").orElseThrow();
            assertThat(stamp).startsWith("rows=");
            socket = WsClient.connect(server.wsUri("/laundry"), "laundry-bridge.v1")
                    .answeringBeats()
                    .telling(this::take);
            socket.send("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"rows\",\"from\":\"at:" + stamp.substring(5) + "\""
                    + selection + "}");
        }

        private synchronized void take(String line) {
            Matcher event = EVENT.matcher(line);
            Matcher answer = REACHED.matcher(line);
            if (event.matches()) {
                int known = versions.getOrDefault(event.group(1), 0);
                int version = Integer.parseInt(event.group(2));
                if (version > known + 1) {
                    broken.add(event.group(1) + " goes from " + known + " to " + version);
                }
                versions.merge(event.group(1), version, Math::max);
            } else if (answer.matches()) {
                reached = Integer.parseInt(answer.group(1));
            } else if (line.contains("\"op\":\"gap\"") || line.contains("reset") || line.contains("error")) {
                broken.add(line);
            }
        }

        void writesAndWaits(String row) throws Exception {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(server.httpUri("/api/rows?row=" + row))
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            String wrote = response.headers().firstValue("Laundry-Bridge-Wrote").orElseThrow();
            socket.send("{\"op\":\"await\",\"id\":2,\"ch\":\"rows\",\"at\":\"" + wrote.substring(5) + "\"}");
            Await.until("its own write", SOON, () -> isReached(2));
            if (version(row) < Integer.parseInt(response.body())) {
                broken.add("reached before version " + response.body() + " of " + row);
            }
        }

        private synchronized boolean isReached(int id) {
            return reached == id;
        }

        private synchronized int version(String row) {
            return versions.getOrDefault(row, 0);
        }

        synchronized boolean has(Map<String, Integer> truth) {
            return truth.entrySet().stream()
                    .filter(row -> selection.isEmpty() || selection.contains("\"" + row.getKey() + "\""))
                    .allMatch(row -> row.getValue().equals(versions.get(row.getKey())));
        }

        void close() {
            socket.close();
        }

        @Override
        public synchronized String toString() {
            return versions + selection;
        }
    }

    /** A database whose commits become records a little later, in their order per row. */
    private static final class Rows implements AutoCloseable {
        private final Map<String, Integer> committed = new ConcurrentHashMap<>();
        private final KafkaProducer<String, String> producer;
        private final String topic;

        Rows(String servers, String topic) {
            this.producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer());
            this.topic = topic;
        }

        /** What was written: its version, and the place of its record once that is stored. */
        record Written(int version, Future<RecordMetadata> record) {}

        Written write(String row, long lagNanos) {
            synchronized (row.intern()) {
                int version = committed.merge(row, 1, Integer::sum);
                LockSupport.parkNanos(lagNanos);
                return new Written(version, producer.send(new ProducerRecord<>(topic, row, "" + version)));
            }
        }

        Map<String, Integer> committed() {
            return Map.copyOf(committed);
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    /** The endpoint, the filter by settings, and the REST calls. */
    private record Site(WebSocketSink sink, Rows rows, ExecutorService threads) implements TestSite {
        @Override
        public void open(ServerContainer container) {
            throw new UnsupportedOperationException("only servers with servlets");
        }

        @Override
        public void register(ServletContext application) {
            SinkSite.of(sink).register(application);
            Map<String, String> settings =
                    Map.of("laundry-bridge.stamp.channels", "rows", "laundry-bridge.stamp.paths", "/api/*");
            EndpointSetup.registerStampFilter(application, sink, Settings.of(settings));
            ServletRegistration.Dynamic rest = application.addServlet("rest", new Rest(this));
            rest.setAsyncSupported(true);
            rest.addMapping("/api/*");
        }

        @Override
        public Optional<Page> page(String name) {
            return Optional.empty();
        }

        private String loaded() {
            StringBuilder body = new StringBuilder();
            rows.committed()
                    .forEach((row, version) ->
                            body.append(row).append('=').append(version).append('\n'));
            return body.toString();
        }
    }

    private static final class Rest extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient Site site;
        private final transient Stamps stamps;

        Rest(Site site) {
            this.site = site;
            this.stamps = site.sink().stamps(List.of("rows"));
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getQueryString() == null) {
                response.getWriter().write(site.loaded());
                return;
            }
            AsyncContext later = request.startAsync();
            Future<?> unused = site.threads().submit(() -> {
                LockSupport.parkNanos(2_000_000);
                later.getResponse().getWriter().write(site.loaded());
                later.complete();
                return null;
            });
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Rows.Written written = site.rows().write(request.getParameter("row"), 0);
            try {
                RecordMetadata record = written.record().get();
                response.setHeader(
                        Stamps.WROTE, stamps.wrote("rows", new RecordPlace(record.partition(), record.offset())));
                response.getWriter().write("" + written.version());
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
