package io.laundrybridge.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laundrybridge.session.socket.Frame;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class WhatIsMeasuredIsRightTest {

    @Test
    void aFrameTellsItsEventsItsGapsAndItsBeat() {
        String event = "{\"ch\":\"events\",\"at\":\"0@%d\",\"ts\":1,\"k\":null,\"v\":{}}\n";
        String gap = "{\"op\":\"gap\",\"ch\":\"events\"}\n";
        String beat = "{\"op\":\"beat\",\"n\":17}";
        assertThat(content(gap + event.formatted(8) + event.formatted(9) + event.formatted(10) + beat))
                .isEqualTo(new FrameContent(8, 10, 1, 17));
        assertThat(content(event.formatted(123).strip())).isEqualTo(new FrameContent(123, 123, 0, -1));
        assertThat(content("{\"op\":\"live\",\"ch\":\"events\"}\n" + beat)).isEqualTo(new FrameContent(-1, -1, 0, 17));
    }

    private static FrameContent content(String lines) {
        return FrameContent.of(Frame.lines(ByteBuffer.wrap(lines.getBytes(UTF_8))));
    }

    @Test
    void anEventIsDueWhenItCounts() {
        EventRate rate = new EventRate(2, 20, 10 * Scenario.SECOND, 70 * Scenario.SECOND);
        for (long number = 0; number < 1_300; number++) {
            assertThat(rate.dueBefore(rate.due(number) + 1_000)).isEqualTo(number + 1);
            assertThat(rate.dueBefore(rate.due(number) - 1_000)).isEqualTo(number);
        }
    }

    @Test
    void percentilesAreRightToASixteenth() {
        Lags lags = new Lags();
        for (int millis = 1; millis <= 10_000; millis++) {
            lags.add(millis);
        }
        assertThat(lags.percentile(0.5)).isBetween(5_000L, 5_400L);
        assertThat(lags.percentile(0.99)).isBetween(9_900L, 10_000L);
        assertThat(lags.greatest()).isEqualTo(10_000);
    }

    @Test
    void threadsShareProcessorsAndAColdMachineIsSlower() {
        Processors processors = new Processors(2, Warmth.WARM);
        VirtualTime time = new VirtualTime();
        long[] ends = new long[4];
        for (int i = 0; i < ends.length; i++) {
            int number = i;
            SimulatedThread thread = time.thread("t" + i, processors);
            thread.begin(() -> {
                for (int step = 0; step < 1_000; step++) {
                    thread.work(1_000_000);
                }
                ends[number] = thread.at();
                thread.sleepUntil(SimulatedThread.NEVER);
            });
        }
        time.runUntil(10 * Scenario.SECOND);
        for (long end : ends) {
            assertThat(end).isBetween(1_990_000_000L, 2_000_000_000L);
        }
        assertThat(Warmth.COLD.slowdown(5 * Scenario.SECOND)).isBetween(1.55, 1.65);
        time.close();
    }

    @Test
    void aFailureInASimulatedThreadEndsTheRun() {
        VirtualTime time = new VirtualTime();
        time.thread("t", new Processors(1, Warmth.WARM)).begin(() -> {
            throw new IllegalArgumentException("planted");
        });
        assertThatThrownBy(() -> time.runUntil(Scenario.SECOND)).hasRootCauseMessage("planted");
        time.close();
    }
}
