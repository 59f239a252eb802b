package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.load.Dialect;
import io.laundrybridge.benchmark.peer.Peer;
import java.util.List;

/**
 * A workload in one variant; each name in the table of bars has one or more variants.
 *
 * @param name the name in the table of bars
 * @param variant the difference to other variants of the name; empty if there is one
 * @param course the course of a window
 * @param load the events and clients
 * @param servers the beginnings of the servers' names; servers that deflate are named in full
 * @param warmRate events per second while servers warm up
 * @param some how many of the clients stop reading, or how many more leave and come back
 * @param fresh whether each window has a server of its own, because a window changes its server too much
 * @param mostWindows the number of windows after which more add nothing
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

    /** Returns a small version, which shows that the workload runs. */
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

    /** Returns name and variant. */
    public String title() {
        return variant.isEmpty() ? name : name + " (" + variant + ")";
    }
}
