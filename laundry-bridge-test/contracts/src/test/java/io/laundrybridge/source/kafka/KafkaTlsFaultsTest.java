package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.kafka.FaultyKafka;
import io.laundrybridge.test.kafka.SourceProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests an expired certificate of Kafka: the source reports it, waits, and continues once it is renewed. */
@Tag("kafka")
class KafkaTlsFaultsTest {
    private static final String PASSWORD = "change-it";
    private static final String KEYS = "listener.name.clients.ssl.keystore.location";

    @TempDir
    private Path folder;

    @Test
    void anExpiredCertificateIsReportedUntilItIsRenewed() throws Exception {
        Path trusted = authority();
        Path expired = certificate("expired", "-10d");
        Path renewed = certificate("renewed", "-1d");
        try (FaultyKafka kafka = FaultyKafka.start(
                1,
                plan -> plan.setting(
                                "listener.security.protocol.map", "CLIENTS:SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT")
                        .setting(KEYS, expired.toString())
                        .setting("listener.name.clients.ssl.keystore.password", PASSWORD)
                        .setting("listener.name.clients.ssl.keystore.type", "PKCS12"))) {
            kafka.newTopic("t", 1);
            kafka.write("t", 0, 7);
            Map<String, String> properties = Map.of(
                    "bootstrap.servers",
                    kafka.bootstrapServers(),
                    "security.protocol",
                    "SSL",
                    "ssl.truststore.location",
                    trusted.toString(),
                    "ssl.truststore.password",
                    PASSWORD,
                    "ssl.truststore.type",
                    "PKCS12");
            SourceTape tape = new SourceTape();
            SourceReader reader = KafkaSource.topic("t", SourceProperties.with(properties))
                    .open(new ReadRequest("machines", Duration.ofHours(1), HostServices.standard()), tape);
            tape.awaitStale("do not trust each other's TLS certificates");
            renew(kafka, renewed);
            tape.awaitCall("fresh").awaitRecords(1);
            assertThat(tape.texts()).containsExactly("m-0=7");
            reader.close();
        }
    }

    private static void renew(FaultyKafka kafka, Path keys) throws Exception {
        var broker = new ConfigResource(ConfigResource.Type.BROKER, "0");
        var change = new AlterConfigOp(new ConfigEntry(KEYS, keys.toString()), AlterConfigOp.OpType.SET);
        kafka.admin()
                .incrementalAlterConfigs(Map.of(broker, List.of(change)))
                .all()
                .get();
    }

    /** Makes a certificate authority; returns the store that trusts it. */
    private Path authority() throws Exception {
        keytool("authority", "authority", "-genkeypair", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
        keytool("authority", "authority", "-exportcert", "-rfc", "-file", file("authority.pem"));
        keytool("trusted", "authority", "-importcert", "-noprompt", "-file", file("authority.pem"));
        return folder.resolve("trusted");
    }

    /** Keys with a signed certificate for five days, counted from {@code start}. */
    private Path certificate(String name, String start) throws Exception {
        keytool(name, "broker", "-genkeypair", "-keyalg", "EC", "-dname", "CN=127.0.0.1");
        keytool(name, "broker", "-certreq", "-file", file(name + ".csr"));
        keytool(
                "authority",
                "authority",
                "-gencert",
                "-rfc",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-startdate",
                start,
                "-validity",
                "5",
                "-infile",
                file(name + ".csr"),
                "-outfile",
                file(name + ".pem"));
        keytool(name, "authority", "-importcert", "-noprompt", "-file", file("authority.pem"));
        keytool(name, "broker", "-importcert", "-noprompt", "-file", file(name + ".pem"));
        return folder.resolve(name);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void keytool(String store, String alias, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(more));
        command.addAll(
                List.of("-alias", alias, "-keystore", file(store), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Path log = folder.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> read(log)).isZero();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
