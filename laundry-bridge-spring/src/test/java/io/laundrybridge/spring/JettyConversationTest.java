package io.laundrybridge.spring;

import io.laundrybridge.test.host.HostConversation;
import io.laundrybridge.test.host.HostUnderTest;
import java.util.HashMap;
import java.util.Map;

class JettyConversationTest extends HostConversation {

    @Override
    protected HostUnderTest start(Map<String, String> settings, String bootstrapServers) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("spring.kafka.bootstrap-servers", bootstrapServers);
        all.put("spring.autoconfigure.exclude", LaundryApplication.TOMCAT);
        return LaundryApplication.underTest(LaundryApplication.run(all));
    }
}
