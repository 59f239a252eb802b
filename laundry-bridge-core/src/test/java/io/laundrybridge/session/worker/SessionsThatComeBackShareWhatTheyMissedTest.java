package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many sessions that come back at one place, as after a restart of what is before the node. */
class SessionsThatComeBackShareWhatTheyMissedTest {
    private final OneWorker worker = new OneWorker();

    @AfterEach
    void stop() throws Exception {
        worker.close();
    }

    @Test
    void inOneFrameForAllOfThemBehindAnswersOfTheirOwn() throws Exception {
        worker.fillLog();
        worker.publish("k", 70);
        OneWorker.Client one = worker.new Client(",\"from\":\"last:70\"");
        OneWorker.Client other = worker.new Client(",\"from\":\"last:70\"");
        worker.settle();

        assertThat(one.events()).isEqualTo(70);
        assertThat(one.lines().stream().filter(line -> line.contains("\"op\":\"live\"")))
                .hasSize(1);
        assertThat(one.framesOfEvents()).isNotEmpty().isEqualTo(other.framesOfEvents());
        assertThat(one.lines()).hasSameSizeAs(other.lines());
    }

    @Test
    void withTheirAnswersIfItIsLittle() throws Exception {
        worker.publish("k", 3);
        OneWorker.Client one = worker.new Client(",\"from\":\"last:3\"");
        worker.settle();

        assertThat(one.events()).isEqualTo(3);
        assertThat(one.framesOfEvents()).isEmpty();
    }
}
