package io.laundrybridge.sink.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.kafka.common.errors.TimeoutException;

/** The failures that Kafka's thread has reported and the send loop has yet to judge. Thread-safe. */
final class FailureReports {
    /**
     * The producer gives a record up a moment before it counts the records that it sends in the same turn, perhaps this
     * one among them. So its counts are read later.
     */
    private static final long UNTIL_COUNTED = Duration.ofMillis(200).toNanos();

    /** One failed record. */
    record Report(PendingSend send, Throwable failure, LiveProducer by, LiveProducer.Trace before, long due) {}

    private final Queue<Report> reports = new PriorityQueue<>(Comparator.comparingLong(Report::due)); // guarded by this

    synchronized void add(PendingSend send, Throwable failure, LiveProducer by, LiveProducer.Trace before, long now) {
        long due = failure instanceof TimeoutException ? now + UNTIL_COUNTED : now;
        reports.add(new Report(send, failure, by, before, due));
    }

    /** Removes and returns those that can be judged at {@code now}. */
    synchronized List<Report> due(long now) {
        List<Report> due = new ArrayList<>();
        for (Report next = reports.peek(); next != null && next.due() - now <= 0; next = reports.peek()) {
            due.add(next);
            reports.remove();
        }
        return due;
    }

    /** Removes and returns all. */
    synchronized List<Report> drain() {
        List<Report> all = new ArrayList<>(reports);
        reports.clear();
        return all;
    }

    /** Returns when the next can be judged, or {@code none} if there is none. */
    synchronized long nextDue(long none) {
        Report next = reports.peek();
        return next == null ? none : next.due();
    }
}
