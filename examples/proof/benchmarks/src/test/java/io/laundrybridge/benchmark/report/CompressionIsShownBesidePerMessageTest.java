package io.laundrybridge.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks that both our variants are compared with permessage-deflate in the same container only. */
class CompressionIsShownBesidePerMessageTest {
    private static final String WORKLOAD = "compressed";

    @Test
    void bytesAndCpuAreComparedWithinAContainer() {
        Results results = new Results(List.of(
                sample("plain", "ours-tomcat", 400, 2),
                sample("plain", "ours-tyrus", 400, 2),
                sample("shared", "ours-tomcat", 50, 3),
                sample("per message", "naive-tomcat-deflate", 100, 20),
                sample("per message", "naive-jetty-deflate", 100, 20)));

        assertThat(new BesidePerMessage(results, WORKLOAD).table().stream().skip(1))
                .containsExactly(
                        List.of("ours-tomcat", "plain", "4.00", "0.10"),
                        List.of("ours-tomcat", "shared", "0.50", "0.15"));
    }

    @Test
    void withoutTheOtherThereIsNoTable() {
        Results results = new Results(List.of(sample("plain", "ours-tomcat", 400, 2)));

        assertThat(new BesidePerMessage(results, WORKLOAD).table()).isEmpty();
    }

    private static Sample sample(String variant, String server, double bytes, double cpu) {
        return new Sample(WORKLOAD, variant, server, 1, Map.of(Figure.BYTES, bytes, Figure.CPU, cpu), "");
    }
}
