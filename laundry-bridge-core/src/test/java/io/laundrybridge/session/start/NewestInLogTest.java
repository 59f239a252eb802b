package io.laundrybridge.session.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.channel.log.LogWriter;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.select.TurnBudget;
import io.laundrybridge.source.StreamStart;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewestInLogTest {
    private static final int EVENTS = 3 * TurnBudget.A_TURN;

    private static final byte[] LINE = "1".getBytes(StandardCharsets.US_ASCII);

    private final LogWriter writer =
            LogWriter.whole(new StreamStart("e", PositionVector.ORIGIN, PositionVector.ORIGIN));
    private final TurnBudget steps = new TurnBudget(() -> 0);

    @Test
    void aSearchEndsWithItsTurnAndGoesOnInTheNext() {
        for (int i = 0; i < EVENTS; i++) {
            writer.appendRow(new EventLine(LINE, LINE.length, 0, "k", null, null), null);
        }
        NewestInLog search = new NewestInLog(writer.log(), Selection.of(List.of("absent")), 1, 0);
        int turns = 0;
        boolean over = false;
        while (!over) {
            steps.begin();
            over = search.goOn(steps);
            turns++;
        }
        assertThat(turns).isEqualTo(4); // the last one finds that there is no more
        assertThat(search.start().cursor().next()).isZero();
    }
}
