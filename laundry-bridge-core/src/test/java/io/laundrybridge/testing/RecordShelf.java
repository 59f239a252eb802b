package io.laundrybridge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.publish.OutgoingRecord;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import io.laundrybridge.publish.PublishMapping;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.publish.RecordSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A sink of records in memory, whose answers a test may hold back or make fail. Thread-safe. */
public final class RecordShelf implements RecordSink, RecordSink.Connection {
    private final List<OutgoingRecord> records = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private final List<CompletableFuture<RecordPlace>> unanswered = new ArrayList<>();
    private boolean holding;
    private String trouble = "";
    private Failure failure = Failure.REFUSED;
    private int failures;
    private int closes;

    @Override
    public String name() {
        return "shelf";
    }

    @Override
    public Connection connect(HostServices services) {
        return this;
    }

    @Override
    public synchronized CompletionStage<RecordPlace> send(OutgoingRecord record) {
        CompletableFuture<RecordPlace> answer = new CompletableFuture<>();
        if (failures > 0) {
            failures--;
            answer.completeExceptionally(new PublishException(failure, "the shelf failed"));
            return answer;
        }
        records.add(record);
        RecordPlace place = new RecordPlace(0, records.size() - 1L, 7);
        if (holding) {
            held.add(() -> answer.complete(place));
            unanswered.add(answer);
        } else {
            answer.complete(place);
        }
        return answer;
    }

    /** Stores from now on, and answers later. */
    public synchronized void hold() {
        holding = true;
    }

    /** Answers what is held back, and what comes from now on. */
    public void release() {
        List<Runnable> answers;
        synchronized (this) {
            holding = false;
            answers = List.copyOf(held);
            held.clear();
            unanswered.clear();
        }
        answers.forEach(Runnable::run);
    }

    /** Makes the next {@code count} records fail so; they are not stored. */
    public synchronized void fail(Failure how, int count) {
        failure = how;
        failures = count;
    }

    public synchronized void trouble(String now) {
        trouble = now;
    }

    @Override
    public synchronized String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        List<CompletableFuture<RecordPlace>> lost;
        synchronized (this) {
            closes++;
            lost = List.copyOf(unanswered);
            held.clear();
            unanswered.clear();
        }
        lost.forEach(each ->
                each.completeExceptionally(new PublishException(Failure.OUTCOME_UNKNOWN, "the shelf was closed")));
    }

    public synchronized int closes() {
        return closes;
    }

    public synchronized List<OutgoingRecord> records() {
        return List.copyOf(records);
    }

    public List<String> values() {
        return records().stream().map(each -> new String(each.value(), UTF_8)).toList();
    }

    /** The messages' ids in the order of the records. */
    public List<String> messageIds() {
        return records().stream()
                .map(each -> header(each, PublishMapping.MESSAGE_ID))
                .toList();
    }

    /** The only header of that name. */
    public static String header(OutgoingRecord record, String name) {
        var values = record.headers().stream()
                .filter(each -> each.name().equals(name))
                .toList();
        if (values.size() != 1) {
            throw new AssertionError(values.size() + " headers " + name);
        }
        return new String(values.get(0).value(), UTF_8);
    }
}
