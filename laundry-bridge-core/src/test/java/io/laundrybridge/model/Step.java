package io.laundrybridge.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One thing that happens in a history. {@code dice} are all the randomness that its doing needs, so that a plan does the
 * same when other steps are taken out of it.
 */
record Step(Kind kind, int dice) {

    /** What happens; the weight says how often. */
    enum Kind {
        PUBLISH(40),
        BURST(4),
        JOIN(8),
        CUT_AND_RESUME(12),
        STOP_READING(8),
        READ_AGAIN(12),
        SELECT(3),
        HIDE(3),
        SHOW(5),
        VIEW(4),
        POISON(3),
        RECREATE(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        static Kind random(Random random) {
            int left = random.nextInt(103);
            for (Kind kind : values()) {
                left -= kind.weight;
                if (left < 0) {
                    return kind;
                }
            }
            return PUBLISH;
        }
    }

    static List<Step> plan(long seed, int length) {
        Random random = new Random(seed);
        List<Step> plan = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            plan.add(new Step(Kind.random(random), random.nextInt(Integer.MAX_VALUE)));
        }
        return plan;
    }
}
