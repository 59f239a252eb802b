package io.laundrybridge.jakarta;

import io.laundrybridge.test.host.HostConversation;
import io.laundrybridge.test.host.HostUnderTest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class TomcatConversationTest extends HostConversation {

    @TempDir
    static Path folder;

    @Override
    protected HostUnderTest start(Map<String, String> settings, String bootstrapServers) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("laundry-bridge.kafka.bootstrap.servers", bootstrapServers);
        TomcatHost tomcat = TomcatHost.in(folder);
        SystemSettings.during(all, tomcat::start);
        return tomcat.underTest();
    }
}
