package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.load.Dialect;
import io.laundrybridge.benchmark.process.ClassPath;
import io.laundrybridge.benchmark.server.NaiveServer;
import java.util.List;

/**
 * The tutorial's endpoint in a container with permessage-deflate. It uses the synchronous remote, which loses nothing.
 */
record DeflatingPeer(String container) implements Peer {
    @Override
    public String name() {
        return "naive-" + container + "-deflate";
    }

    @Override
    public Dialect dialect() {
        return Dialect.RAW_DEFLATED;
    }

    @Override
    public Running start(Ground ground) {
        List<String> arguments = List.of(
                "--container=" + container,
                "--remote=basic",
                "--extension=permessage-deflate",
                "--brokers=" + ground.brokers(),
                "--topic=" + ground.topic());
        return JvmServer.start(name(), ClassPath.own(), NaiveServer.class.getName(), arguments, ground);
    }
}
