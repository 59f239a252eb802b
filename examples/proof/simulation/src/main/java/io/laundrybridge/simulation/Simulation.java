package io.laundrybridge.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs a scenario and writes its table and its curves. */
final class Simulation {
    private Simulation() {}

    /**
     * Takes the name of a scenario, the number of nodes, the sessions per node, a seed, for how many sessions one is
     * simulated, and a folder for the picture.
     */
    public static void main(String[] arguments) throws IOException {
        int nodes = Integer.parseInt(arguments[1]);
        int sessions = Integer.parseInt(arguments[2]);
        long seed = arguments.length > 3 ? Long.parseLong(arguments[3]) : 1;
        Scenario scenario =
                arguments[0].equals("loss") ? Scenario.loss(nodes, sessions) : Scenario.overload(nodes, sessions);
        long began = System.nanoTime();
        Fleet fleet = Fleet.run(scenario, seed);
        System.out.println(scenario + ", seed " + seed);
        System.out.print(fleet.table());
        System.out.println(fleet.faults() + "; took " + (System.nanoTime() - began) / 1_000_000_000 + " s");
        if (arguments.length > 5) {
            Path folder = Files.createDirectories(Path.of(arguments[5]));
            Files.writeString(folder.resolve("simulation-" + scenario.name() + ".svg"), new Curves(fleet).svg());
        }
    }
}
