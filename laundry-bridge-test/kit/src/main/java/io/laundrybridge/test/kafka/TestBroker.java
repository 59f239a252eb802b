package io.laundrybridge.test.kafka;

/** A broker that answers from construction until it is closed, outages aside. */
interface TestBroker extends AutoCloseable {

    String bootstrapServers();

    void stop();

    void start();

    @Override
    void close();
}
