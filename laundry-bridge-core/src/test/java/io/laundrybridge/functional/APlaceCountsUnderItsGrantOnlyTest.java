package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.source.InMemorySource;
import io.laundrybridge.testing.SessionProbe;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's grant changes while it is away; then it comes back to the place that it had. */
class APlaceCountsUnderItsGrantOnlyTest {
    /** A rule that answers at once. */
    private record Rule(Access rule) implements Access {
        @Override
        public Grant grant(Caller caller, String channel) {
            return rule.grant(caller, channel);
        }

        @Override
        public boolean immediate() {
            return true;
        }
    }

    private static final String SECRET = "a-secret-of-32-characters-or-more";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final InMemorySource source = InMemorySource.named("orders", 1, 10_000, Runnable::run);
    private final WebSocketSink sealing =
            WebSocketSink.builder("/laundry").secret(SECRET).build();
    private final WebSocketSink open = WebSocketSink.at("/laundry");
    private final List<Bridge> bridges = List.of(
            bridge("stream", channel -> channel, sealing),
            bridge("state", ChannelBuilder::latestByKey, sealing),
            bridge("stream", channel -> channel, open),
            bridge("state", ChannelBuilder::latestByKey, open));

    private volatile Grant grant = Grant.everything();

    private Bridge bridge(String name, UnaryOperator<ChannelBuilder> more, WebSocketSink sink) {
        return more.apply(Bridge.from(source).channel(name).access(new Rule((caller, channel) -> grant)))
                .to(sink);
    }

    @BeforeEach
    void starts() {
        bridges.forEach(Bridge::start);
        bridges.forEach(bridge -> bridge.awaitLive(SOON));
        for (int n = 0; n < 20; n++) {
            source.publish("abc".charAt(n % 3) + "/" + n % 2, "{\"n\":" + n + "}");
        }
    }

    @AfterEach
    void stops() {
        bridges.forEach(Bridge::stop);
    }

    /** All, or the rows of these tenants. */
    private static Grant of(String tenants) {
        if (tenants.equals("all")) {
            return Grant.everything();
        }
        RowFilter rows = RowFilter.keyPrefix(tenants.charAt(0) + "/");
        for (int i = 1; i < tenants.length(); i++) {
            rows = rows.or(RowFilter.keyPrefix(tenants.charAt(i) + "/"));
        }
        return Grant.rows(rows);
    }

    private static SessionProbe session(WebSocketSink sink, String channel, String request) {
        SessionProbe session =
                SessionProbe.open(sink, List.of(FullDialect.SUBPROTOCOL), Map.of(), Caller.named("anna"), true);
        return session.subscribe(channel, request);
    }

    private static String place(String line) {
        return line.replaceAll(".*\"at\":\"([^\"]*)\".*", "$1");
    }

    private String earned(WebSocketSink sink, String channel, Grant under) {
        grant = under;
        SessionProbe session = session(sink, channel, "");
        session.await("\"op\":\"live\"");
        session.cut();
        return place(
                session.await("a last place", line -> line.contains("\"op\":\"subscribed\"") && line.contains("at")));
    }

    @ParameterizedTest
    @CsvSource({"all,a", "a,all", "ab,a", "a,ab", "a,b"})
    void anotherGrantIsAResetBeforeAnythingElse(String before, String now) {
        for (WebSocketSink sink : List.of(sealing, open)) {
            String place = earned(sink, "stream", of(before));
            grant = of(now);
            SessionProbe back = session(sink, "stream", ",\"else\":\"last:2\",\"from\":\"at:" + place + "\"");
            back.await("\"op\":\"live\"");
            List<String> lines = back.lines().stream()
                    .filter(line -> !line.contains("welcome"))
                    .toList();
            assertThat(lines.get(0)).contains("subscribed").contains("\"recovered\":false");
            assertThat(lines.get(1)).contains("\"op\":\"reset\"").contains("\"reason\":\"access\"");
            assertThat(back.events()).hasSize(2);
            assertThat(place(lines.get(1)).startsWith("~")).isEqualTo(sink == sealing && !now.equals("all"));
        }
    }

    @Test
    void aChannelWithStateSendsASnapshotAfterTheReset() {
        for (WebSocketSink sink : List.of(sealing, open)) {
            String place = earned(sink, "state", of("ab"));
            grant = of("b");
            SessionProbe back = session(sink, "state", ",\"from\":\"at:" + place + "\"");
            back.await("\"state\":\"end\"");
            List<String> lines = back.lines();
            assertThat(lines.get(2)).contains("\"reason\":\"access\"");
            assertThat(lines.get(3)).contains("\"state\":\"begin\"");
            assertThat(back.events()).hasSize(2).allMatch(event -> event.contains("\"k\":\"b/"));
        }
    }

    @Test
    void theSameGrantResumes() {
        for (WebSocketSink sink : List.of(sealing, open)) {
            for (String tenants : List.of("all", "a", "ab")) {
                String place = earned(sink, "stream", of(tenants));
                SessionProbe back = session(sink, "stream", ",\"from\":\"at:" + place + "\"");
                assertThat(back.await("subscribed")).contains("\"recovered\":true");
            }
        }
    }

    @Test
    void aPlainClientIsToldByItsClose() {
        String place = earned(sealing, "stream", of("ab"));
        grant = of("b");
        SessionProbe plain = SessionProbe.open(
                sealing,
                List.of(),
                Map.of("channel", List.of("stream"), "from", List.of("at:" + place)),
                Caller.named("anna"),
                true);
        assertThat(plain.awaitClose()).isEqualTo(4410);
        assertThat(plain.lines()).isEmpty();
    }

    /** An open place tells a restricted session nothing, whatever it names: neither offsets, nor epochs. */
    @ParameterizedTest
    @ValueSource(strings = {"0@0", "0@7", "0@99999999", "0@1.99", "7@1", ""})
    void aRestrictedSessionCannotProbeOffsetsByForgedPlaces(String vector) {
        String head = earned(sealing, "stream", Grant.everything());
        head = head.substring(0, head.indexOf(':'));
        grant = of("a");
        String tag = place(session(open, "stream", "").await("subscribed")).split("[.:]", -1)[2];
        for (String forged : List.of(head, head + "." + tag, "another.1", "another.1." + tag)) {
            SessionProbe back = session(sealing, "stream", ",\"from\":\"at:" + forged + ":" + vector + "\"");
            assertThat(back.await("\"op\":\"reset\"")).contains("\"reason\":\"access\"");
        }
    }

    @Test
    void openPlacesOfRestrictedSessionsAreOneWarning() {
        PrintStream err = System.err;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        System.setErr(new PrintStream(all, true, StandardCharsets.UTF_8));
        try {
            earned(sealing, "stream", of("a"));
            earned(open, "stream", Grant.everything());
            assertThat(all.toString(StandardCharsets.UTF_8)).doesNotContain("places");
            earned(open, "stream", of("a"));
            earned(open, "state", of("b"));
        } finally {
            System.setErr(err);
        }
        assertThat(all.toString(StandardCharsets.UTF_8).lines())
                .hasSize(1)
                .allMatch(line -> line.contains("WARN")
                        && line.contains("offsets tell them how many other rows there are")
                        && line.contains("laundry-bridge.secret"));
    }
}
