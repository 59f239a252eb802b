package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.publish.PublishMapping;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.testing.RecordShelf;
import io.laundrybridge.testing.SessionProbe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel takes publishes only if it has a sink for them, and only from users whom its own rule allows. */
class OnlyWhoMayPublishesTest {
    private static final Caller STAFF = Caller.named("ada").withRoles(List.of("STAFF"));

    private final RecordShelf shelf = new RecordShelf();
    private final LaundryBridge bridge = LaundryBridge.builder()
            .settings(Map.of(
                    "laundry-bridge.path", "/laundry",
                    "laundry-bridge.channels.commands.access", "authenticated",
                    "laundry-bridge.channels.commands.publish-access", "role:STAFF",
                    "laundry-bridge.channels.machines.access", "authenticated"))
            .source("commands", InMemorySource.named("test"))
            .source("machines", InMemorySource.named("test"))
            .publish("commands", inbound -> inbound.sink(shelf))
            .publish(
                    "rows",
                    inbound -> inbound.sink(shelf).access((caller, channel) -> Grant.rows(RowFilter.keyPrefix("a"))))
            .publish("nobody", inbound -> inbound.sink(shelf))
            .build();

    OnlyWhoMayPublishesTest() {
        bridge.start();
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    private SessionProbe session(Caller caller) {
        return SessionProbe.open(bridge.sink(), List.of(FullDialect.SUBPROTOCOL), Map.of(), caller, true);
    }

    private static String publish(int id, String channel) {
        return "{\"op\":\"publish\",\"id\":" + id + ",\"mid\":\"m" + id + "\",\"ch\":\"" + channel
                + "\",\"k\":\"m-42\",\"v\":{\"stop\": 1.00}}";
    }

    @Test
    void thePublishOfOneWhoMayIsStoredAsItWasWritten() {
        SessionProbe staff = session(STAFF).say(publish(7, "commands"));

        assertThat(staff.await("\"op\":\"ack\"")).isEqualTo("{\"op\":\"ack\",\"id\":7,\"at\":\"0@0.7\"}");
        assertThat(shelf.values()).containsExactly("{\"stop\": 1.00}");
        var record = shelf.records().get(0);
        assertThat(record.key()).asString().isEqualTo("m-42");
        assertThat(RecordShelf.header(record, PublishMapping.MESSAGE_ID)).isEqualTo("m7");
        assertThat(RecordShelf.header(record, PublishMapping.USER)).isEqualTo("ada");
        assertThat(Long.parseLong(RecordShelf.header(record, PublishMapping.TIME)))
                .isPositive();
    }

    @Test
    void whoMayNotCannotTellAForbiddenChannelFromOneThatIsNotThere() {
        SessionProbe guest = session(Caller.named("bob"));
        for (String channel : List.of("commands", "missing", "nobody", "rows")) {
            guest.say(publish(channel.hashCode() & 0xFF, channel));
        }
        for (String channel : List.of("commands", "missing", "nobody", "rows")) {
            String error = guest.await("\"id\":" + (channel.hashCode() & 0xFF) + ",");
            assertThat(error.replace(channel, "X").replaceAll("\"id\":\\d+", "\"id\":0"))
                    .isEqualTo("{\"op\":\"error\",\"id\":0,\"code\":\"forbidden\",\"message\":\"no channel 'X' takes"
                            + " publishes of yours; check its name and your rights\",\"retry\":false}");
        }
        assertThat(shelf.records()).isEmpty();
    }

    @Test
    void aChannelThatOneMayReadSaysThatItTakesNoPublishes() {
        assertThat(session(Caller.named("bob")).say(publish(1, "machines")).await("error"))
                .contains("not_publishable");
        assertThat(session(Caller.ANONYMOUS).say(publish(1, "machines")).await("error"))
                .contains("forbidden");
    }

    @Test
    void theRuleIsAskedForEachPublish() {
        AtomicInteger asked = new AtomicInteger();
        RecordShelf own = new RecordShelf();
        try (LaundryBridge asking = LaundryBridge.builder()
                .settings(Map.of("laundry-bridge.path", "/laundry"))
                .publish(
                        "commands",
                        inbound -> inbound.sink(own)
                                .access((caller, channel) ->
                                        asked.incrementAndGet() == 1 ? Grant.everything() : Grant.nothing()))
                .build()) {
            asking.start();
            SessionProbe session = SessionProbe.full(asking.sink());
            session.say(publish(1, "commands")).await("\"op\":\"ack\"");
            session.say(publish(2, "commands")).await("forbidden");
            assertThat(own.messageIds()).containsExactly("m1");
        }
    }

    @Test
    void aPageKnowsWhetherItMayAsk() {
        assertThat(session(STAFF).await("welcome")).contains("\"publish\"").contains("\"publishBytes\":32768");
        try (LaundryBridge silent = LaundryBridge.builder()
                .settings(Map.of("laundry-bridge.path", "/laundry"))
                .source("machines", InMemorySource.named("test"))
                .access("machines", Access.anonymous())
                .build()) {
            silent.start();
            SessionProbe session = SessionProbe.full(silent.sink());
            assertThat(session.await("welcome")).doesNotContain("publish");
            assertThat(session.say(publish(1, "machines")).await("error")).contains("not_publishable");
        }
    }
}
