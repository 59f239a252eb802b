package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartFailsWithASentenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "laundry-bridge.hartbeat | 5s | laundry-bridge.hartbeat is not a setting; did you mean"
                        + " laundry-bridge.heartbeat",
                "laundry-bridge.heartbeat | soon | laundry-bridge.heartbeat is 'soon'; expected a duration",
                "laundry-bridge.path | laundry | laundry-bridge.path is 'laundry'; expected a path such as /laundry",
                "laundry-bridge.channels.machines.topic | \"\" | laundry-bridge.channels.machines.topic is not set",
                "laundry-bridge.channels.machines.retain-bytes | 5 | laundry-bridge.channels.machines.retain-bytes is"
                        + " '5'; expected a size of 64KiB to 1024GiB",
                "laundry-bridge.limits.unanswered-bytes | 0 | laundry-bridge.limits.unanswered-bytes is '0'; expected"
                        + " a size",
                "laundry-bridge.limits.send-deadline | 0s | laundry-bridge.limits.send-deadline is '0s'; expected a"
                        + " duration",
                "laundry-bridge.channels.machines.state-bytes | 0 | laundry-bridge.channels.machines.state-bytes is"
                        + " '0'; expected",
                "laundry-bridge.channels.machines.state-bytes | 2KiB |"
                        + " laundry-bridge.channels.machines.latest-by-key=true",
                "laundry-bridge.limits.snapshots-per-minute | 2147483647 | snapshots-per-minute is '2147483647';"
                        + " expected a whole",
                "laundry-bridge.workers | many | laundry-bridge.workers is 'many'; expected a whole number of 1 to 256",
                "laundry-bridge.startup | maybe | laundry-bridge.startup is 'maybe'; expected one of wait, fail",
                "laundry-bridge.channels.machines.compress | yes | machines.compress is 'yes'; expected true or false",
                "laundry-bridge.channels.machines.access | all | machines.access is 'all'; expected anonymous,"
                        + " authenticated",
                "laundry-bridge.channels.machines.filter-fields | t | machines.filter-fields is 't'; expected a JSON"
                        + " pointer",
                "laundry-bridge.trusted-proxies | proxy | laundry-bridge.trusted-proxies has the entry 'proxy';"
                        + " expected",
                "laundry-bridge.kafka.bootstrap.servers | kafka | kafka.bootstrap.servers is 'kafka'; expected the"
                        + " addresses",
                "laundry-bridge.kafka.fetch.min.bytes | much | fetch.min.bytes",
                "laundry-bridge.kafka.group.id | mine | 'group.id' is 'mine'",
            })
    void aWrongPropertyIsNamed(String key, String value, String sentence, CapturedOutput output) {
        startFails(Map.of(key, value));
        assertThat(output).contains("Laundry Bridge cannot start: ").contains(sentence);
    }

    @Test
    void aMissingKafkaIsNamedWhereStartingMustNotWait(CapturedOutput output) {
        startFails(Map.of("laundry-bridge.startup", "fail", "laundry-bridge.startup-timeout", "1s"));
        assertThat(output)
                .contains("Laundry Bridge cannot start: channel 'machines' is not live after 1 s")
                .contains("laundry-bridge.startup=wait");
    }

    private static void startFails(Map<String, String> changed) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "laundry-bridge.path", "/laundry",
                "laundry-bridge.channels.machines.topic", "laundry.machine-log",
                "laundry-bridge.channels.machines.access", "anonymous",
                "spring.kafka.bootstrap-servers", LaundryApplication.NO_KAFKA));
        properties.putAll(changed);
        assertThatThrownBy(() -> LaundryApplication.run(properties)).isNotNull();
    }
}
