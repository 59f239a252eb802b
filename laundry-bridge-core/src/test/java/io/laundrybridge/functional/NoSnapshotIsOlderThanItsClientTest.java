package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Sessions share an image of the state for a second, but not with a session that has seen newer state. No time passes
 * here.
 */
class NoSnapshotIsOlderThanItsClientTest {
    private final HostServices services = HostServices.standard().withClock(InstantSource.system(), () -> 1);
    private final Laundry laundry =
            Laundry.open(channel -> channel.services(services).latestByKey(), sink -> sink.services(services));
    private String head = "";

    @BeforeEach
    void anImageIsSharedThatTenEventsHaveComeAfter() {
        laundry.publish(0, 10);
        SessionProbe first = SessionProbe.full(laundry.sink()).subscribe("machines", "");
        head = Wire.head(first.await("\"state\":\"end\""));
        laundry.publish(10, 10);
    }

    @AfterEach
    void stops() {
        laundry.close();
    }

    @Test
    void aClientAwayTooLongToResumeIsShownNoneOlderThanItsPosition() {
        String longAgo = head.substring(0, head.indexOf('.')) + ".1";
        SessionProbe back = SessionProbe.full(laundry.sink());
        back.subscribe("machines", ",\"from\":\"at:" + longAgo + ":0@20\"").await("\"op\":\"live\"");
        assertThat(back.await("subscribed")).contains("\"recovered\":false");
        assertThat(Wire.numbers(back.events())).containsExactlyElementsOf(Wire.range(10, 20));
    }

    @Test
    void aChangeBeforeTheFirstEventShowsNoneOlderThanThePosition() {
        SessionProbe back = SessionProbe.full(laundry.sink());
        back.await("welcome");
        back.stopReading();
        back.say("{\"op\":\"ping\",\"id\":7}").await("pong");
        back.subscribe("machines", ",\"from\":\"at:" + head + ":0@20\"").subscribe("machines", "");
        back.readAgain();
        back.await("\"op\":\"live\"");
        assertThat(Wire.numbers(back.events())).containsExactlyElementsOf(Wire.range(10, 20));
    }
}
