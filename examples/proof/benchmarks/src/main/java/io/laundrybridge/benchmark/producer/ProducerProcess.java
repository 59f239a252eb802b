package io.laundrybridge.benchmark.producer;

import io.laundrybridge.benchmark.process.Arguments;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The producer's process. It reads commands, a line each, and answers each by a line, until its input ends:
 *
 * <pre>
 * start --feed=kafka --to=... --topic=... --rate=...   starts, where it left off on that topic
 * next                                                 "next N": the number of the next event
 * stop                                                 "next N" too, once all have gone out
 * </pre>
 */
public final class ProducerProcess {
    private final Map<String, Long> nextOfTopic = new HashMap<>();
    private @Nullable OpenLoop loop;
    private @Nullable Outlet outlet;
    private @Nullable Thread thread;
    private String topic = "";

    private ProducerProcess() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ProducerProcess producer = new ProducerProcess();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(producer.answer(line));
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private String answer(String line) throws InterruptedException {
        if (line.startsWith("start ")) {
            start(Stream.of(new Arguments(line.substring("start ".length()).split(" ", -1))));
            return "started";
        }
        if (line.equals("stop")) {
            stop();
        }
        return "next " + (loop == null ? 0 : loop.next());
    }

    private void start(Stream stream) {
        topic = stream.topic();
        Outlet opened = stream.outlet();
        OpenLoop begun = new OpenLoop(stream, opened, stream.writer(), nextOfTopic.getOrDefault(topic, 0L));
        outlet = opened;
        loop = begun;
        thread = new Thread(begun, "producer");
        thread.setDaemon(true);
        thread.start();
    }

    private void stop() throws InterruptedException {
        if (loop != null && thread != null && outlet != null) {
            loop.stop();
            thread.join();
            outlet.close();
            outlet = null;
            nextOfTopic.put(topic, loop.next());
        }
    }
}
