package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.TestKafka;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests what a Kafka that goes away costs a node with many channels: lines of all its loggers, and its CPU. */
@Tag("kafka")
class ManyChannelsWithoutKafkaTest {
    private static final List<String> LOGGERS =
            List.of("org.slf4j.simpleLogger.log.org.apache.kafka", "org.slf4j.simpleLogger.log.io.laundrybridge");
    private static final Pattern LINE = Pattern.compile("^\\d\\d:\\d\\d:\\d\\d");
    private static final int CHANNELS = 60;
    private static final Duration WATCHED = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final PrintStream err = System.err;
    private final LoggedLines logged = new LoggedLines();
    private final List<AutoCloseable> bridges = new ArrayList<>();
    private final IsolatedClasses classes = IsolatedClasses.withTheirOwn("org.slf4j.");

    /** Runs among classes that log at level INFO, as hosts do. */
    public static final class Host implements AutoCloseable, Callable<List<String>> {
        private final LaundryBridge bridge;

        /** Starts a node with channels c0, c1... on topics of these names, and one that takes publishes. */
        public Host(String servers, int channels) {
            Map<String, String> settings = new HashMap<>();
            settings.put("laundry-bridge.path", "/laundry");
            settings.put("laundry-bridge.kafka.bootstrap.servers", servers);
            settings.put("laundry-bridge.channels.commands.publish-to", "commands");
            settings.put("laundry-bridge.channels.commands.publish-access", "anonymous");
            settings.put("laundry-bridge.limits.log-bytes", "8GiB");
            for (int i = 0; i < channels; i++) {
                settings.put("laundry-bridge.channels.c" + i + ".topic", "c" + i);
                settings.put("laundry-bridge.channels.c" + i + ".access", "anonymous");
            }
            Thread.currentThread().setContextClassLoader(Host.class.getClassLoader());
            bridge = LaundryBridge.builder().settings(settings).build();
            bridge.start();
            Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
        }

        /** Returns the state of each channel of events. */
        @Override
        public List<String> call() {
            return bridge.bridges().stream()
                    .filter(each -> !each.name().equals("commands"))
                    .map(each -> each.state() + " " + each.reason())
                    .toList();
        }

        @Override
        public void close() {
            bridge.close();
        }
    }

    @BeforeEach
    void listens() {
        LOGGERS.forEach(logger -> System.setProperty(logger, "info"));
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listensNoMore() throws Exception {
        System.setErr(err);
        LOGGERS.forEach(System::clearProperty);
        for (AutoCloseable bridge : bridges) {
            bridge.close();
        }
        classes.close();
    }

    @SuppressWarnings("unchecked")
    private Callable<List<String>> start(String servers) throws Exception {
        Object host = classes.loadClass(Host.class.getName())
                .getConstructor(String.class, int.class)
                .newInstance(servers, CHANNELS);
        bridges.add((AutoCloseable) host);
        return (Callable<List<String>>) host;
    }

    private static void await(Callable<List<String>> host, String start) {
        Await.until(start, DEADLINE, () -> {
            try {
                return host.call().stream().allMatch(each -> each.startsWith(start));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Returns the lines of the node's loggers: not those of the test's own clients, nor further lines of a message. */
    private List<String> lines() {
        return logged.lines().stream()
                .filter(line -> LINE.matcher(line).find() && !line.contains("test-kit"))
                .toList();
    }

    private long bridgesSay(String state, int from) {
        return lines().stream()
                .skip(from)
                .filter(line -> line.contains("io.laundrybridge.Bridge") && line.contains(" " + state))
                .count();
    }

    private static long cpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("laundry-bridge"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getId()))
                .sum();
    }

    /** Watches a node that has got used to the absence. */
    private void costsLittle() {
        int before = lines().size();
        long spent = cpu();
        long end = System.nanoTime() + WATCHED.toNanos();
        Await.until("watched", DEADLINE, () -> System.nanoTime() > end);
        List<String> lines = lines();
        assertThat(lines.subList(before, lines.size())).hasSizeLessThan((int) WATCHED.toSeconds());
        assertThat(Duration.ofNanos(cpu() - spent)).isLessThan(WATCHED.dividedBy(100));
    }

    @Test
    void sixtyChannelsThatLoseKafkaCostLessThanALinePerSecondAndAHundredthOfACoreAndComeBack() throws Exception {
        try (TestKafka kafka = KafkaFixture.privateBroker()) {
            List<NewTopic> topics = new ArrayList<>(List.of(new NewTopic("commands", 1, (short) 1)));
            IntStream.range(0, CHANNELS).forEach(i -> topics.add(new NewTopic("c" + i, 2, (short) 1)));
            kafka.admin().createTopics(topics).all().get();
            Callable<List<String>> host = start(kafka.bootstrapServers());
            await(host, "LIVE");

            int before = lines().size();
            kafka.stop();
            await(host, "STALE");
            Await.until(
                    "the clients that only read are closed",
                    DEADLINE,
                    () -> lines().stream()
                            .skip(before)
                            .anyMatch(line -> line.contains("kafka.admin.client") && line.contains("unregistered")));
            assertThat(bridgesSay("STALE", before)).isBetween(2L, 6L);
            costsLittle();

            int away = lines().size();
            kafka.start();
            await(host, "LIVE");
            Await.until("all are told of", DEADLINE, () -> bridgesSay("LIVE", away) >= 2);
            assertThat(bridgesSay("LIVE", away)).isLessThanOrEqualTo(10);
        }
    }
}
