package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.config.Settings;
import io.laundrybridge.host.AuditEvent;
import io.laundrybridge.host.AuditEvent.Kind;
import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.AdmissionLimits;
import io.laundrybridge.policy.Access;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.session.WebSocketSinkBuilder;
import io.laundrybridge.session.admission.UpgradeRequest;
import io.laundrybridge.session.admission.UpgradeRequest.Connection;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.AuditTape;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Each connect, refusal, subscription and end is reported once, with the client and without a payload. */
class ClientsLeaveATrailInTheAuditTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private final AuditTape tape = new AuditTape();

    @Test
    void aSessionConnectsSubscribesAndDisconnects() {
        try (Laundry laundry = laundry(AdmissionLimits.DEFAULT)) {
            SessionProbe ann = SessionProbe.from(
                    "10.0.0.7", laundry.sink(), List.of("laundry-bridge.v1"), Map.of(), Caller.named("ann"));
            ann.subscribe("machines", "").await("\"op\":\"live\"");
            ann.cut();
            AuditEvent end = tape.await(Kind.DISCONNECT);
            assertThat(tape.events())
                    .extracting(AuditEvent::kind)
                    .containsExactly(Kind.CONNECT, Kind.SUBSCRIBE, Kind.DISCONNECT);
            assertThat(tape.events()).extracting(AuditEvent::channel).containsExactly("", "machines", "");
            assertThat(tape.events())
                    .allSatisfy(event -> assertThat(event.client())
                            .isEqualTo(new AuditEvent.Client(end.client().session(), "ann", "10.0.0.7", "")));
            assertThat(end.client().session()).isNotEmpty();
            assertThat(end.code()).isEmpty();
            assertThat(end.reason()).contains("the client closed");
        }
    }

    @Test
    void aSessionThatTheServerClosesEndsWithItsCode() {
        try (Laundry laundry = laundry(AdmissionLimits.DEFAULT)) {
            SessionProbe client = SessionProbe.full(laundry.sink()).say("no JSON");
            assertThat(client.awaitClose()).isEqualTo(4400);
            client.cut();
            AuditEvent end = tape.await(Kind.DISCONNECT);
            assertThat(end.code()).isEqualTo("4400");
            assertThat(end.reason()).contains("not valid JSON").doesNotContain("no JSON");
        }
    }

    @Test
    void everySessionHasAnIdOfItsOwnAndEndsWithItsServer() {
        Laundry laundry = laundry(AdmissionLimits.DEFAULT);
        SessionProbe.full(laundry.sink()).await("welcome");
        SessionProbe.plain(laundry.sink(), Map.of("channel", List.of("machines")));
        tape.await(Kind.SUBSCRIBE);
        laundry.close();
        Await.until("two ends", SOON, () -> ends().size() == 2);
        assertThat(ends()).extracting(event -> event.client().session()).doesNotHaveDuplicates();
        assertThat(ends()).extracting(AuditEvent::code).containsOnly("1012");
    }

    @Test
    void aRefusedSessionHasTheLimitThatItsClientIsNotTold() {
        try (Laundry laundry = laundry(new AdmissionLimits(100, 1, 100))) {
            assertThat(open(laundry, "ann").lines()).isNotNull();
            SessionProbe second = open(laundry, "ann");
            assertThat(second.awaitClose()).isEqualTo(1013);
            AuditEvent refusal = tape.await(Kind.REFUSE);
            assertThat(refusal.code()).isEqualTo("1013");
            assertThat(refusal.client().user()).isEqualTo("ann");
            assertThat(refusal.client().session()).isEmpty();
            assertThat(refusal.reason()).contains("limits.sessions-per-user is 1");
            assertThat(second.closeReason()).doesNotContain("sessions-per-user");
        }
    }

    @Test
    void aForbiddenSubscriptionIsReportedInBothDialectsWithWhatWasAskedFor() {
        try (Laundry laundry = laundry(AdmissionLimits.DEFAULT)) {
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("secrets", "");
            client.await("\"code\":\"forbidden\"");
            SessionProbe plain = SessionProbe.plain(laundry.sink(), Map.of("channel", List.of("secrets")));
            assertThat(plain.awaitClose()).isEqualTo(4403);
            List<AuditEvent> asked = of(Kind.SUBSCRIBE);
            assertThat(asked).hasSize(2).allSatisfy(event -> {
                assertThat(event.channel()).isEqualTo("secrets");
                assertThat(event.code()).isEqualTo("forbidden");
            });
        }
    }

    @Test
    void aRightThatGoesIsReportedInBothDialects() {
        AtomicBoolean open = new AtomicBoolean(true);
        Access rule = (caller, channel) -> open.get() ? Grant.everything() : Grant.nothing();
        HostServices services = HostServices.standard().withAudit(tape);
        try (Laundry laundry = Laundry.open(channel -> channel.access(rule), sink -> sink.services(services))) {
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            client.await("\"op\":\"live\"");
            SessionProbe plain = SessionProbe.plain(laundry.sink(), Map.of("channel", List.of("machines")));
            Await.until("both", SOON, () -> of(Kind.SUBSCRIBE).size() == 2);
            open.set(false);
            laundry.sink().recheckAll();
            client.await("\"op\":\"unsubscribed\"");
            assertThat(plain.awaitClose()).isEqualTo(4403);
            assertThat(of(Kind.GRANT_CHANGED)).hasSize(2).allSatisfy(event -> {
                assertThat(event.channel()).isEqualTo("machines");
                assertThat(event.code()).isEqualTo("forbidden");
            });
        }
    }

    @Test
    void aRefusedHandshakeHasTheAddressAndThePage() {
        try (Laundry laundry = laundry(AdmissionLimits.DEFAULT)) {
            Map<String, String> headers = Map.of("Host", "localhost", "Origin", "http://evil.example");
            Connection connection = new Connection("127.0.0.1", "127.0.0.1", false);
            assertThat(laundry.sink()
                            .admits(UpgradeRequest.of(headers::get, null, false, connection))
                            .admitted())
                    .isFalse();
            AuditEvent refusal = tape.await(Kind.REFUSE);
            assertThat(refusal.code()).isEqualTo("403");
            assertThat(refusal.client().origin()).isEqualTo("http://evil.example");
            assertThat(refusal.client().address()).isEqualTo("127.0.0.1");
            assertThat(refusal.reason()).contains("allowed-origins");
        }
    }

    @Test
    void theLogIsQuietUnlessASettingSwitchesItOn() {
        Map<String, String> path = Map.of("laundry-bridge.path", "/laundry");
        assertThat(services(path).audit()).isEqualTo(AuditListener.NONE);
        assertThat(services(Map.of("laundry-bridge.path", "/laundry", "laundry-bridge.audit-log", "true"))
                        .audit())
                .isNotEqualTo(AuditListener.NONE);
    }

    private static HostServices services(Map<String, String> settings) {
        return WebSocketSinkBuilder.from(Settings.of(settings)).build().services();
    }

    @Test
    void aListenerThatThrowsChangesNothing() {
        HostServices services = HostServices.standard().withAudit(event -> {
            throw new AssertionError("the audit's disk is full");
        });
        try (Laundry laundry = Laundry.open(channel -> channel, sink -> sink.services(services))) {
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            client.await("\"op\":\"live\"");
            laundry.publish(0, 1);
            client.awaitEvents(1);
        }
    }

    private List<AuditEvent> ends() {
        return of(Kind.DISCONNECT);
    }

    private List<AuditEvent> of(Kind kind) {
        return tape.events().stream().filter(event -> event.kind() == kind).toList();
    }

    private static SessionProbe open(Laundry laundry, String user) {
        return SessionProbe.from("", laundry.sink(), List.of("laundry-bridge.v1"), Map.of(), Caller.named(user));
    }

    private Laundry laundry(AdmissionLimits limits) {
        HostServices services = HostServices.standard().withAudit(tape);
        return Laundry.open(channel -> channel, sink -> sink.services(services).admissionLimits(limits));
    }
}
