package io.laundrybridge.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Checks that missing, announced and late events are counted separately. */
class LossesAreDistinguishedTest {
    private final Tally tally = new Tally();
    private final Place place = new Place(1, true);

    @Test
    void skippedEventsAreMissing() {
        events(0, 1, 4);

        assertThat(tally.missing).isEqualTo(2);
        assertThat(tally.announced).isZero();
    }

    @Test
    void eventsWithinAGapAreAnnounced() {
        events(0, 1);
        place.gap(gap(2, 4), tally);
        events(4, 5);

        assertThat(tally.missing).isZero();
        assertThat(tally.announced).isEqualTo(2);
    }

    @Test
    void eventsSkippedAfterTheEndOfAGapAreMissing() {
        events(0, 1);
        place.gap(gap(2, 4), tally);
        events(5);

        assertThat(tally.missing).isEqualTo(1);
    }

    @Test
    void repeatedAndLateEventsAreCountedToo() {
        events(0, 2, 1, 2);

        assertThat(tally.missing).isEqualTo(1);
        assertThat(tally.late).isEqualTo(2);
    }

    private void events(long... sequences) {
        for (long sequence : sequences) {
            place.event(sequence, 0, tally);
        }
    }

    private static String gap(long from, long to) {
        return "{\"op\":\"gap\",\"ch\":\"bench\",\"p\":\"0\",\"from\":\"0@" + from + ".0\",\"to\":\"0@" + to
                + ".0\",\"reason\":\"overflow\"}";
    }
}
