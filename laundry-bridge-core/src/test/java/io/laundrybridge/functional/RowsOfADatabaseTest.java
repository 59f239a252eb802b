package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.BridgeBuilder;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.LaundryBridge;
import io.laundrybridge.event.DeletionForm;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.testing.SessionProbe;
import io.laundrybridge.view.debezium.DebeziumView;
import io.laundrybridge.view.debezium.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients see the rows of a database and one deletion per row, whatever a capture writes for these. */
class RowsOfADatabaseTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final InMemorySource source = InMemorySource.named("rows");
    private final List<AutoCloseable> open = new ArrayList<>();

    /** What a mapping reads of a row. */
    record Machine(String id, int power) {}

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : open) {
            part.close();
        }
    }

    private SessionProbe page(UnaryOperator<BridgeBuilder> records, UnaryOperator<ChannelBuilder> channel) {
        return page(records, channel, "");
    }

    private SessionProbe page(
            UnaryOperator<BridgeBuilder> records, UnaryOperator<ChannelBuilder> channel, String rest) {
        WebSocketSink sink = WebSocketSink.at("/laundry");
        Bridge bridge = channel.apply(records.apply(Bridge.from(source)).channel("machines"))
                .access(Access.anonymous())
                .to(sink);
        open.add(bridge::stop);
        bridge.start();
        bridge.awaitLive(SOON);
        SessionProbe page = SessionProbe.full(sink).subscribe("machines", rest);
        page.await("\"op\":\"live\"");
        return page;
    }

    private void publishRecording() {
        Recording.of("insert-update-delete").forEach(record -> source.publish(record.key(), record.value()));
        source.publish("{\"id\":\"end\"}", "{\"op\":\"c\",\"after\":{\"id\":\"end\",\"power\":0}}");
    }

    private static List<String> keysAndValues(SessionProbe page) {
        page.await("\"k\":\"end\"");
        return page.events().stream()
                .map(line -> line.replaceAll(".*\"k\":(.*),\"v\":(null|.*\"power\":\\d+).*}", "$1 $2"))
                .toList();
    }

    private static final List<String> ROWS_AND_ONE_DELETION = List.of(
            "\"m-1\" {\"id\":\"m-1\",\"power\":1",
            "\"m-1\" {\"id\":\"m-1\",\"power\":2",
            "\"m-1\" null",
            "\"end\" {\"id\":\"end\",\"power\":0");

    @Test
    void aDeletedRowIsOneDeletion() {
        SessionProbe page = page(records -> records.view(DebeziumView.after()), channel -> channel);
        publishRecording();
        assertThat(keysAndValues(page)).isEqualTo(ROWS_AND_ONE_DELETION);
    }

    @Test
    void aDeletedRowIsOneDeletionOnAChannelWithState() {
        SessionProbe page = page(records -> records.view(DebeziumView.after()), ChannelBuilder::latestByKey);
        publishRecording();
        assertThat(keysAndValues(page)).isEqualTo(ROWS_AND_ONE_DELETION);
    }

    @Test
    void aReplayShowsTheSame() {
        UnaryOperator<ChannelBuilder> small = channel -> channel.retain(Retention.of(Duration.ofMinutes(10), 64 << 10));
        publishRecording();
        for (int n = 0; n < 3_000; n++) {
            source.publish("{\"id\":\"f\"}", "{\"op\":\"c\",\"after\":{\"id\":\"f\",\"power\":" + n + "}}");
        }
        SessionProbe page = page(records -> records.view(DebeziumView.after()), small, ",\"from\":\"earliest\"");
        assertThat(keysAndValues(page))
                .startsWith(ROWS_AND_ONE_DELETION.toArray(String[]::new))
                .hasSize(3_004);
    }

    /** Compaction has removed the change event, so the tombstone is the only trace of the deletion. */
    @Test
    void aTombstoneAloneIsADeletion() {
        SessionProbe page = page(records -> records.view(DebeziumView.after()), channel -> channel);
        source.publish("{\"id\":\"m-1\"}", (String) null);
        source.publish("{\"id\":\"end\"}", "{\"op\":\"c\",\"after\":{\"id\":\"end\",\"power\":0}}");
        assertThat(keysAndValues(page)).startsWith("\"m-1\" null");
    }

    /** The next deletion of the key is one of its own, for the row came back in between. */
    @Test
    void aTombstoneBehindANewRowIsADeletion() {
        SessionProbe page = page(records -> records.view(DebeziumView.after()), channel -> channel);
        source.publish("{\"id\":\"m-1\"}", "{\"op\":\"d\"}");
        source.publish("{\"id\":\"m-1\"}", "{\"op\":\"c\",\"after\":{\"id\":\"m-1\",\"power\":3}}");
        source.publish("{\"id\":\"m-1\"}", (String) null);
        source.publish("{\"id\":\"m-2\"}", "{\"op\":\"d\"}");
        source.publish("{\"id\":\"m-1\"}", (String) null);
        source.publish("{\"id\":\"end\"}", "{\"op\":\"c\",\"after\":{\"id\":\"end\",\"power\":0}}");
        assertThat(keysAndValues(page))
                .startsWith(
                        "\"m-1\" null",
                        "\"m-1\" {\"id\":\"m-1\",\"power\":3",
                        "\"m-1\" null",
                        "\"m-2\" null",
                        "\"m-1\" null");
    }

    @Test
    void filtersAndMappingsGetTheRow() {
        SessionProbe page = page(
                records -> records.view(DebeziumView.after())
                        .filter(Machine.class, machine -> machine.power() != 1)
                        .map(Machine.class, machine -> Map.of("id", machine.id(), "power", machine.power() * 10)),
                channel -> channel);
        publishRecording();
        page.await("\"k\":\"end\"");
        assertThat(page.events().get(0)).contains("\"power\":20").doesNotContain("_change");
    }

    @Test
    void aRecordThatIsNoChangeIsAGapAndTheRestGoesOn() {
        SessionProbe page = page(records -> records.view(DebeziumView.after()), channel -> channel);
        source.publish("{}", "{\"ts_ms\":1}");
        source.publish("{\"id\":\"x\"}", "{\"op\":\"t\"}");
        publishRecording();
        assertThat(keysAndValues(page)).isEqualTo(ROWS_AND_ONE_DELETION);
        assertThat(page.lines().stream().filter(line -> line.contains("\"op\":\"gap\"")))
                .isNotEmpty();
    }

    /** A change has a row twice and its schema, and may be four times as large as a value. */
    @Test
    void aRowBeyondTheLimitIsNamedAndTheRestGoesOn() {
        SessionProbe page = page(records -> records.view(DebeziumView.after()), channel -> channel);
        source.publish("{\"id\":\"big\"}", "{\"op\":\"c\",\"after\":{\"t\":\"" + "x".repeat(10 << 20) + "\"}}");
        source.publish("{\"id\":\"2\"}", "{\"op\":\"c\",\"after\":{\"t\":\"" + "x".repeat(2 << 20) + "\"}}");
        publishRecording();
        assertThat(keysAndValues(page)).isEqualTo(ROWS_AND_ONE_DELETION);
        assertThat(page.lines().stream().filter(line -> line.contains("\"reason\":\"too_large\"")))
                .isNotEmpty();
    }

    @Test
    void settingsShowRowsAndReadOtherFormsOfADeletion() {
        LaundryBridge bridge = LaundryBridge.builder()
                .settings(Map.of(
                        "laundry-bridge.path", "/laundry",
                        "laundry-bridge.channels.machines.access", "anonymous",
                        "laundry-bridge.channels.machines.view", "debezium",
                        "laundry-bridge.channels.machines.deletions", "empty,null-text"))
                .source("machines", source)
                .build();
        open.add(bridge);
        bridge.start();
        bridge.bridge("machines").awaitLive(SOON);
        SessionProbe page = SessionProbe.full(bridge.sink()).subscribe("machines", "");
        page.await("\"op\":\"live\"");
        source.publish("{\"id\":\"a\"}", "");
        source.publish("{\"id\":\"b\"}", " null\n");
        publishRecording();
        assertThat(keysAndValues(page)).startsWith("\"a\" null", "\"b\" null").endsWith(ROWS_AND_ONE_DELETION.get(3));
    }

    @Test
    void withoutTheSwitchAnEmptyValueIsAGap() {
        SessionProbe page =
                page(records -> records.view(DeletionForm.view(Set.of(DeletionForm.TOMBSTONE))), channel -> channel);
        source.publish("a", "");
        source.publish("end", "{\"power\":0}");
        assertThat(keysAndValues(page)).containsExactly("\"end\" {\"power\":0");
        assertThat(page.lines()).anyMatch(line -> line.contains("\"reason\":\"undecodable\""));
    }
}
