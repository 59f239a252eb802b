package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.ChannelBuilder;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.policy.Retention;
import io.laundrybridge.policy.RowFilter;
import io.laundrybridge.session.MovingRights;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rights of an open page change. What it may no longer see goes, and what it may see comes. */
class RightsThatMoveTest {
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 64 << 10);

    /** Sees nothing without the claim, everything with "all", otherwise the tenants in it. */
    private static Grant rule(Caller caller) {
        Object sees = caller.claim("sees");
        return sees == null
                ? Grant.nothing()
                : sees.equals(List.of("all")) ? Grant.everything() : Grant.rows(RowFilter.eq("/tenant", sees));
    }

    private final MovingRights rights = new MovingRights();
    private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));

    private Laundry laundry(UnaryOperator<ChannelBuilder> channel) {
        return laundry(channel, false);
    }

    private Laundry laundry(UnaryOperator<ChannelBuilder> channel, boolean blocking) {
        Access rule = blocking
                ? (caller, name) -> rule(caller)
                : new Access() {
                    @Override
                    public Grant grant(Caller caller, String name) {
                        return rule(caller);
                    }

                    @Override
                    public boolean immediate() {
                        return true;
                    }
                };
        return Laundry.open(
                channel.andThen(built -> built.filterFields("/tenant", "/n").access(rule))::apply, rights::in);
    }

    private static void put(Laundry laundry, String key, String tenant, int n) {
        laundry.publish(key, "{\"n\":" + n + ",\"tenant\":\"" + tenant + "\"}");
    }

    private static Caller anna(Object... sees) {
        return Caller.named("anna").withClaims(Map.of("sees", List.of(sees)));
    }

    private static SessionProbe open(Laundry laundry, Object... sees) {
        return SessionProbe.open(laundry.sink(), List.of(FullDialect.SUBPROTOCOL), Map.of(), anna(sees), true);
    }

    private static SessionProbe live(Laundry laundry, String rest, Object... sees) {
        SessionProbe client = open(laundry, sees).subscribe("machines", rest);
        client.await("\"op\":\"live\"");
        return client;
    }

    private static List<String> after(SessionProbe client, String text) {
        List<String> lines = client.lines();
        return lines.subList(
                lines.indexOf(client.await(text)) + 1, client.lines().size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEqualGrantChangesNothingOnTheWire(boolean state) {
        try (Laundry laundry = laundry(channel -> state ? channel.latestByKey() : channel)) {
            put(laundry, "a", "a", 1);
            SessionProbe client = live(laundry, "", "a");
            client.say("{\"op\":\"ping\",\"id\":1}").await("\"op\":\"pong\"");
            int before = client.lines().size();
            rights.sees("anna", "a");
            client.say("{\"op\":\"ping\",\"id\":2}").await("\"op\":\"pong\",\"id\":2");
            assertThat(client.linesFrom(before)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStateComesAnewUnderTheNewGrant(boolean blocking) {
        try (Laundry laundry = laundry(channel -> channel.latestByKey(), blocking)) {
            put(laundry, "a", "a", 1);
            put(laundry, "b", "b", 2);
            SessionProbe client = live(laundry, "", "a", "b");
            rights.sees("anna", "b");
            client.await("\"op\":\"reset\"");
            put(laundry, "a", "a", 3);
            put(laundry, "b", "b", 4);
            client.await("\"n\":4,");
            List<String> after = after(client, "\"reason\":\"access\"");
            assertThat(after).noneMatch(line -> line.contains("\"k\":\"a\""));
            assertThat(after.toString()).contains("\"state\":\"begin\"", "\"n\":2,", "\"state\":\"end\"", "\"n\":4,");
            rights.sees("anna", "all");
            client.await("\"n\":3,");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "a"})
    void aStreamGoesOnUnderTheNewGrant(String former) {
        try (Laundry laundry = laundry(channel -> channel)) {
            SessionProbe client = live(laundry, "", former);
            put(laundry, "b", "b", 1);
            put(laundry, "a", "a", 2);
            client.await("\"n\":2,");
            rights.sees("anna", "b");
            client.await("\"reason\":\"access\"");
            put(laundry, "a", "a", 3);
            put(laundry, "b", "b", 4);
            client.await("\"n\":4,");
            assertThat(after(client, "\"reason\":\"access\""))
                    .noneMatch(line -> line.contains("\"state\"") || line.contains("\"n\":3,"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingEndsTheSubscriptionAndNothingElse(boolean blocking) {
        try (Laundry laundry = laundry(channel -> channel, blocking)) {
            Laundry other = Laundry.join(laundry, "other");
            SessionProbe client = live(laundry, "", "all").subscribe("other", "");
            client.await("\"op\":\"live\",\"ch\":\"other\"");
            rights.become("anna", caller -> caller.withClaims(Map.of()));
            assertThat(client.await("\"op\":\"unsubscribed\"")).contains("\"reason\":\"forbidden\"");
            put(laundry, "a", "a", 1);
            other.publish("o", "{\"n\":7}");
            client.await("\"n\":7");
            assertThat(client.lines()).noneMatch(line -> line.contains("\"n\":1,"));
            client.subscribe("machines", "");
            client.await("\"code\":\"forbidden\"");
            other.close();
        }
    }

    @Test
    void aSubscriptionThatSearchesItsStartIsAskedToo() {
        try (Laundry laundry = laundry(channel -> channel)) {
            put(laundry, "a", "a", 1);
            String head = Wire.head(live(laundry, "", "all").await("subscribed"));
            SessionProbe client = open(laundry, "all").subscribe("machines", ",\"from\":\"at:" + head + ":0@3\"");
            client.say("{\"op\":\"ping\",\"id\":2}").await("\"op\":\"pong\"");
            rights.become("anna", caller -> caller.withClaims(Map.of()));
            client.await("\"code\":\"forbidden\"");
            put(laundry, "a", "a", 2);
            put(laundry, "a", "a", 3);
            put(laundry, "a", "a", 4);
            client.say("{\"op\":\"ping\",\"id\":3}").await("\"op\":\"pong\",\"id\":3");
            assertThat(client.events()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHiddenPageLosesItsRowsAtOnce(boolean state) {
        try (Laundry laundry = laundry(channel -> state ? channel.latestByKey() : channel)) {
            put(laundry, "a", "a", 1);
            put(laundry, "b", "b", 2);
            SessionProbe client = live(laundry, "", "a", "b");
            client.say("{\"op\":\"view\",\"hidden\":true}");
            client.say("{\"op\":\"ping\",\"id\":2}").await("\"op\":\"pong\"");
            rights.sees("anna", "b");
            client.await("\"reason\":\"access\"");
            put(laundry, "a", "a", 3);
            put(laundry, "b", "b", 4);
            client.say("{\"op\":\"view\",\"hidden\":false}");
            client.await("\"n\":4,");
            assertThat(after(client, "\"reason\":\"access\"")).noneMatch(line -> line.contains("\"k\":\"a\""));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSnapshotOrAReplayThatIsBeingReadGoesOnUnderTheNewGrant(boolean state) {
        try (Laundry laundry = laundry(channel -> (state ? channel.latestByKey() : channel).retain(SMALL))) {
            for (int n = 0; n < 3_000; n++) {
                String tenant = n % 2 == 0 ? "a" : "b";
                laundry.source().publish(tenant + n, "{\"n\":" + n + ",\"tenant\":\"" + tenant + "\"}");
            }
            put(laundry, "b", "b", 5_000);
            SessionProbe client = open(laundry, "a", "b");
            client.say("{\"op\":\"ping\",\"id\":2}").await("\"op\":\"pong\"");
            client.stopReading();
            client.subscribe("machines", state ? "" : ",\"from\":\"earliest\"");
            client.await("\"op\":\"subscribed\"");
            Await.until("the first rows", Duration.ofSeconds(10), () -> {
                client.readOnce();
                return client.lines().stream().anyMatch(line -> line.contains("\"tenant\":\"a\""));
            });
            rights.willSee("anna", "b");
            client.readAgain();
            client.await("\"reason\":\"access\"");
            client.await("\"n\":5000,");
            client.await("\"op\":\"live\"");
            assertThat(after(client, "\"reason\":\"access\"")).noneMatch(line -> line.contains("\"tenant\":\"a\""));
        }
    }

    @Test
    void aPlainClientIsClosed() {
        try (Laundry laundry = laundry(channel -> channel)) {
            SessionProbe plain =
                    SessionProbe.open(laundry.sink(), List.of(), Map.of("from", List.of("last:10")), anna("all"), true);
            put(laundry, "a", "a", 1);
            plain.await("\"n\":1,");
            rights.sees("anna", "all");
            put(laundry, "a", "a", 2);
            plain.await("\"n\":2,");
            rights.sees("anna", "b");
            assertThat(plain.awaitClose()).isEqualTo(4410);
            SessionProbe again =
                    SessionProbe.open(laundry.sink(), List.of(), Map.of("from", List.of("last:10")), anna("all"), true);
            put(laundry, "a", "a", 3);
            again.await("\"n\":3,");
            rights.become("anna", caller -> caller.withClaims(Map.of()));
            assertThat(again.awaitClose()).isEqualTo(4403);
        }
    }

    @Test
    void aSubscribeSeesTheNewRightsBeforeTheyAreAskedAgain() {
        AtomicReference<Grant> now = new AtomicReference<>(Grant.everything());
        Access rule = (caller, name) -> now.get();
        try (Laundry laundry = Laundry.open(
                channel -> channel.latestByKey().filterFields("/tenant").access(rule), rights::in)) {
            put(laundry, "a", "a", 1);
            put(laundry, "b", "b", 2);
            SessionProbe client = live(laundry, "", "x");
            now.set(Grant.rows(RowFilter.eq("/tenant", "b")));
            client.say("{\"op\":\"subscribe\",\"id\":2,\"ch\":\"machines\",\"keys\":[\"*\"]}");
            client.await("\"op\":\"subscribed\",\"id\":2");
            put(laundry, "b", "b", 3);
            client.await("\"n\":3,");
            assertThat(after(client, "\"reason\":\"access\"")).noneMatch(line -> line.contains("\"k\":\"a\""));
        }
    }

    @Test
    void whileARuleIsAskedItsChannelWaitsInOrderAndOthersGoOn() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Access slow = (caller, name) -> {
            asked.countDown();
            await(gate.get());
            return Grant.everything();
        };
        gate.set(new CountDownLatch(1));
        try (Laundry laundry = Laundry.open(channel -> channel.access(slow), rights::in)) {
            Laundry other = Laundry.join(laundry, "other");
            SessionProbe client = open(laundry).subscribe("machines", "");
            client.say("{\"op\":\"unsubscribe\",\"id\":2,\"ch\":\"machines\"}");
            client.say("{\"op\":\"subscribe\",\"id\":3,\"ch\":\"machines\"}");
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            client.say("{\"op\":\"subscribe\",\"id\":4,\"ch\":\"other\"}");
            client.await("\"op\":\"live\",\"ch\":\"other\"");
            other.publish("o", "{\"n\":7}");
            client.await("\"n\":7");
            assertThat(client.lines()).noneMatch(line -> line.contains("\"ch\":\"machines\""));
            gate.get().countDown();
            client.await("\"op\":\"subscribed\",\"id\":3");
            List<String> about = client.lines().stream()
                    .filter(line -> line.contains("\"op\":\"subscribed\"") || line.contains("unsubscribed"))
                    .map(line -> line.replaceAll(".*\"id\":(\\d).*", "$1"))
                    .toList();
            assertThat(about).containsExactly("4", "1", "2", "3");
            other.close();
        }
    }

    @Test
    void anAnswerAboutFormerRightsDoesNotCount() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Access slow = (caller, name) -> {
            asked.countDown();
            await(gate.get());
            return rule(caller);
        };
        gate.set(new CountDownLatch(1));
        try (Laundry laundry = Laundry.open(channel -> channel.access(slow), rights::in)) {
            SessionProbe client = open(laundry, "all").subscribe("machines", "");
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            rights.become("anna", caller -> caller.withClaims(Map.of()));
            gate.get().countDown();
            client.await("\"code\":\"forbidden\"");
            assertThat(client.lines()).noneMatch(line -> line.contains("\"op\":\"subscribed\""));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
