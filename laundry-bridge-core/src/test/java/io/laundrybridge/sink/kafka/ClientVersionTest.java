package io.laundrybridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.error.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions of kafka-clients that may write to a wrong topic are refused. */
class ClientVersionTest {

    @ParameterizedTest
    @CsvSource({
        "2.8.2, false",
        "3.9.1, false",
        "4.0.1, false",
        "4.1, false",
        "4.1.0, false",
        "4.1.1, false",
        "4.1.1.redhat-00003, false",
        "4.1.2, true",
        "4.1.2-SNAPSHOT, true",
        "4.1.10, true",
        "4.2.0, true",
        "4.10.0, true",
        "5.0.0, true",
        "7.9.0-ccs, false",
        "8.1.1-ce, false",
        "8.1.2-ccs, true",
        "8.2.0-ccs, true",
        "unknown, false",
        "'', false"
    })
    void isSafeFromFourOneTwo(String version, boolean safe) {
        assertThat(ClientVersion.isSafe(version)).isEqualTo(safe);
    }

    @Test
    void theSentenceNamesTheVersionTheFaultAndTheCure() {
        assertThatThrownBy(() -> ClientVersion.demandSafe("4.1.1"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("4.1.1")
                .hasMessageContaining("CVE-2026-35554")
                .hasMessageContaining("4.1.2 or newer");
    }

    @Test
    void theVersionOnTheClassPathIsSafe() {
        assertThatCode(ClientVersion::demandSafe).doesNotThrowAnyException();
    }
}
