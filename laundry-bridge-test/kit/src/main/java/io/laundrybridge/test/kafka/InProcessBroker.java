package io.laundrybridge.test.kafka;

import io.laundrybridge.kafka.inprocess.InProcessKafka;

/** A broker in this JVM; an outage is a stop, so clients find the port closed. */
final class InProcessBroker implements TestBroker {

    private final InProcessKafka kafka = InProcessKafka.start();

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public void stop() {
        kafka.stopAll();
    }

    @Override
    public void start() {
        kafka.startAll();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
