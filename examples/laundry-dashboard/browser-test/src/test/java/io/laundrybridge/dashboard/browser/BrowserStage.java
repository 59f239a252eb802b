package io.laundrybridge.dashboard.browser;

import io.laundrybridge.dashboard.DashboardOptions;
import io.laundrybridge.dashboard.LaundryDashboard;
import io.laundrybridge.dashboard.simulator.LaundryPlan;
import io.laundrybridge.kafka.inprocess.InProcessKafka;
import io.laundrybridge.test.network.TcpProxy;
import java.io.IOException;
import org.openqa.selenium.chrome.ChromeDriver;

/** A browser and a Kafka, between which a test starts its nodes. */
record BrowserStage(ChromeDriver browser, InProcessKafka kafka) {

    static BrowserStage open() throws IOException {
        return new BrowserStage(Chromium.start(), InProcessKafka.start());
    }

    /** Starts a dashboard over this Kafka, on a free port. */
    LaundryDashboard dashboard(LaundryPlan laundry) {
        return LaundryDashboard.start(DashboardOptions.standard()
                .kafka(kafka.bootstrapServers())
                .port(0)
                .laundry(laundry));
    }

    /** Ends the browser, its network, the nodes and Kafka, in this order. */
    void close(TcpProxy network, AutoCloseable... nodes) throws Exception {
        browser.quit();
        network.close();
        for (AutoCloseable node : nodes) {
            node.close();
        }
        kafka.close();
    }
}
