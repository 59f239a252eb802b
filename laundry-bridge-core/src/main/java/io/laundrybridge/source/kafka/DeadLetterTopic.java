package io.laundrybridge.source.kafka;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.HistoryException;
import io.laundrybridge.source.HistoryHandler;
import io.laundrybridge.source.HistoryReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Writes each dead letter to a topic once, although every node finds the same records, and again after a restart. All
 * nodes share one transactional id, so Kafka lets one of them write at a time. A node that takes the id first reads
 * which letters exist; the former holder cannot commit any more. Confined to one thread.
 */
final class DeadLetterTopic implements AutoCloseable {
    private static final Duration LONGEST_READ = Duration.ofSeconds(10);
    private static final int LARGEST_TRANSACTION = 500;

    private final String topic;
    private final TopicLookup lookup;
    private final HistoryReader reader;
    private final DeadLetterProducer producer;

    /** Receives the result of each letter. */
    interface Outcome {
        /** Kafka has the letter, written {@code now} or before. */
        void stored(DeadLetter letter, boolean now);

        /** Kafka will never take the letter. */
        void refused(DeadLetter letter, Exception reason);
    }

    DeadLetterTopic(KafkaSettings settings, HostServices services) {
        this.topic = settings.deadLetterTopic();
        this.lookup = new TopicLookup(topic, settings.deadLetterLookup(), services.nanoTime());
        this.reader = new KafkaHistoryReader(topic, settings.deadLetterReader(), new SeenEpochs(), services.nanoTime());
        this.producer = new DeadLetterProducer(settings, services.clock());
    }

    /** Returns whether this node is the writer, as far as it knows. */
    boolean isWriter() {
        return producer.isOpen();
    }

    /**
     * Writes the letters, by place, that the topic does not have. Removes each letter whose outcome was reported; the
     * others have to be tried again.
     */
    void write(Map<String, DeadLetter> letters, Outcome outcome)
            throws ExecutionException, InterruptedException, TimeoutException, HistoryException {
        TopicView view = lookup.describe();
        long oldest = letters.values().stream()
                .mapToLong(letter -> Math.max(0, letter.record().timestamp()))
                .min()
                .orElse(0);
        PositionVector place = takeOutStored(view, lookup.since(view, oldest), letters, outcome);
        if (!letters.isEmpty() && !producer.isOpen()) {
            producer.open();
            takeOutStored(view, place, letters, outcome);
        }
        Iterator<DeadLetter> left = List.copyOf(letters.values()).iterator();
        while (left.hasNext()) {
            List<DeadLetter> some = new ArrayList<>();
            while (left.hasNext() && some.size() < LARGEST_TRANSACTION) {
                some.add(left.next());
            }
            store(some, letters, outcome);
        }
    }

    private PositionVector takeOutStored(
            TopicView view, PositionVector from, Map<String, DeadLetter> letters, Outcome outcome)
            throws ExecutionException, InterruptedException, TimeoutException, HistoryException {
        PositionVector end = lookup.ends(view).written();
        PositionVector place = reader.read(from, end, LONGEST_READ, new Stored(letters, outcome));
        if (!place.reaches(end)) {
            throw new TimeoutException("A transaction in '" + topic + "' is open; its letters may be among these");
        }
        return place;
    }

    private record Stored(Map<String, DeadLetter> letters, Outcome outcome) implements HistoryHandler {
        @Override
        public void record(SourceRecord stored) {
            String place = DeadLetter.placeOf(stored);
            DeadLetter letter = place == null ? null : letters.remove(place);
            if (letter != null) {
                outcome.stored(letter, false);
            }
        }

        @Override
        public void gap(Gap gap) {}

        @Override
        public boolean wantsMore() {
            return true;
        }
    }

    private void store(List<DeadLetter> some, Map<String, DeadLetter> letters, Outcome outcome) {
        if (!producer.isOpen()) {
            return;
        }
        Map<DeadLetter, Exception> refused = producer.write(some);
        refused.forEach((letter, reason) -> {
            letters.remove(letter.place());
            outcome.refused(letter, reason);
        });
        if (refused.isEmpty()) {
            some.forEach(letter -> {
                letters.remove(letter.place());
                outcome.stored(letter, true);
            });
        }
    }

    @Override
    public void close() {
        try {
            producer.close();
        } finally {
            try {
                reader.close();
            } finally {
                lookup.close();
            }
        }
    }
}
