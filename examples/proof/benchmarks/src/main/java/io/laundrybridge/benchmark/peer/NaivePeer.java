package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.load.Dialect;
import io.laundrybridge.benchmark.process.ClassPath;
import io.laundrybridge.benchmark.server.NaiveServer;
import java.util.List;

/** The tutorial's endpoint in one of the containers, by its asynchronous or its synchronous remote. */
record NaivePeer(String container, String remote) implements Peer {
    @Override
    public String name() {
        return "naive-" + container + "-" + remote;
    }

    @Override
    public Dialect dialect() {
        return Dialect.RAW;
    }

    @Override
    public Running start(Ground ground) {
        List<String> arguments = List.of(
                "--container=" + container,
                "--remote=" + remote,
                "--brokers=" + ground.brokers(),
                "--topic=" + ground.topic());
        return JvmServer.start(name(), ClassPath.own(), NaiveServer.class.getName(), arguments, ground);
    }
}
