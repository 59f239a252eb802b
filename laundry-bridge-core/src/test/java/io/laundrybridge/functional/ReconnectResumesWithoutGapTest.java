package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconnectResumesWithoutGapTest {
    @Test
    void aClientThatComesBackGetsExactlyWhatItMissed() {
        try (Laundry laundry = Laundry.open()) {
            laundry.publish(0, 10);
            SessionProbe first = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            String head = Wire.head(first.await("\"op\":\"live\"", line -> line.contains("\"op\":\"subscribed\"")));
            laundry.publish(10, 10);
            List<String> seen = new ArrayList<>(first.awaitEvents(10));
            first.cut();
            laundry.publish(20, 10);

            SessionProbe again =
                    SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"at:" + head + ":0@20\"");
            seen.addAll(again.awaitEvents(10));
            again.await("\"op\":\"live\"");

            assertThat(Wire.numbers(seen)).containsExactlyElementsOf(Wire.range(10, 30));
            assertThat(again.await("subscribed")).contains("\"recovered\":true");
            assertThat(again.lines()).noneMatch(line -> line.contains("\"op\":\"gap\""));
        }
    }

    @Test
    void everyOffsetIsAPlaceToComeBackTo() {
        try (Laundry laundry = Laundry.open()) {
            laundry.publish(0, 50);
            SessionProbe first = SessionProbe.full(laundry.sink()).subscribe("machines", ",\"from\":\"earliest\"");
            String head = Wire.head(first.await("subscribed"));
            first.awaitEvents(50);
            for (int from = 0; from <= 50; from++) {
                SessionProbe again = SessionProbe.full(laundry.sink())
                        .subscribe("machines", ",\"from\":\"at:" + head + ":0@" + from + "\"");
                again.await("\"op\":\"live\"");
                assertThat(Wire.numbers(again.events())).containsExactlyElementsOf(Wire.range(from, 50));
                again.cut();
            }
        }
    }

    @Test
    void aPositionOfAnotherLifeIsReset() {
        try (Laundry laundry = Laundry.open()) {
            laundry.publish(0, 3);
            SessionProbe client = SessionProbe.full(laundry.sink())
                    .subscribe("machines", ",\"from\":\"at:other.1:0@2\",\"else\":\"earliest\"");
            assertThat(client.await("subscribed")).contains("\"recovered\":false");
            assertThat(client.await("\"op\":\"reset\"")).contains("\"reason\":\"epoch\"");
            assertThat(Wire.numbers(client.awaitEvents(3))).containsExactly(0, 1, 2);
        }
    }

    @Test
    void aTopicMadeAgainResetsItsSubscribers() {
        try (Laundry laundry = Laundry.open()) {
            SessionProbe client = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            client.await("\"op\":\"live\"");
            laundry.publish(0, 3);
            client.awaitEvents(3);
            laundry.source().recreate();
            laundry.publish(100, 2);
            assertThat(Wire.numbers(client.awaitEvents(5))).containsExactly(0, 1, 2, 100, 101);
            assertThat(client.lines())
                    .filteredOn(line -> line.contains("\"op\":\"reset\"") || line.contains("\"n\":100"))
                    .first()
                    .asString()
                    .contains("\"reason\":\"epoch\"");
        }
    }
}
