package io.laundrybridge.test.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveryLedgerTest {
    private final DeliveryLedger ledger = new DeliveryLedger("machines");

    @Test
    void hasNoPositionBeforeTheServerGaveOne() {
        ledger.take("{\"op\":\"welcome\",\"session\":\"s\"}");
        assertThat(ledger.position()).isEmpty();
    }

    @Test
    void movesAPartitionBehindEachEvent() {
        subscribed("k3.a:0@1234.7,1@88");
        event("0@1234.7", 1);
        event("1@90", 2);
        assertThat(ledger.position()).isEqualTo("k3.a:0@1235.7,1@91");
        assertThat(ledger.next(1)).isEqualTo(91);
    }

    @Test
    void takesTheEpochOfTheEventAndAPartitionThatIsNew() {
        subscribed("k3.a:0@5.1");
        event("0@5.2", 1);
        event("1@0.2", 2);
        assertThat(ledger.position()).isEqualTo("k3.a:0@6.2,1@1.2");
    }

    @Test
    void movesToTheEndOfAGap() {
        subscribed("k3.a:0@5.1");
        ledger.take("{\"op\":\"gap\",\"ch\":\"machines\",\"p\":\"0\",\"from\":\"0@5.1\",\"to\":\"0@9.2\","
                + "\"reason\":\"overflow\"}");
        assertThat(ledger.position()).isEqualTo("k3.a:0@9.2");
        assertThat(present().gaps()).containsExactly(new GapNotice(0, 5, 9, "overflow"));
    }

    @Test
    void takesABookmarkWholeAndNothingStartsOver() {
        subscribed("k3.a:0@5.1");
        event("0@5.1", 1);
        ledger.take("{\"op\":\"bookmark\",\"ch\":\"machines\",\"at\":\"k3.b:0@8.1,1@4\"}");
        assertThat(ledger.position()).isEqualTo("k3.b:0@8.1,1@4");
        assertThat(present().first()).containsEntry(0, 5L);
        assertThat(ledger.begun()).isEqualTo(1);
    }

    @Test
    void startsOverAtAReset() {
        subscribed("k3.a:0@5.1");
        event("0@5.1", 1);
        ledger.take("{\"op\":\"reset\",\"ch\":\"machines\",\"reason\":\"epoch\",\"at\":\"m9.c:\"}");
        event("0@0.0", 2);
        assertThat(ledger.position()).isEqualTo("m9.c:0@1.0");
        assertThat(ledger.incarnations()).hasSize(2);
        assertThat(present().begunBy()).isEqualTo("epoch");
        assertThat(present().deliveries()).hasSize(1);
        assertThat(ledger.events()).isEqualTo(2);
    }

    @Test
    void rowsOfASnapshotMoveNothingUntilItsEnd() {
        subscribed("k3.a:0@5.1");
        ledger.take("{\"op\":\"snapshot\",\"ch\":\"machines\",\"state\":\"begin\"}");
        assertThat(ledger.position()).isEmpty();
        event("0@3.1", 1);
        assertThat(ledger.position()).isEmpty();
        ledger.take("{\"op\":\"snapshot\",\"ch\":\"machines\",\"state\":\"end\",\"at\":\"k3.b:0@7.1\",\"count\":1}");
        event("0@7.1", 2);
        assertThat(ledger.position()).isEqualTo("k3.b:0@8.1");
        assertThat(present().rows()).hasSize(1);
        assertThat(present().deliveries()).hasSize(1);
        assertThat(present().first()).containsEntry(0, 7L);
    }

    @Test
    void passesOverOtherChannels() {
        subscribed("k3.a:0@5.1");
        ledger.take("{\"ch\":\"driers\",\"at\":\"0@99.1\",\"ts\":1,\"k\":null,\"v\":1}");
        assertThat(ledger.position()).isEqualTo("k3.a:0@5.1");
    }

    private Incarnation present() {
        return ledger.incarnations().get(ledger.begun() - 1);
    }

    private void subscribed(String at) {
        ledger.take("{\"op\":\"subscribed\",\"id\":1,\"ch\":\"machines\",\"at\":\"" + at + "\",\"recovered\":true}");
    }

    private void event(String at, int n) {
        ledger.take("{\"ch\":\"machines\",\"at\":\"" + at + "\",\"ts\":1,\"k\":\"m-1\",\"v\":{\"n\":" + n + "}}");
    }
}
