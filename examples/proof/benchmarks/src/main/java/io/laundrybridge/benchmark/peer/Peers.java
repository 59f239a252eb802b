package io.laundrybridge.benchmark.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The servers that can be compared. */
public final class Peers {
    /** The containers, in the order of the reports. */
    public static final List<String> CONTAINERS = List.of("tyrus", "tomcat", "jetty", "undertow");

    /** Servers that accept permessage-deflate from any client. */
    private static final List<String> DEFLATING = List.of("tomcat", "jetty");

    private Peers() {}

    /** Returns every peer; ours in each way of {@code launches}. */
    public static List<Peer> all(Launches launches) {
        List<Peer> peers = new ArrayList<>();
        for (String container : CONTAINERS) {
            peers.add(new NaivePeer(container, "async"));
            peers.add(new NaivePeer(container, "basic"));
            launches.all().forEach(launch -> peers.add(new OursPeer(container, launch)));
        }
        DEFLATING.forEach(container -> peers.add(new DeflatingPeer(container)));
        peers.add(new VertxPeer());
        peers.add(new StompPeer());
        peers.add(new NatsPeer());
        peers.add(new FloorPeer());
        return peers;
    }

    /**
     * Returns peers by name; the beginning of a name means all that begin so: {@code naive-tomcat}, {@code ours}.
     *
     * @throws IllegalArgumentException if a name has no peer
     */
    public static List<Peer> named(List<String> names, Launches launches) {
        List<Peer> all = all(launches);
        for (String name : names) {
            if (all.stream().noneMatch(peer -> peer.name().startsWith(name))) {
                throw new IllegalArgumentException("--servers: there is no '" + name + "'; there are "
                        + String.join(", ", all.stream().map(Peer::name).toList()));
            }
        }
        Stream<Peer> chosen = all.stream()
                .filter(peer -> names.stream().anyMatch(name -> peer.name().startsWith(name)));
        return chosen.toList();
    }
}
