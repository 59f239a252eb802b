package io.laundrybridge.dashboard.simulator;

import java.util.ArrayList;
import java.util.List;

/** A named sequence of phases, for example {@code cotton-60}. */
public final class Programme {
    private static final double INLET = 16;

    static final List<Programme> WASHING = List.of(
            washing("cotton-60", 60, 900, 2, 420),
            washing("cotton-40", 40, 780, 2, 420),
            washing("easy-care-40", 40, 600, 2, 240),
            washing("delicates-30", 30, 420, 2, 120),
            washing("eco-30", 30, 1_200, 1, 420),
            washing("hygiene-90", 90, 720, 3, 360));

    static final List<Programme> DRYING = List.of(
            drying("cotton-dry", 70, 2_000), drying("easy-care-dry", 58, 1_500), drying("towels-dry", 75, 2_300));

    private final String name;
    private final List<Stage> stages;
    private final double seconds;

    private Programme(String name, List<Stage> stages) {
        this.name = name;
        this.stages = List.copyOf(stages);
        this.seconds = stages.stream().mapToDouble(Stage::seconds).sum();
    }

    /** Returns the programmes that machines of {@code kind} have. */
    public static List<Programme> of(MachineKind kind) {
        return kind == MachineKind.WASHER ? WASHING : DRYING;
    }

    /** Returns the word in reports. */
    public String name() {
        return name;
    }

    /** Returns the phases from start to end; a phase can stand in it more than once. */
    public List<Phase> phases() {
        return stages.stream().map(Stage::phase).toList();
    }

    List<Stage> stages() {
        return stages;
    }

    double seconds() {
        return seconds;
    }

    private static Programme washing(String name, double target, double wash, int rinses, double spin) {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage(Phase.FILL, 100, INLET));
        stages.add(new Stage(Phase.HEAT, 24 * (target - INLET), target));
        stages.add(new Stage(Phase.WASH, wash, target));
        stages.add(new Stage(Phase.DRAIN, 60, INLET));
        for (int rinse = 0; rinse < rinses; rinse++) {
            stages.add(new Stage(Phase.RINSE, 240, INLET));
            stages.add(new Stage(Phase.DRAIN, 60, INLET));
        }
        stages.add(new Stage(Phase.SPIN, spin, INLET));
        return new Programme(name, stages);
    }

    private static Programme drying(String name, double target, double seconds) {
        return new Programme(
                name,
                List.of(
                        new Stage(Phase.HEAT, 180, target - 20),
                        new Stage(Phase.DRY, seconds, target),
                        new Stage(Phase.COOL, 360, 30)));
    }
}
