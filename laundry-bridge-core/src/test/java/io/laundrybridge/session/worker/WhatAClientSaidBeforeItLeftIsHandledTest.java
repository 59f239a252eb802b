package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client says more than a turn holds, and leaves at once. */
class WhatAClientSaidBeforeItLeftIsHandledTest {
    private static final int LINES = 40;

    private final OneWorker worker = new OneWorker();

    @AfterEach
    void stops() throws Exception {
        worker.close();
    }

    private void sayAndLeave(OneWorker.Client client) throws Exception {
        int before = client.heard();
        Runnable goOn = worker.held();
        for (int i = 0; i < LINES; i++) {
            client.inbound().text("{\"op\":\"ping\",\"id\":" + (i + 2) + "}", true);
        }
        client.inbound().closed();
        goOn.run();
        worker.settle();
        assertThat(client.heard() - before).isGreaterThanOrEqualTo(LINES);
    }

    @Test
    void byASessionThatIsServed() throws Exception {
        OneWorker.Client client = worker.new Client("");
        worker.settle();
        sayAndLeave(client);
    }

    @Test
    void byOneThatHasJustCome() throws Exception {
        sayAndLeave(worker.new Client(""));
    }
}
