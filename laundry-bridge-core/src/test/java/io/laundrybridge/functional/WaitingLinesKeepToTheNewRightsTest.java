package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.auth.AuthMode;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines wait because a client reads slowly, and meanwhile its rights are narrowed. */
class WaitingLinesKeepToTheNewRightsTest {
    /** A rule that answers at once, by the claim "sees", and notes the last one. */
    private final class Rule implements Access {
        @Override
        public Grant grant(Caller caller, String channel) {
            String sees = String.valueOf(caller.claim("sees"));
            asked = sees;
            return sees.equals("all")
                    ? Grant.everything()
                    : sees.equals("nothing") ? Grant.nothing() : Grant.rows(RowFilter.keyPrefix(sees + "/"));
        }

        @Override
        public boolean immediate() {
            return true;
        }
    }

    private volatile String asked = "";

    private final InMemorySource source = InMemorySource.named("orders", 1, 10_000, Runnable::run);
    private final WebSocketSink sink = WebSocketSink.builder("/laundry")
            .secret("a-secret-of-32-characters-or-more")
            .authMode(AuthMode.OPTIONAL)
            .authenticator(credentials ->
                    CompletableFuture.completedFuture(credentials.token() == null ? null : anna(credentials.token())))
            .build();
    private final Bridge bridge =
            Bridge.from(source).channel("orders").access(new Rule()).to(sink);

    private static Caller anna(String sees) {
        return Caller.named("anna").withClaims(Map.of("sees", sees));
    }

    @BeforeEach
    void starts() {
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(10));
    }

    @AfterEach
    void stops() {
        bridge.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "nothing"})
    void noneTellsAnOffsetOnceTheRightsAreNarrower(String sees) {
        SessionProbe client = SessionProbe.open(sink, List.of(FullDialect.SUBPROTOCOL), Map.of(), anna("all"), true);
        client.subscribe("orders", "").await("\"op\":\"live\"");
        client.stopReading();
        source.publish("b/1", "{\"n\":1}");
        client.await("\"n\":1");
        client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"orders\",\"keys\":[\"a/*\",\"b/*\"]}");
        client.say("{\"op\":\"view\",\"hidden\":true}");
        client.say("{\"op\":\"auth\",\"id\":3,\"token\":\"" + sees + "\"}");
        Await.until("the new rights", Duration.ofSeconds(10), () -> asked.equals(sees));
        client.say("{\"op\":\"ping\",\"id\":4}");
        client.readAgain();
        client.await("\"op\":\"pong\",\"id\":4");
        client.await("\"op\":\"subscribed\",\"id\":2");
        client.await(sees.equals("a") ? "\"reason\":\"access\"" : "\"reason\":\"forbidden\"");
        List<String> lines = client.lines();
        assertThat(lines.subList(lines.indexOf(client.await("\"op\":\"authenticated\"")), lines.size()))
                .hasSizeGreaterThan(2)
                .noneMatch(line -> line.contains("@"));
    }
}
