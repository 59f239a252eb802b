package io.laundrybridge.session.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.AdmissionLimits;
import io.laundrybridge.session.admission.Entrance.Permit;
import io.laundrybridge.session.admission.UpgradeRequest.Connection;
import io.laundrybridge.testing.CountingTelemetry;
import java.security.Principal;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How many sessions a client may have, and what is counted and said of those that are one too many. */
class EntranceTest {
    private final AtomicLong now = new AtomicLong();
    private final CountingTelemetry telemetry = new CountingTelemetry();

    @Test
    void anAddressHasSoManySessionsWithoutASubscription() throws RefusedSessionException {
        Entrance entrance = entrance(2, 100, 100);
        Permit first = entrance.enter("203.0.113.9", null);
        entrance.enter("203.0.113.9", null);
        refused(entrance, "203.0.113.9", null);
        entrance.enter("203.0.113.10", null);
        first.subscribed();
        first.subscribed();
        Permit third = entrance.enter("203.0.113.9", null);
        refused(entrance, "203.0.113.9", null);
        first.left();
        refused(entrance, "203.0.113.9", null);
        third.left();
        third.left();
        entrance.enter("203.0.113.9", null);
        refused(entrance, "203.0.113.9", null);
        assertThat(telemetry.sum(Meter.CLIENTS_LIMITED)).isEqualTo(4);
    }

    @Test
    void anIpv6NetworkIsOneAddress() throws RefusedSessionException {
        Entrance entrance = entrance(1, 100, 100);
        entrance.enter("2001:db8:1:2::1", null);
        refused(entrance, "2001:db8:1:2:ffff::9", null);
        entrance.enter("2001:db8:1:3::1", null);
        entrance.enter("203.0.113.9", null);
        refused(entrance, "::ffff:203.0.113.9", null);
    }

    @Test
    void aUserHasSoManySessionsFromWherever() throws RefusedSessionException {
        Entrance entrance = entrance(100, 2, 100);
        Permit first = entrance.enter("203.0.113.1", user("anna"));
        first.subscribed();
        entrance.enter("203.0.113.2", user("anna"));
        refused(entrance, "203.0.113.3", user("anna"));
        entrance.enter("203.0.113.3", user("bert"));
        entrance.enter("203.0.113.3", null);
        first.left();
        entrance.enter("203.0.113.3", user("anna"));
    }

    @Test
    void clientsOfUnknownAddressesShareNoCap() throws RefusedSessionException {
        Entrance entrance = entrance(1, 1, 100);
        entrance.enter("", null);
        entrance.enter("", null);
    }

    @Test
    void anAddressConnectsSoOftenAndRecovers() throws RefusedSessionException {
        Entrance entrance = entrance(1_000, 1_000, 5);
        for (int i = 0; i < 50; i++) {
            entrance.enter("203.0.113.9", null).left();
        }
        refused(entrance, "203.0.113.9", null);
        entrance.enter("203.0.113.10", null);
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
        entrance.enter("203.0.113.9", null);
        refused(entrance, "203.0.113.9", null);
    }

    @Test
    void theTableOfAddressesIsBounded() {
        HandshakeRate rate = new HandshakeRate(1, now::get);
        for (int i = 0; i < HandshakeRate.ADDRESSES * 2; i++) {
            rate.take("a" + i);
        }
        assertThat(rate.size()).isLessThanOrEqualTo(HandshakeRate.ADDRESSES + 1);
        assertThat(rate.take("one more")).as("those beyond it share a bucket").isFalse();
        assertThat(rate.take("a7")).isTrue();
        now.addAndGet(TimeUnit.SECONDS.toNanos(20));
        assertThat(rate.take("one more")).isTrue();
        assertThat(rate.size()).isEqualTo(1);
    }

    @Test
    void aRefusedPageIsCounted() {
        Entrance entrance = entrance(1, 1, 1);
        Map<String, String> headers = Map.of("Host", "localhost", "Origin", "http://evil.example");
        Connection connection = new Connection("127.0.0.1", "127.0.0.1", false);
        assertThat(entrance.judge(UpgradeRequest.of(headers::get, null, false, connection))
                        .admitted())
                .isFalse();
        assertThat(telemetry.sum(Meter.HANDSHAKES_REFUSED)).isEqualTo(1);
    }

    private void refused(Entrance entrance, String address, @Nullable Principal user) {
        assertThatThrownBy(() -> entrance.enter(address, user)).isInstanceOf(RefusedSessionException.class);
    }

    private Entrance entrance(int perAddress, int perUser, int handshakes) {
        HostServices services =
                HostServices.standard().withTelemetry(telemetry).withClock(InstantSource.system(), now::get);
        return new Entrance(Admission.DEFAULT, new AdmissionLimits(perAddress, perUser, handshakes), services);
    }

    private static Principal user(String name) {
        return () -> name;
    }
}
