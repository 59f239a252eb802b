package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.load.Dialect;
import io.laundrybridge.benchmark.process.Tether;
import io.laundrybridge.gateway.Gateway;
import java.util.ArrayList;
import java.util.List;

/**
 * The gateway on one of the containers, started in one of its ways. It admits more sessions than by default, and sends
 * compressed frames to clients that request them.
 */
record OursPeer(String container, Launch launch) implements Peer {
    @Override
    public String name() {
        return "ours-" + container + launch.name();
    }

    @Override
    public Dialect dialect() {
        return Dialect.LAUNDRY;
    }

    @Override
    public Running start(Ground ground) {
        List<String> arguments = new ArrayList<>(List.of(
                Gateway.class.getName(),
                "--server=" + container,
                "--port=0",
                "--kafka.bootstrap.servers=" + ground.brokers(),
                "--laundry-bridge.path=/bench",
                "--laundry-bridge.warm-up=" + launch.warmUp(),
                "--laundry-bridge.channels.bench.topic=" + ground.topic(),
                "--laundry-bridge.channels.bench.access=anonymous",
                "--laundry-bridge.channels.bench.compress=true",
                "--laundry-bridge.limits.sessions=20000",
                "--laundry-bridge.limits.sessions-per-address=20000",
                "--laundry-bridge.limits.handshakes-per-second=20000"));
        arguments.addAll(ground.settings());
        return JvmServer.start(
                name(), launch.command(JvmServer.flags(ground), Tether.class.getName(), arguments), ground);
    }
}
