package io.laundrybridge.test.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.kafka.CommittedRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Breaks each rule once, and checks that the judge finds it. */
class DeliveryJudgeTest {
    /** Offsets 3 and 4 of partition 0 are a hole: a transaction that was taken back. */
    private static final DeliveryJudge JUDGE = new DeliveryJudge(
            List.of(record(0, 0), record(0, 1), record(0, 2), record(0, 5), record(0, 6), record(1, 0)));

    private final DeliveryLedger ledger = new DeliveryLedger("machines");

    @Test
    void aCleanHistoryPasses() {
        subscribed("k.a:");
        events("0@0.1", "0@1.1", "1@0.1", "0@2.1", "0@5.2", "0@6.2");
        assertThat(violations()).isEmpty();
    }

    @Test
    void aHistoryThatBeganLateAndHasNotEndedPasses() {
        subscribed("k.a:0@2.1,1@1.1");
        events("0@2.1");
        assertThat(violations()).isEmpty();
    }

    @Test
    void aGapExplainsWhatIsMissing() {
        subscribed("k.a:");
        events("0@0.1");
        gap(1, 5, "overflow");
        events("0@5.1", "0@6.1");
        assertThat(violations()).isEmpty();
    }

    @Test
    void findsAnOlderEventBehindANewerOne() {
        subscribed("k.a:");
        events("0@0.1", "0@2.1", "0@1.1", "0@5.1");
        assertThat(violations()).containsExactly("I1 order: 0@1 came after 0@2");
    }

    @Test
    void findsALeaderEpochThatFell() {
        subscribed("k.a:");
        events("0@0.3", "0@1.2");
        assertThat(violations()).containsExactly("I1 order: 0@1 has leader epoch 2 after 3");
    }

    @Test
    void findsAnEventThatNeverCame() {
        subscribed("k.a:");
        events("0@0.1", "0@2.1");
        assertThat(violations()).containsExactly("I2 completeness: 0@1 never came and no gap covers it");
    }

    @Test
    void findsTheLossBehindAPositionThatJumps() {
        subscribed("k.a:");
        events("0@0.1");
        subscribed("k.b:0@2.1");
        events("0@2.1");
        assertThat(violations()).containsExactly("I2 completeness: 0@1 never came and no gap covers it");
    }

    @Test
    void findsTheLossBehindABookmark() {
        subscribed("k.a:");
        ledger.take("{\"op\":\"bookmark\",\"ch\":\"machines\",\"at\":\"k.b:1@1\"}");
        assertThat(violations()).containsExactly("I2 completeness: 1@0 never came and no gap covers it");
    }

    @Test
    void findsAGapThatIsTooShort() {
        subscribed("k.a:");
        gap(0, 2, "limit");
        events("0@5.1");
        assertThat(violations()).containsExactly("I2 completeness: 0@2 never came and no gap covers it");
    }

    @Test
    void findsAnEventThatCameTwice() {
        subscribed("k.a:");
        events("0@0.1", "0@1.1", "0@1.1");
        assertThat(violations()).containsExactly("I3 once: 0@1 came again");
    }

    @Test
    void findsAnEventThatCameAgainAfterResuming() {
        subscribed("k.a:");
        events("0@0.1", "0@1.1");
        subscribed("k.a:0@1.1");
        events("0@1.1");
        assertThat(violations()).containsExactly("I3 once: 0@1 came again");
    }

    @Test
    void findsWhatWasTakenBack() {
        subscribed("k.a:");
        events("0@0.1", "0@1.1", "0@2.1", "0@3.1");
        assertThat(violations()).containsExactly("I4 committed only: 0@3 is not in the committed read");
    }

    @Test
    void findsAnotherContent() {
        subscribed("k.a:");
        ledger.take("{\"ch\":\"machines\",\"at\":\"0@0.1\",\"ts\":1,\"k\":\"m-1\",\"v\":{\"n\":7}}");
        assertThat(violations())
                .containsExactly("I4 committed only: 0@0 has another key or value in the committed read");
    }

    @Test
    void aResetRevokesWhatKafkaDoesNotHave() {
        subscribed("k.a:");
        events("0@0.1", "0@3.1", "0@99.1");
        ledger.take("{\"op\":\"reset\",\"ch\":\"machines\",\"reason\":\"epoch\",\"at\":\"m.b:\"}");
        events("0@0.1", "0@1.1");
        assertThat(violations()).isEmpty();
    }

    @Test
    void aResetExcusesNothingThatComesAfterIt() {
        subscribed("k.a:");
        ledger.take("{\"op\":\"reset\",\"ch\":\"machines\",\"reason\":\"epoch\",\"at\":\"m.b:\"}");
        events("0@1.1", "0@4.1");
        assertThat(violations())
                .containsExactlyInAnyOrder(
                        "I2 completeness: 0@0 never came and no gap covers it",
                        "I2 completeness: 0@2 never came and no gap covers it",
                        "I4 committed only: 0@4 is not in the committed read");
    }

    @Test
    void aResetDoesNotExcuseDisorderBeforeIt() {
        subscribed("k.a:");
        events("0@1.1", "0@0.1");
        ledger.take("{\"op\":\"reset\",\"ch\":\"machines\",\"reason\":\"epoch\",\"at\":\"m.b:\"}");
        assertThat(violations()).containsExactly("I1 order: 0@0 came after 0@1");
    }

    @Test
    void findsASnapshotRowThatKafkaDoesNotHave() {
        ledger.take("{\"op\":\"snapshot\",\"ch\":\"machines\",\"state\":\"begin\"}");
        events("0@4.1", "0@2.1");
        ledger.take("{\"op\":\"snapshot\",\"ch\":\"machines\",\"state\":\"end\",\"at\":\"k.a:0@7,1@1\",\"count\":2}");
        assertThat(violations()).containsExactly("I4 committed only: 0@4 is not in the committed read");
    }

    @Test
    void findsGapsThatAreNotHonest() {
        subscribed("k.a:");
        events("0@0.1", "0@1.1");
        gap(1, 3, "overflow");
        gap(3, 3, "limit");
        gap(3, 5, "because");
        assertThat(violations())
                .containsExactly(
                        "I9 honest gaps: 0@[1, 3) overflow covers 0@1, which came",
                        "I9 honest gaps: 0@[3, 3) limit is empty",
                        "I9 honest gaps: 0@[3, 5) because has no reason of the protocol");
    }

    private List<String> violations() {
        return new ArrayList<>(JUDGE.violations(ledger));
    }

    private static CommittedRecord record(int partition, long offset) {
        return new CommittedRecord(partition, offset, "m-1", "{ \"n\" : 1 }");
    }

    private void subscribed(String at) {
        ledger.take("{\"op\":\"subscribed\",\"id\":1,\"ch\":\"machines\",\"at\":\"" + at + "\",\"recovered\":true}");
    }

    private void events(String... places) {
        for (String at : places) {
            ledger.take("{\"ch\":\"machines\",\"at\":\"" + at + "\",\"ts\":1,\"k\":\"m-1\",\"v\":{\"n\":1}}");
        }
    }

    private void gap(long from, long to, String reason) {
        ledger.take("{\"op\":\"gap\",\"ch\":\"machines\",\"p\":\"0\",\"from\":\"0@" + from + ".1\",\"to\":\"0@" + to
                + ".1\",\"reason\":\"" + reason + "\"}");
    }
}
