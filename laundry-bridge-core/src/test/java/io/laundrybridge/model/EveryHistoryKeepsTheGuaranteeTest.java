package io.laundrybridge.model;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Plays 1,500 random histories of 200 steps; {@code -Dmodel.seeds=N} plays another number, {@code -Dmodel.seed=N} one
 * again. A history that breaks the guarantee is shortened as long as it still breaks it.
 */
class EveryHistoryKeepsTheGuaranteeTest {
    private static final int STEPS = 200;
    private static final int TRIES = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void noneLosesRepeatsOrTurnsBack() {
        Long only = Long.getLong("model.seed");
        long first = only == null ? System.nanoTime() & 0xffff_ffffL : only;
        long count = only == null ? Long.getLong("model.seeds", 1_500) : 1;
        for (long seed = first; seed < first + count; seed++) {
            List<Step> plan = Step.plan(seed, STEPS);
            List<String> violations = History.play(seed, plan);
            if (!violations.isEmpty()) {
                String what = "seed %d (-Dmodel.seed=%d) breaks the guarantee:%n  %s"
                        .formatted(seed, seed, String.join("\n  ", violations));
                System.out.println(what); // before shortening, which may exceed the build's time limit
                List<Step> shorter = shorten(seed, plan);
                fail("%s%nshortest plan seen that still does, of %d steps: %s", what, shorter.size(), shorter);
            }
        }
    }

    /** Removes ever smaller runs of steps while the rest still fails: each failing one may wait for its end in vain. */
    private static List<Step> shorten(long seed, List<Step> plan) {
        List<Step> shortest = plan;
        long end = System.nanoTime() + PATIENCE.toNanos();
        int tries = 0;
        for (int size = plan.size() / 2; size >= 1; size /= 2) {
            for (int at = 0; at + size <= shortest.size() && tries < TRIES && System.nanoTime() < end; tries++) {
                List<Step> without = new ArrayList<>(shortest.subList(0, at));
                without.addAll(shortest.subList(at + size, shortest.size()));
                if (History.play(seed, without).isEmpty()) {
                    at += size;
                } else {
                    shortest = without;
                }
            }
        }
        return shortest;
    }
}
