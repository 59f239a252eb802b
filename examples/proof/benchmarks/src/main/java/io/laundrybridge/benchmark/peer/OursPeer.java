package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.load.Dialect;
import io.laundrybridge.benchmark.process.ClassPath;
import io.laundrybridge.benchmark.process.Tether;
import io.laundrybridge.gateway.Gateway;
import java.util.List;

/**
 * The gateway on one of the containers, as it is started anywhere; more sessions are let in than by default, and who
 * asks gets compressed frames.
 */
record OursPeer(String container) implements Peer {
    @Override
    public String name() {
        return "ours-" + container;
    }

    @Override
    public Dialect dialect() {
        return Dialect.LAUNDRY;
    }

    @Override
    public Running start(Ground ground) {
        List<String> arguments = List.of(
                Gateway.class.getName(),
                "--server=" + container,
                "--port=0",
                "--kafka.bootstrap.servers=" + ground.brokers(),
                "--laundry-bridge.path=/bench",
                "--laundry-bridge.channels.bench.topic=" + ground.topic(),
                "--laundry-bridge.channels.bench.access=anonymous",
                "--laundry-bridge.channels.bench.compress=true",
                "--laundry-bridge.limits.sessions=20000",
                "--laundry-bridge.limits.sessions-per-address=20000",
                "--laundry-bridge.limits.handshakes-per-second=20000");
        return JvmServer.start(name(), ClassPath.own(), Tether.class.getName(), arguments, ground);
    }
}
