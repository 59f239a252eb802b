package io.laundrybridge.publish.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import java.io.File;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A schema takes what fits, says what does not without telling the value, and harms nobody. */
class JsonSchemaCheckTest {
    private static final String KEY = "laundry-bridge.channels.commands.publish-schema";
    private static final String COMMAND = """
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
         "required": ["action"], "additionalProperties": false,
         "properties": {
           "action": {"enum": ["start", "pause", "stop"]},
           "seconds": {"type": "integer", "minimum": 0, "maximum": 3600},
           "note": {"type": "string", "maxLength": 10},
           "next": {"$ref": "#"}}}
        """;

    @TempDir
    Path folder;

    private JsonSchemaCheck check(String schema) throws Exception {
        Path file = folder.resolve("schema.json");
        Files.writeString(file, schema);
        return JsonSchemaCheck.at("file:" + file, KEY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\":\"stop\"}",
                "{\"action\":\"pause\",\"seconds\":3600,\"note\":\"ten letter\"}",
                "{\"action\":\"stop\",\"next\":{\"action\":\"start\"}}"
            })
    void takesWhatFits(String value) throws Exception {
        JsonSchemaCheck check = check(COMMAND);
        assertThatCode(() -> check.check(value.getBytes(UTF_8))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                | the value: | action",
                "{\"action\":\"SECRET\"}                           | /action:   | stop",
                "{\"action\":\"stop\",\"seconds\":\"SECRET\"}      | /seconds:  | integer",
                "{\"action\":\"stop\",\"seconds\":-1}              | /seconds:  | 0",
                "{\"action\":\"stop\",\"note\":\"SECRET is long\"} | /note:     | 10",
                "{\"action\":\"stop\",\"a/b\":\"SECRET\"}          | /a/b:      | no such property",
                "{\"action\":\"stop\",\"next\":{\"action\":7}}     | /next/action: | stop",
                "[\"SECRET\"]                                      | the value: | object",
                "\"SECRET\"                                        | the value: | object",
                "{\"action\":\"stop\",\"action\":\"SECRET\"}       | The value  | twice",
                "{\"action\":\"stop\"} SECRET                      | The value  | no JSON",
                "nonsense                                          | The value  | no JSON"
            })
    void saysWhereAndWhatWasExpectedAndNotWhatItGot(String value, String where, String expected) throws Exception {
        JsonSchemaCheck check = check(COMMAND);
        assertThatThrownBy(() -> check.check(value.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        PublishException.class, e -> assertThat(e.failure()).isEqualTo(Failure.REFUSED))
                .hasMessageStartingWith(where)
                .hasMessageContaining(expected)
                .message()
                .doesNotContain("SECRET");
    }

    @Test
    void aNameThatIsNotAllowedIsToldWithoutItsValue() throws Exception {
        JsonSchemaCheck check = check("{\"propertyNames\": {\"maxLength\": 3}}");
        assertThatThrownBy(() -> check.check("{\"long name\":\"SECRET\"}".getBytes(UTF_8)))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("/long name:")
                .message()
                .doesNotContain("SECRET");
    }

    @Test
    void depthIsBoundedForValuesThatAreDeeperThanAnyStack() throws Exception {
        JsonSchemaCheck check = check(COMMAND);
        String deep = "{\"action\":\"stop\",\"next\":".repeat(50_000) + "1" + "}".repeat(50_000);
        assertThatThrownBy(() -> check.check(deep.getBytes(UTF_8)))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("nested deeper");
        String hostile = "[".repeat(100_000);
        assertThatThrownBy(() -> check.check(hostile.getBytes(UTF_8))).isInstanceOf(PublishException.class);
    }

    @Test
    void aSchemaThatRefersToItselfWithoutEndIsRefusedOrEnds() throws Exception {
        JsonSchemaCheck check = check("{\"$ref\": \"#\"}");
        assertThatThrownBy(() -> check.check("1".getBytes(UTF_8))).isInstanceOf(PublishException.class);
    }

    @Test
    void aPatternThatBlowsUpEnds() throws Exception {
        JsonSchemaCheck check = check("{\"type\": \"string\", \"pattern\": \"^(a+)+$\"}");
        check.check(("\"" + "a".repeat(30) + "\"").getBytes(UTF_8));
        long from = System.nanoTime();
        assertThatThrownBy(() -> check.check(("\"" + "a".repeat(50) + "!\"").getBytes(UTF_8)))
                .isInstanceOf(PublishException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"1e999999999", "-1e999999999", "1e-999999999", "123456789012345678901234567890", "0.1"})
    void hugeNumbersCostNothing(String number) throws Exception {
        JsonSchemaCheck check = check("{\"type\": \"number\", \"multipleOf\": 0.5, \"maximum\": 5}");
        long from = System.nanoTime();
        try {
            check.check(number.getBytes(UTF_8));
        } catch (PublishException e) {
            assertThat(e.failure()).isEqualTo(Failure.REFUSED);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void noOtherDocumentIsEverFetched() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        Path other = folder.resolve("other.json");
        Files.writeString(other, "{}");
        try {
            for (String elsewhere : new String[] {
                "http://127.0.0.1:" + server.getAddress().getPort() + "/s.json",
                other.toUri().toString(),
                "classpath:META-INF/laundry-bridge/exported-packages",
                "other.json"
            }) {
                assertThatThrownBy(() -> check("{\"properties\": {\"a\": {\"$ref\": \"" + elsewhere + "\"}}}"))
                        .as(elsewhere)
                        .isInstanceOf(SettingException.class)
                        .hasMessageContaining(KEY);
            }
        } finally {
            server.stop(0);
        }
        assertThat(requests).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"strin\"}                 | /type",
                "{\"minimum\": \"one\"}                | /minimum",
                "{\"$ref\": \"#/$defs/none\"}          | $defs/none",
                "{\"$schema\": \"http://example.org\"} | draft",
                "{\"pattern\": \"(\"}                  | schema",
                "7                                     | neither",
                "{                                     | no JSON"
            })
    void aBadSchemaIsRefusedAtTheStart(String schema, String reason) {
        assertThatThrownBy(() -> check(schema))
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo(KEY))
                .hasMessageContaining("schema.json")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "/tmp/x.json, expected file:PATH or classpath:PATH",
        "http://127.0.0.1/x.json, expected file:PATH or classpath:PATH",
        "file:/none/there.json, no such file",
        "classpath:none/there.json, no such file",
        "file:/, cannot be read"
    })
    void aLocationThatCannotBeReadIsNamed(String location, String reason) {
        assertThatThrownBy(() -> JsonSchemaCheck.at(location, KEY))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("'" + location + "'")
                .hasMessageContaining(reason);
    }

    @Test
    void olderDraftsAndTheClassPathAreRead() throws Exception {
        for (String draft : new String[] {
            "http://json-schema.org/draft-04/schema#",
            "http://json-schema.org/draft-06/schema#",
            "http://json-schema.org/draft-07/schema#",
            "https://json-schema.org/draft/2019-09/schema"
        }) {
            JsonSchemaCheck check = check("{\"$schema\": \"" + draft + "\", \"type\": \"string\"}");
            check.check("\"a\"".getBytes(UTF_8));
            assertThatThrownBy(() -> check.check("1".getBytes(UTF_8))).as(draft).isInstanceOf(PublishException.class);
        }
        JsonSchemaCheck.at("classpath:/publish/command.schema.json").check("{\"stop\":true}".getBytes(UTF_8));
    }

    @Test
    void aMissingLibraryIsNamed() throws Exception {
        URL[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("json-schema-validator"))
                .map(JsonSchemaCheckTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader without = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Class<?> check = without.loadClass(JsonSchemaCheck.class.getName());
            assertThatThrownBy(() ->
                            check.getMethod("at", String.class, String.class).invoke(null, "file:/x.json", KEY))
                    .cause()
                    .hasMessageContaining(KEY)
                    .hasMessageContaining("com.networknt:json-schema-validator");
        }
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(entry, e);
        }
    }
}
