package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.TestKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks that reason and log contain the cause that Kafka's client knows, and no secret. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class CausesAreReportedTest {
    private static final String SECRET = "hunter-twelve";

    private final TestKafka kafka;
    private final SourceTape tape = new SourceTape();
    private final List<SourceReader> readers = new ArrayList<>();
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    CausesAreReportedTest(TestKafka kafka) {
        this.kafka = kafka;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void closesItsReaders() {
        System.setErr(err);
        readers.forEach(SourceReader::close);
    }

    private void open(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        properties.putAll(more);
        readers.add(KafkaSource.topic("causes", properties)
                .open(new ReadRequest("machines", Duration.ofHours(1), HostServices.standard()), tape));
    }

    private void login(String jaas) {
        open(Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config", jaas));
    }

    private void noSecretIsReported() {
        assertThat(tape.calls()).noneMatch(call -> call.contains(SECRET));
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET);
    }

    @Test
    void aLoginModuleThatIsNotThere() {
        login("com.example.NoSuchModule required password=\"" + SECRET + "\";");
        tape.awaitStale("login module").awaitStale("com.example.NoSuchModule");
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("com.example.NoSuchModule");
        noSecretIsReported();
    }

    @Test
    void aJaasConfigurationThatCannotBeReadWithoutWhatItSays() {
        login("org.apache.kafka.common.security.plain.PlainLoginModule required password=a " + SECRET + ";");
        tape.awaitStale("sasl.jaas.config cannot be read");
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("sasl.jaas.config cannot be read");
        noSecretIsReported();
    }

    @Test
    void aListenerWithoutTls() {
        open(Map.of("security.protocol", "SSL"));
        tape.awaitStale("check security.protocol");
    }

    @Test
    void aTrustStoreThatIsNotThere() {
        open(Map.of("security.protocol", "SSL", "ssl.truststore.location", "/no/such/trust.p12"));
        tape.awaitStale("TLS key or trust store");
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("/no/such/trust.p12");
    }

    @Test
    void aPortThatTakesConnectionsAndSaysNothing() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread closes = new Thread(() -> closeAllThatCome(mute), "closes");
            closes.start();
            open(Map.of("bootstrap.servers", "127.0.0.1:" + mute.getLocalPort()));
            tape.awaitStale("takes connections and does not answer");
        }
    }

    private static void closeAllThatCome(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
        } catch (IOException e) {
            // the test is over
        }
    }
}
