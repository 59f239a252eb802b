package io.laundrybridge.jakarta;

import io.laundrybridge.test.host.HostConversation;
import io.laundrybridge.test.host.HostUnderTest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.io.TempDir;

class JettyConversationTest extends HostConversation {

    @TempDir
    static Path folder;

    @Override
    protected HostUnderTest start(Map<String, String> settings, String bootstrapServers) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        WebAppContext application =
                new WebAppContext(WebApplicationFolder.in(folder).toString(), "/");
        // The class path has other containers too; they must not start in this one.
        application.setAttribute("org.eclipse.jetty.containerInitializerExclusionPattern", "org\\.(apache|jboss)\\..*");
        server.setHandler(application);
        Map<String, String> all = new HashMap<>(settings);
        all.put("laundry-bridge.kafka.bootstrap.servers", bootstrapServers);
        SystemSettings.during(all, server::start);
        return new HostUnderTest(connector.getLocalPort(), () -> {
            application.stop();
            server.stop();
        });
    }
}
