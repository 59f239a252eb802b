package io.laundrybridge.gateway;

import io.laundrybridge.standalone.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs one gateway per container in this process, so that a startup archive has the classes and profiles of all. The
 * build runs it with load; users do not.
 */
public final class GatewayTraining {
    private GatewayTraining() {}

    /** Starts the gateways with the options of {@link Gateway}; each takes the port that is free. */
    public static void main(String[] arguments) throws InterruptedException {
        GatewayOptions options = GatewayOptions.read(arguments, System.getenv());
        List<Gateway> gateways = new ArrayList<>();
        StringBuilder endpoints = new StringBuilder();
        for (Container container : Container.values()) {
            Gateway gateway = Gateway.start(new GatewayOptions(container, options.host(), 0, options.settings()));
            gateways.add(gateway);
            endpoints.append(" ws://127.0.0.1:").append(gateway.port());
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> gateways.forEach(Gateway::close), "gateways-stop"));
        System.out.println("Laundry Bridge gateways:" + endpoints);
        new CountDownLatch(1).await(); // the shutdown hook ends the process
    }
}
