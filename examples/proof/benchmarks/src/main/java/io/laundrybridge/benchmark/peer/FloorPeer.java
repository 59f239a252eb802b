package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.load.Dialect;
import io.laundrybridge.benchmark.process.CProgram;
import io.laundrybridge.benchmark.process.Child;
import java.time.Duration;
import java.util.List;

/**
 * An epoll loop in C that does nothing but send: what the kernel alone takes for the workload. The producer feeds it
 * without Kafka. It gathers for as long as our clients let us gather.
 */
record FloorPeer() implements Peer {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public Dialect dialect() {
        return Dialect.RAW;
    }

    @Override
    public boolean available() {
        return CProgram.available();
    }

    @Override
    public Running start(Ground ground) {
        String program =
                new CProgram(FloorPeer.class, "floor").build(ground.folder()).toString();
        Child child = Child.start(
                name() + "-" + ground.topic(),
                List.of(program, Integer.toString(ground.flushMillis())),
                ground.folder());
        try {
            String[] words = child.await("ws ", PATIENCE).split(" ", -1);
            return new Running(child, child.pid(), Integer.parseInt(words[1]), "/", "nats", words[3]);
        } catch (RuntimeException e) {
            child.close();
            throw e;
        }
    }
}
