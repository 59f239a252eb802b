package io.laundrybridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.kafka.inprocess.InProcessKafka;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.WsClient;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures what clients that replay a long topic, at a pace or not, cost live clients at the same gateway: {@code mvn
 * test -Pchaos -pl examples/gateway -am -Dtest=ReplayBesideLiveTest -Dsurefire.failIfNoSpecifiedTests=false}. Turns
 * without and with them follow each other in one run. Each prints how late events were, and the gateway's CPU time.
 */
@Tag("kafka")
@Tag("chaos")
class ReplayBesideLiveTest {
    private static final String LIVE = "laundry.live";
    private static final String ARCHIVE = "laundry.archive";
    private static final int RECORDS = Integer.getInteger("replay.records", 2_000_000);
    private static final int REPLAYING = Integer.getInteger("replay.clients", 4);
    private static final int PACED = Integer.getInteger("replay.paced", 300);
    private static final List<String> KINDS = List.of("alone", "beside replays", "beside paced replays");
    private static final int LISTENING = 50;
    private static final int PER_SECOND = 200;
    private static final int TURNS = 9;
    private static final Duration TURN = Duration.ofSeconds(Integer.getInteger("replay.seconds", 15));

    private final AtomicLong replayed = new AtomicLong();
    private final AtomicInteger heard = new AtomicInteger();
    private long archiveBegan;
    private long archiveEnded;
    private final long[] delays = new long[LISTENING * PER_SECOND * (int) (2 * TURN.toSeconds())];

    @Test
    void nothingOfWhatHappensNowIsLostBesideALongReplay() throws Exception {
        try (InProcessKafka kafka = InProcessKafka.start()) {
            kafka.createTopic(LIVE, 1);
            kafka.createTopic(ARCHIVE, 1);
            try (Producer<String, String> producer = producer(kafka)) {
                fillArchive(producer);
                try (RunningGateway gateway = gateway(kafka)) {
                    URI endpoint = gateway.endpoint();
                    List<WsClient> listening = listen(endpoint);
                    turn(producer, gateway); // warms up
                    for (int turn = 0; turn < TURNS; turn++) {
                        List<WsClient> replaying = replay(endpoint, turn % KINDS.size());
                        System.out.println(KINDS.get(turn % KINDS.size()) + ": " + turn(producer, gateway));
                        replaying.forEach(WsClient::close);
                    }
                    listening.forEach(WsClient::close);
                }
            }
        }
    }

    private static Producer<String, String> producer(InProcessKafka kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 1, "batch.size", 256 << 10),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Fills it with ten hours of the past. */
    private void fillArchive(Producer<String, String> producer) {
        archiveEnded = System.currentTimeMillis();
        archiveBegan = archiveEnded - Duration.ofHours(10).toMillis();
        String filling = "x".repeat(150);
        for (int n = 0; n < RECORDS; n++) {
            Future<?> unused = producer.send(new ProducerRecord<>(
                    ARCHIVE,
                    null,
                    archiveBegan + (archiveEnded - archiveBegan) * n / RECORDS,
                    "m",
                    "{\"n\":" + n + ",\"x\":\"" + filling + "\"}"));
        }
        producer.flush();
    }

    private static RunningGateway gateway(InProcessKafka kafka) throws Exception {
        return RunningGateway.with(
                List.of("-Xmx256m"),
                kafka.bootstrapServers(),
                LIVE,
                "--laundry-bridge.channels.archive.topic=" + ARCHIVE,
                "--laundry-bridge.channels.archive.access=anonymous",
                "--laundry-bridge.channels.archive.retain-bytes=1MiB",
                "--laundry-bridge.channels.archive.replay-records=1000000000",
                "--laundry-bridge.channels.archive.replay-bytes=1024GiB",
                "--laundry-bridge.limits.replay-rate=" + System.getProperty("replay.rate", "16MiB"));
    }

    private List<WsClient> listen(URI endpoint) {
        return IntStream.range(0, LISTENING)
                .mapToObj(i -> subscribe(endpoint, "machines", "\"live\"", this::heardLive))
                .toList();
    }

    private List<WsClient> replay(URI endpoint, int kind) {
        return switch (kind) {
            case 1 ->
                IntStream.range(0, REPLAYING)
                        .mapToObj(i -> subscribe(endpoint, "archive", "\"earliest\"", this::heardAgain))
                        .toList();
            case 2 ->
                IntStream.range(0, PACED).mapToObj(i -> paced(endpoint, i)).toList();
            default -> List.of();
        };
    }

    /** Begins at a time of the archive that is as far from the others' as it can be, at any pace. */
    private WsClient paced(URI endpoint, int number) {
        long since = archiveBegan + (archiveEnded - archiveBegan) * number / PACED;
        String from = "\"since:" + since + "\",\"pace\":" + (1 + number % 16);
        return subscribe(endpoint, "archive", from, this::heardAgain);
    }

    private void heardAgain(String line) {
        if (line.startsWith("{\"ch\"")) {
            replayed.incrementAndGet();
        }
    }

    private static WsClient subscribe(URI endpoint, String channel, String from, Consumer<String> ear) {
        WsClient client = WsClient.connect(endpoint, "laundry-bridge.v1")
                .answeringBeats()
                .forgetting()
                .telling(ear);
        client.send("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"" + channel + "\",\"from\":" + from + "}");
        return client;
    }

    private void heardLive(String line) {
        int at = line.indexOf("\"sent\":");
        if (at >= 0) {
            long sent = Long.parseLong(line.substring(at + 7, line.indexOf('}', at)));
            delays[heard.getAndIncrement()] = System.nanoTime() - sent;
        }
    }

    private String turn(Producer<String, String> producer, RunningGateway gateway) {
        heard.set(0);
        long before = replayed.get();
        Duration computed = gateway.computed();
        int written = write(producer);
        Await.until("every live event", Duration.ofSeconds(60), () -> heard.get() >= written * LISTENING);
        assertThat(heard.get()).isEqualTo(written * LISTENING);
        long cpu = gateway.computed().minus(computed).toMillis();
        long[] sorted = Arrays.copyOf(delays, heard.get());
        Arrays.sort(sorted);
        return String.format(
                "%d live events, p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms; %d events read again; gateway computed %d ms",
                sorted.length,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                sorted[(int) (sorted.length * 0.999)] / 1e6,
                replayed.get() - before,
                cpu);
    }

    /** Writes at a steady pace, however late the clients are. */
    private static int write(Producer<String, String> producer) {
        int records = (int) (PER_SECOND * TURN.toSeconds());
        AtomicInteger written = new AtomicInteger();
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        Runnable write = () -> {
            if (written.getAndIncrement() < records) {
                Future<?> unused =
                        producer.send(new ProducerRecord<>(LIVE, "m", "{\"sent\":" + System.nanoTime() + "}"));
            }
        };
        Future<?> unused = pace.scheduleAtFixedRate(write, 0, 1_000_000 / PER_SECOND, TimeUnit.MICROSECONDS);
        Await.until("all written", TURN.plusSeconds(60), () -> written.get() > records);
        pace.shutdownNow();
        return records;
    }
}
