package io.laundrybridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.AuditEvent.Client;
import io.laundrybridge.host.AuditEvent.Kind;
import io.laundrybridge.testing.LogTape;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditLogTest {

    @Test
    void aLineHasAPairForEachValueThatIsThere() {
        Client client = new Client("3f-1", "ann", "10.0.0.7", "https://staff.example");
        assertThat(line(Kind.GRANT_CHANGED, client, "orders", "forbidden", "no grant any more"))
                .isEqualTo("grant-changed session=3f-1 user=ann address=10.0.0.7 origin=https://staff.example"
                        + " channel=orders code=forbidden reason=\"no grant any more\"");
        assertThat(line(Kind.CONNECT, new Client("3f-2", "", "", ""), "", "", ""))
                .isEqualTo("connect session=3f-2");
    }

    @Test
    void whatAClientChoosesMakesNoSecondLineAndNoSecondPair() {
        Client client = new Client("", "eve\nconnect user=bob", "", "x\u202e\u2028\u0000 code=4401");
        assertThat(line(Kind.REFUSE, client, "say \"hi\\", "403", ""))
                .isEqualTo("refuse user=\"eve?connect user=bob\" origin=\"x??? code=4401\""
                        + " channel=\"say \\\"hi\\\\\" code=403");
    }

    @Test
    void textsAreCut() {
        assertThat(new Client("", "u".repeat(100_000), "", "").user()).hasSize(203);
    }

    @Test
    void eachEventIsOneLineOfLevelInfo() {
        LogTape tape = new LogTape();
        Client client = new Client("3f-2", "", "", "");
        new AuditLog(tape.logger()).audit(new AuditEvent(Kind.CONNECT, Instant.EPOCH, client, "", "", ""));
        assertThat(tape.lines()).containsExactly("INFO connect session=3f-2");
    }

    private static String line(Kind kind, Client client, String channel, String code, String reason) {
        return AuditLog.line(new AuditEvent(kind, Instant.EPOCH, client, channel, code, reason));
    }
}
