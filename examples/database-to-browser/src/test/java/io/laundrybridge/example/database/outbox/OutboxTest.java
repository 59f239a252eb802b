package io.laundrybridge.example.database.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.example.database.EmbeddedDatabase;
import io.laundrybridge.example.database.capture.CaptureState;
import io.laundrybridge.example.database.capture.ChangeCapture;
import io.laundrybridge.example.database.capture.Topics;
import io.laundrybridge.kafka.inprocess.InProcessKafka;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.CommittedRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kafka")
class OutboxTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void anOrderAndItsEventAreStoredTogetherAndTheAnswerNamesThePlace() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start();
                InProcessKafka kafka = InProcessKafka.start()) {
            Map<String, Object> clients = Map.of("bootstrap.servers", kafka.bootstrapServers());
            Topics.kept(ProgrammeOrders.TOPIC, 3, clients);
            ProgrammeOrders.createTables(database.address());
            try (OutboxReceipts receipts = new OutboxReceipts(ProgrammeOrders.TOPIC, clients)) {
                ProgrammeOrders orders = new ProgrammeOrders(database.address(), receipts);
                try (ChangeCapture capture = capture(database, clients)) {
                    ordersReachKafkaOnce(orders, kafka);
                    failedOrdersLeaveNothing(orders, database);
                    assertThat(capture.state().state()).isEqualTo(CaptureState.State.STREAMING);
                }
                ProgrammeOrders.Answer unseen = orders.order("m-003", "wool 30", "maria", Duration.ofMillis(100));
                assertThat(unseen.status()).isEqualTo(202);
                assertThat(unseen.headers()).isEmpty();
                ChangeCapture again = capture(database, clients);
                Await.until(
                        "the event of the time without a capture",
                        PATIENCE,
                        () -> events(kafka).size() == 3);
                again.close();
                assertThat(events(kafka))
                        .extracting(CommittedRecord::value)
                        .filteredOn(value ->
                                String.valueOf(value).contains(unseen.id().toString()))
                        .hasSize(1);
            }
        }
    }

    private static ChangeCapture capture(EmbeddedDatabase database, Map<String, Object> clients) {
        ChangeCapture capture =
                ChangeCapture.start(Outbox.capture("laundry_outbox", database.address(), clients), state -> {});
        Await.until("the capture reads", PATIENCE, () -> capture.state().state() == CaptureState.State.STREAMING);
        return capture;
    }

    private static List<CommittedRecord> events(InProcessKafka kafka) {
        return CommittedRead.of(kafka.bootstrapServers(), ProgrammeOrders.TOPIC);
    }

    private static void ordersReachKafkaOnce(ProgrammeOrders orders, InProcessKafka kafka) throws Exception {
        ProgrammeOrders.Answer first = orders.order("m-001", "wool 30", "maria", PATIENCE);
        ProgrammeOrders.Answer second = orders.order("m-002", "cotton 60", "tom", PATIENCE);
        assertThat(first.status()).isEqualTo(201);
        List<CommittedRecord> events = events(kafka);
        assertThat(events).hasSize(2);
        for (ProgrammeOrders.Answer answer : List.of(first, second)) {
            CommittedRecord event = events.stream()
                    .filter(each ->
                            String.valueOf(each.value()).contains(answer.id().toString()))
                    .findFirst()
                    .orElseThrow();
            assertThat(answer.headers())
                    .containsExactly(
                            Map.entry(ProgrammeOrders.WROTE, "orders=" + event.partition() + "@" + event.offset()));
        }
        assertThat(events)
                .anyMatch(event -> String.valueOf(event.key()).contains("m-001")
                        && String.valueOf(event.value()).contains("\"programme\":\"wool 30\""));
    }

    private static void failedOrdersLeaveNothing(ProgrammeOrders orders, EmbeddedDatabase database)
            throws SQLException {
        try (Connection connection = database.address().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table outbox add constraint no_m_9 check (aggregateid <> 'm-009')");
            assertThatThrownBy(() -> orders.order("m-009", "wool 30", "maria", PATIENCE))
                    .isInstanceOf(SQLException.class);
            try (ResultSet row = statement.executeQuery(
                    "select (select count(*) from programme_order), (select count(*) from outbox)")) {
                row.next();
                assertThat(row.getInt(1)).as("orders").isEqualTo(2);
                assertThat(row.getInt(2)).as("rows that stay in the outbox").isZero();
            }
        }
    }
}
