package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.SourceProperties;
import io.laundrybridge.test.kafka.TestKafka;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks that an absent Kafka costs less than a log line per second and less than a hundredth of a core. */
@Tag("kafka")
class AbsentKafkaCostsLittleTest {
    private static final String LEVEL = "org.slf4j.simpleLogger.log.org.apache.kafka";
    private static final Duration WATCHED = Duration.ofSeconds(8);
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private final PrintStream err = System.err;
    private final LoggedLines logged = new LoggedLines();
    private final List<AutoCloseable> readers = new ArrayList<>();
    private final IsolatedClasses classes = IsolatedClasses.withTheirOwn("org.slf4j.");

    /** Runs among classes that log at level INFO, as hosts do. */
    public static final class Reader {
        private Reader() {}

        public static AutoCloseable open(String servers, String topic, List<String> told) {
            Thread.currentThread().setContextClassLoader(Reader.class.getClassLoader());
            SourceReader reader = KafkaSource.topic(topic, SourceProperties.of(servers))
                    .open(
                            new ReadRequest("machines", Duration.ofHours(1), HostServices.standard()),
                            new CallRecorder(told));
            Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
            return reader;
        }
    }

    @BeforeEach
    void listens() {
        System.setProperty(LEVEL, "info");
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listensNoMore() throws Exception {
        System.setErr(err);
        System.clearProperty(LEVEL);
        for (AutoCloseable reader : readers) {
            reader.close();
        }
        classes.close();
    }

    private List<String> open(String servers, String topic) throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        readers.add((AutoCloseable) classes.loadClass(Reader.class.getName())
                .getMethod("open", String.class, String.class, List.class)
                .invoke(null, servers, topic, told));
        return told;
    }

    private static void await(List<String> told, String start) {
        Await.until(start, DEADLINE, () -> told.stream().anyMatch(call -> call.startsWith(start)));
    }

    private List<String> lines(String topic) {
        return logged.lines().stream()
                .filter(line -> line.contains("laundry-bridge-" + topic) || line.contains("laundry-bridge-kafka"))
                .toList();
    }

    private static long cpu(String topic) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("laundry-bridge-" + topic)
                        || thread.getName().contains("laundry-bridge-kafka"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getId()))
                .sum();
    }

    /** What a topic has cost up to now. */
    private record Cost(int lines, long cpu) {}

    private Cost cost(String topic) {
        return new Cost(lines(topic).size(), cpu(topic));
    }

    private void costLittle(String topic, Cost before) {
        assertThat(lines(topic).size() - before.lines())
                .as(() -> String.join(
                        "\n", lines(topic).subList(before.lines(), lines(topic).size())))
                .isLessThanOrEqualTo((int) WATCHED.toSeconds());
        assertThat(Duration.ofNanos(cpu(topic) - before.cpu())).isLessThan(WATCHED.dividedBy(100));
    }

    @Test
    void fromTheBeginningAndAfterItWasThere() throws Exception {
        String nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = "127.0.0.1:" + socket.getLocalPort();
        }
        List<String> never = open(nobody, "nowhere");
        try (TestKafka kafka = KafkaFixture.privateBroker()) {
            String topic = kafka.newTopic(2);
            List<String> lost = open(kafka.bootstrapServers(), topic);
            await(lost, "live");
            kafka.stop();
            await(lost, "stale");
            await(never, "stale");
            Await.until(
                    "the consumer is closed",
                    DEADLINE,
                    () -> lines(topic).stream()
                            .anyMatch(line -> line.contains("kafka.consumer") && line.contains("unregistered")));
            Cost neverBefore = cost("nowhere");
            Cost lostBefore = cost(topic);
            long end = System.nanoTime() + WATCHED.toNanos();
            Await.until("watched", DEADLINE, () -> System.nanoTime() > end);
            costLittle("nowhere", neverBefore);
            costLittle(topic, lostBefore);
            kafka.start();
            await(lost, "fresh");
        }
    }
}
