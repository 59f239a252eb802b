package io.laundrybridge.source.kafka;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged, line by line, by all threads. */
final class LoggedLines extends OutputStream {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
        all.write(b);
    }

    synchronized List<String> lines() {
        return all.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
