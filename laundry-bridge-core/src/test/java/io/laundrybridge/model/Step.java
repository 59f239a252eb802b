package io.laundrybridge.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One step of a history. {@code dice} has all the randomness of the step, so that a plan does the same without other
 * steps.
 */
record Step(Kind kind, int dice) {

    /** The kinds of steps; the weight is how often one occurs. */
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
        RECREATE(1),
        LOGIN(5),
        FOREIGN_PLACE(2);

        private static final int ALL =
                Arrays.stream(values()).mapToInt(kind -> kind.weight).sum();

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        static Kind random(Random random) {
            int left = random.nextInt(ALL);
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
