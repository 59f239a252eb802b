package io.laundrybridge.benchmark.server;

import io.laundrybridge.kafka.inprocess.InProcessKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A real broker in its own process. It reads lines {@code topic NAME PARTITIONS} until its input ends. */
public final class BrokerProcess {
    /** Enough for one run; old segments are deleted, so that a long run does not fill the disk. */
    private static final Map<String, String> SETTINGS = Map.of(
            "retention.bytes", Integer.toString(512 * 1024 * 1024),
            "segment.bytes", Integer.toString(64 * 1024 * 1024));

    private BrokerProcess() {}

    public static void main(String[] arguments) throws IOException {
        try (InProcessKafka kafka = InProcessKafka.start();
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("brokers " + kafka.bootstrapServers());
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                kafka.createTopic(words[1], Integer.parseInt(words[2]), SETTINGS);
                System.out.println("created " + words[1]);
            }
        }
        Runtime.getRuntime().exit(0);
    }
}
