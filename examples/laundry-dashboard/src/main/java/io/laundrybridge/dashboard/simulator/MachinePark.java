package io.laundrybridge.dashboard.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Puts up the machines of a plan: large and small sites, three washers to two dryers, in sizes that are sold. */
final class MachinePark {
    private static final List<String> SITES =
            List.of("riverside", "station-road", "old-harbour", "university", "mill-lane", "hillcrest");

    private static final double[] SHARES = {0.24, 0.2, 0.18, 0.16, 0.13, 0.09};
    private static final double[] CAPACITIES = {7, 7, 10, 10, 14};

    private MachinePark() {}

    /** Returns all machines, in an order that mixes the sites and is the same for the same plan. */
    static List<Machine> of(LaundryPlan plan) {
        SplittableRandom random = new SplittableRandom(plan.seed());
        List<Machine> machines = new ArrayList<>(plan.machines());
        double share = 0;
        int placed = 0;
        for (int site = 0; site < SITES.size(); site++) {
            share += SHARES[site];
            int upTo = site == SITES.size() - 1 ? plan.machines() : (int) Math.round(share * plan.machines());
            place(SITES.get(site), upTo - placed, random, machines);
            placed = upTo;
        }
        Collections.shuffle(machines, new Random(plan.seed()));
        return List.copyOf(machines);
    }

    private static void place(String site, int count, SplittableRandom random, List<Machine> machines) {
        int washers = (int) Math.ceil(count * 0.6);
        for (int i = 0; i < count; i++) {
            MachineKind kind = i < washers ? MachineKind.WASHER : MachineKind.DRYER;
            int number = i < washers ? i + 1 : i - washers + 1;
            double capacity = CAPACITIES[random.nextInt(CAPACITIES.length)];
            machines.add(new Machine(site, "%s-%02d".formatted(kind.prefix(), number), kind, capacity, random.split()));
        }
    }
}
