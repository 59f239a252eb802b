package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.load.Dialect;
import io.laundrybridge.benchmark.peer.Peer;
import java.util.List;

/**
 * A workload in one variant; a name of the table of bars has one or more of these.
 *
 * @param name as in the table of bars
 * @param variant what distinguishes it from others of the name; empty for one alone
 * @param course how a window goes
 * @param load what comes in and who listens
 * @param servers whom it is for, as the beginnings of their names; those that deflate are named in full
 * @param warmRate events a second while servers warm up
 * @param some how many of the clients stop reading, or how many more leave and come back
 * @param fresh whether each window has a server of its own, because one leaves too much behind
 * @param mostWindows windows beyond which nothing more is learnt
 * @param leastHeapMiB heap that servers need here, whatever the option says
 */
public record Workload(
        String name,
        String variant,
        Course course,
        Load load,
        List<String> servers,
        int warmRate,
        int some,
        boolean fresh,
        int mostWindows,
        int leastHeapMiB) {

    static Workload of(String name, String variant, Course course, Load load, List<String> servers) {
        return new Workload(name, variant, course, load, servers, load.rate(), 0, false, Integer.MAX_VALUE, 0);
    }

    Workload fresh(int rateWhileWarmingUp) {
        return new Workload(
                name, variant, course, load, servers, rateWhileWarmingUp, some, true, mostWindows, leastHeapMiB);
    }

    Workload some(int number) {
        return new Workload(name, variant, course, load, servers, warmRate, number, fresh, mostWindows, leastHeapMiB);
    }

    Workload mostWindows(int number) {
        return new Workload(name, variant, course, load, servers, warmRate, some, fresh, number, leastHeapMiB);
    }

    Workload leastHeapMiB(int number) {
        return new Workload(name, variant, course, load, servers, warmRate, some, fresh, mostWindows, number);
    }

    /** Returns the same in small, to see that it works. */
    Workload quick() {
        return new Workload(
                name,
                variant,
                course,
                load.scaled(10, 5),
                servers,
                Math.max(10, Math.min(warmRate, load.rate() / 5)),
                some / 10 + Math.min(some, 1),
                fresh,
                1,
                0);
    }

    boolean isFor(Peer peer) {
        return peer.dialect() == Dialect.RAW_DEFLATED
                ? servers.contains(peer.name())
                : servers.stream().anyMatch(name -> peer.name().startsWith(name));
    }

    /** Name and variant. */
    public String title() {
        return variant.isEmpty() ? name : name + " (" + variant + ")";
    }
}
