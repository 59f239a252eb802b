package io.laundrybridge.model;

import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * 2,000 random histories of 200 steps; {@code -Dmodel.seeds=N} plays another number, {@code -Dmodel.seed=N} one again. A
 * history that breaks the guarantee is shortened as far as it still does.
 */
class EveryHistoryKeepsTheGuaranteeTest {
    private static final int STEPS = 200;
    private static final int TRIES = 200;

    @Test
    void noneLosesRepeatsOrTurnsBack() {
        Long only = Long.getLong("model.seed");
        long first = only == null ? System.nanoTime() & 0xffff_ffffL : only;
        long count = only == null ? Long.getLong("model.seeds", 2_000) : 1;
        for (long seed = first; seed < first + count; seed++) {
            List<Step> plan = Step.plan(seed, STEPS);
            List<String> violations = History.play(seed, plan);
            if (!violations.isEmpty()) {
                List<Step> shorter = shorten(seed, plan);
                fail(
                        "seed %d (-Dmodel.seed=%d) breaks the guarantee:%n  %s%nshortest plan that still does, of %d steps: %s",
                        seed, seed, String.join("\n  ", violations), shorter.size(), shorter);
            }
        }
    }

    /** Takes out ever smaller runs of steps while the rest still fails. */
    private static List<Step> shorten(long seed, List<Step> plan) {
        List<Step> shortest = plan;
        int tries = 0;
        for (int size = plan.size() / 2; size >= 1; size /= 2) {
            for (int at = 0; at + size <= shortest.size() && tries < TRIES; tries++) {
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
