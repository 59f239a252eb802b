package io.laundrybridge.benchmark.producer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes events: <code>{"seq":N,"ts":T,</code>, then the content of the workload. Used by one thread. */
final class EventWriter {
    private static final String LAUNDRY = "laundry-events.ndjson";

    private final boolean partitioned;
    private final int bytes;
    private final List<String> reports;

    private EventWriter(boolean partitioned, int bytes, List<String> reports) {
        this.partitioned = partitioned;
        this.bytes = bytes;
        this.reports = reports;
    }

    /** Makes events of one size, filled with the same letter, so that all cost alike. */
    static EventWriter padded(int bytes, boolean partitioned) {
        return new EventWriter(partitioned, bytes, List.of());
    }

    /** Returns the reports of the laundry dashboard's machines, as its simulator wrote them, over and over. */
    static EventWriter laundry(boolean partitioned) {
        try (InputStream file = EventWriter.class.getResourceAsStream(LAUNDRY)) {
            if (file == null) {
                throw new IllegalStateException(LAUNDRY + " is not in the class path");
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new EventWriter(partitioned, 0, text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Event {@code sequence} of a stream, scheduled for {@code micros}. */
    byte[] write(long number, long sequence, long micros, int partition, String key) {
        StringBuilder event = new StringBuilder(bytes + 64);
        event.append("{\"seq\":").append(sequence).append(",\"ts\":").append(micros);
        if (partitioned) {
            event.append(",\"p\":").append(partition);
        }
        if (reports.isEmpty()) {
            event.append(",\"machineId\":\"").append(key).append("\",\"pad\":\"");
            return padded(event);
        }
        String report = reports.get((int) (number % reports.size()));
        return event.append(',').append(report, 1, report.length()).toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] padded(StringBuilder event) {
        byte[] whole = Arrays.copyOf(event.toString().getBytes(StandardCharsets.US_ASCII), bytes);
        Arrays.fill(whole, event.length(), bytes - 2, (byte) 'x');
        whole[bytes - 2] = '"';
        whole[bytes - 1] = '}';
        return whole;
    }
}
