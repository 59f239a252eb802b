package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.load.Dialect;
import io.laundrybridge.benchmark.process.ClassPath;
import io.laundrybridge.benchmark.server.VertxServer;
import java.util.List;

/** Vert.x. */
record VertxPeer() implements Peer {
    @Override
    public String name() {
        return "vertx";
    }

    @Override
    public Dialect dialect() {
        return Dialect.RAW;
    }

    @Override
    public Running start(Ground ground) {
        List<String> arguments = List.of("--brokers=" + ground.brokers(), "--topic=" + ground.topic());
        return JvmServer.start(name(), ClassPath.own(), VertxServer.class.getName(), arguments, ground);
    }
}
