package io.laundrybridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientLineParserTest {
    @Test
    void readsASubscribe() throws Exception {
        ClientLine line = ClientLineParser.parse(
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\",\"from\":\"last:100\",\"keys\":[\"m-1\",\"site-7/*\"],\"every\":250,\"flush\":50,\"compress\":\"deflate-raw\",\"view\":[]}");
        assertThat(line)
                .isEqualTo(new ClientLine.Subscribe(
                        1,
                        "machines",
                        new StartFrom.Last(100),
                        null,
                        List.of("m-1", "site-7/*"),
                        null,
                        Duration.ofMillis(250),
                        Duration.ofMillis(50),
                        true,
                        new ClientLine.InView(null, "machines", List.of()),
                        Travel.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"beat\",\"n\":17}",
                "{\"n\":17,\"op\":\"beat\"}",
                " {\"op\": \"beat\", \"n\": 17 } ",
            })
    void readsAnAnswerToABeatInEveryForm(String line) throws Exception {
        assertThat(ClientLineParser.parse(line)).isEqualTo(new ClientLine.Beat(17));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"beat\",\"n\":017}",
                "{\"op\":\"beat\",\"n\":}",
                "{\"op\":\"beat\",\"n\":1x}",
                "{\"op\":\"beat\",\"n\":1}}",
            })
    void aBeatThatIsNoJsonIsNotTheProtocol(String line) {
        assertThatThrownBy(() -> ClientLineParser.parse(line)).isInstanceOf(NotTheProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"beat\",\"n\":-1}",
                "{\"op\":\"beat\",\"n\":1.5}",
                "{\"op\":\"beat\",\"n\":1234567890123456789012}",
                "{\"op\":\"beat\",\"n\":1,\"m\":2}",
            })
    void aBeatWithAnotherContentIsRefused(String line) throws Exception {
        assertThat(ClientLineParser.parse(line)).isInstanceOf(ClientLine.Refused.class);
    }

    /** Whatever its kind, a value keeps each of its characters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-0.10e+2",
                "12345678901234567890123456789.00",
                "true",
                "null",
                "\"\"",
                "\"a \\u00fc \u00fc \uD83D\uDE00 \\\" }\"",
                "[]",
                "[1, [2,\t{}]]",
                "{ \"a\" : 1.0 , \"v\":{\"v\":[\"]}\"]}}"
            })
    void readsAPublishWithItsValueAsItWasWritten(String value) throws Exception {
        for (String line : List.of(
                "{\"op\":\"publish\",\"id\":7,\"mid\":\"a_-1\",\"ch\":\"commands\",\"k\":\"m-\u00fc\",\"v\":" + value
                        + "}",
                " { \"v\" : " + value
                        + " , \"k\":\"m-\u00fc\" , \"ch\" :"
                        + " \"commands\",\"mid\":\"a_-1\",\"id\":7,\"op\":\"publish\"} ",
                "{\"op\":\"pub\\u006cish\",\"id\":7,\"mid\":\"a_-1\",\"ch\":\"commands\",\"k\":\"m-\u00fc\",\"\\u0076\":"
                        + value + "}")) {
            var publish = (ClientLine.Publish) ClientLineParser.parse(line);
            assertThat(publish.id()).isEqualTo(7);
            assertThat(publish.mid()).isEqualTo("a_-1");
            assertThat(publish.channel()).isEqualTo("commands");
            assertThat(publish.key()).isEqualTo("m-\u00fc");
            assertThat(publish.value()).asString(StandardCharsets.UTF_8).isEqualTo(value);
        }
    }

    /** The bounds of values are checked later: the line is one of the protocol. */
    @Test
    void aPublishMayHoldWhatNoOtherLineMay() throws Exception {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        String names = "{\"" + "n".repeat(1_000) + "\":1,\"a\":1,\"a\":2}";
        String digits = "1".repeat(5_000);
        for (String value : List.of(deep, names, digits, "[" + "1,".repeat(20_000) + "1]")) {
            String line = "{\"op\":\"publish\",\"id\":1,\"mid\":\"a\",\"ch\":\"m\",\"v\":" + value + "}";
            assertThat(((ClientLine.Publish) ClientLineParser.parse(line)).value())
                    .hasSize(value.length());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"publish\",\"id\":1,\"mid\":\"a\",\"ch\":\"m\",\"v\":}",
                "{\"op\":\"publish\",\"id\":1,\"mid\":\"a\",\"ch\":\"m\",\"v\":{]}",
                "{\"op\":\"publish\",\"id\":1,\"mid\":\"a\",\"ch\":\"m\",\"v\":NaN}",
                "{\"op\":\"publish\",\"id\":1,\"mid\":\"a\",\"ch\":\"m\",\"v\":1} 2",
                "{\"op\":\"publish\",\"id\":1,\"mid\":\"a\",\"ch\":\"m\",\"v\":1,\"v\":2}"
            })
    void aPublishThatIsNoJsonIsNotTheProtocol(String line) {
        assertThatThrownBy(() -> ClientLineParser.parse(line)).isInstanceOf(NotTheProtocolException.class);
    }

    @Test
    void readsHowThePastIsPlayed() throws Exception {
        assertThat(travel("\"from\":\"since:PT1H\",\"until\":\"2026-11-23T10:00:00Z\",\"pace\":16,\"lead\":\"PT5M\""))
                .isEqualTo(new Travel(
                        16, new StartFrom.Since(Instant.parse("2026-11-23T10:00:00Z")), Duration.ofMinutes(5)));
        assertThat(travel("\"pace\":0")).isEqualTo(new Travel(0, null, Duration.ZERO));
        assertThat(travel("\"until\":\"1795158903123\"").until())
                .isEqualTo(new StartFrom.Since(Instant.ofEpochMilli(1795158903123L)));
        assertThat(travel("\"until\":\"at:abc.67a1f0:0@5\"").until()).isInstanceOf(StartFrom.At.class);
        assertThat(travel("\"every\":100")).isEqualTo(Travel.NONE);
    }

    private static Travel travel(String fields) throws Exception {
        return ((ClientLine.Subscribe)
                        ClientLineParser.parse("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\"," + fields + "}"))
                .travel();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"pace\":17 | pace' must be",
                "\"pace\":-1 | pace' must be",
                "\"pace\":1.5 | pace' must be",
                "\"pace\":\"2\" | pace' must be",
                "\"pace\":null | pace' must be",
                "\"until\":5 | until' must be",
                "\"until\":\"yesterday\" | until' is not understood",
                "\"until\":\"live\" | until' is not understood",
                "\"until\":\"at:\" | position",
                "\"lead\":\"PT5M\" | lead' needs a start in the past",
                "\"from\":\"live\",\"lead\":\"PT5M\" | lead' needs a start in the past",
                "\"from\":\"since:PT5M\",\"lead\":\"P2D\" | lead' must be from PT0S to P1D",
                "\"from\":\"since:PT5M\",\"lead\":\"-PT1S\" | lead' must be from PT0S to P1D",
                "\"from\":\"since:PT5M\",\"lead\":\"5 min\" | lead' must be a duration"
            })
    void refusesAWrongWayToPlayThePast(String fields, String cure) throws Exception {
        assertThat(ClientLineParser.parse("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\"," + fields + "}"))
                .isInstanceOfSatisfying(
                        ClientLine.Refused.class,
                        refused -> assertThat(refused.message()).contains(cure));
    }

    @Test
    void keepsTheNumbersOfAFilterExact() throws Exception {
        ClientLine line = ClientLineParser.parse(
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\",\"where\":{\"in\":[\"/n\",[1,0.1,123456789012345678901]]}}");
        assertThat(line)
                .isInstanceOfSatisfying(
                        ClientLine.Subscribe.class,
                        subscribe -> assertThat(subscribe.where())
                                .isEqualTo(Map.of(
                                        "in",
                                        List.of(
                                                "/n",
                                                List.of(
                                                        1L,
                                                        new BigDecimal("0.1"),
                                                        new BigDecimal("123456789012345678901"))))));
    }

    @Test
    void readsHowLongAgo() {
        assertThat(StartFromParser.parse("since:PT5M")).isEqualTo(new StartFrom.Ago(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "1",
                "null",
                "{}",
                "{\"op\":1}",
                "{\"op\":\"ping\",\"id\":1}{}",
                "{\"op\":\"ping\",\"id\":1,\"id\":2}",
                "{\"op\":\"ping\",\"id\":NaN}",
                "{\"op\":\"ping\",\"id\":10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000}",
                "{'op':'ping'}",
                "\uFEFF{\"op\":\"ping\",\"id\":1}",
                "\0{\0\"\0o\0p\0\"\0:\0\"\0p\0i\0n\0g\0\"\0,\0\"\0i\0d\0\"\0:\0001\0}",
                "/*c*/{\"op\":\"ping\",\"id\":1}",
                "{\"op\":\"ping\",\"x\":"
            })
    void refusesWhatIsNoLineOfTheProtocol(String text) {
        assertThatThrownBy(() -> ClientLineParser.parse(text)).isInstanceOf(NotTheProtocolException.class);
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        String deep = "{\"op\":\"ping\",\"x\":" + "[".repeat(300) + "]".repeat(300) + "}";
        assertThatThrownBy(() -> ClientLineParser.parse(deep)).isInstanceOf(NotTheProtocolException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"op\":\"dance\",\"id\":1}|UNKNOWN_OP",
                "{\"op\":\"ping\"}|BAD_REQUEST",
                "{\"op\":\"ping\",\"id\":-1}|BAD_REQUEST",
                "{\"op\":\"ping\",\"id\":1.5}|BAD_REQUEST",
                "{\"op\":\"ping\",\"id\":9007199254740992}|BAD_REQUEST",
                "{\"op\":\"ping\",\"id\":1,\"extra\":true}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"c\",\"every\":9}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"c\",\"every\":3600001}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"c\",\"every\":\"250\"}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":7}|BAD_REQUEST",
                "{\"op\":\"view\"}|BAD_REQUEST",
                "{\"op\":\"view\",\"hidden\":\"yes\"}|BAD_REQUEST",
                "{\"op\":\"view\",\"id\":\"x\",\"hidden\":true}|BAD_REQUEST",
                "{\"op\":\"view\",\"ch\":\"m\",\"keys\":{}}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\",\"flush\":9}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\",\"flush\":60001}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\",\"compress\":\"gzip\"}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\",\"compress\":true}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\",\"keys\":[]}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\",\"keys\":[1]}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\",\"keys\":\"m-1\"}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\",\"from\":\"tomorrow\"}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\",\"from\":\"since:+999999999-01-01T00:00:00Z\"}|BAD_REQUEST",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\",\"from\":\"at:0@1\"}|BAD_POSITION",
                "{\"op\":\"subscribe\",\"id\":1,\"ch\":\"m\",\"where\":[\"eq\",\"/a\",1]}|BAD_FILTER",
                "{\"op\":\"ping\",\"id\":99999999999999999999999}|BAD_REQUEST",
                "{\"op\":\"publish\",\"id\":1,\"ch\":\"m\",\"v\":1}|BAD_REQUEST",
                "{\"op\":\"publish\",\"id\":1,\"ch\":\"m\",\"mid\":\"a\"}|BAD_REQUEST",
                "{\"op\":\"publish\",\"id\":1,\"ch\":\"m\",\"mid\":\"\",\"v\":1}|BAD_REQUEST",
                "{\"op\":\"publish\",\"id\":1,\"ch\":\"m\",\"mid\":\"a b\",\"v\":1}|BAD_REQUEST",
                "{\"op\":\"publish\",\"id\":1,\"ch\":\"m\",\"mid\":[\"a\"],\"v\":1}|BAD_REQUEST",
                "{\"op\":\"publish\",\"id\":1,\"ch\":{\"m\":{}},\"mid\":\"a\",\"v\":1}|BAD_REQUEST",
                "{\"op\":\"publish\",\"id\":1,\"ch\":\"m\",\"mid\":\"a\",\"k\":null,\"v\":1}|BAD_REQUEST",
                "{\"op\":\"publish\",\"id\":1,\"ch\":\"m\",\"mid\":\"a\",\"k\":\"\\ud800\",\"v\":1}|BAD_REQUEST",
                "{\"op\":\"publish\",\"id\":1,\"ch\":\"m\",\"mid\":\"a\",\"v\":1,\"topic\":\"t\"}|BAD_REQUEST",
                "{\"op\":\"auth\",\"id\":1,\"token\":7}|BAD_REQUEST",
                "{\"op\":\"auth\",\"id\":1,\"token\":null}|BAD_REQUEST",
                "{\"op\":\"auth\",\"id\":1,\"token\":\"t\",\"user\":\"anna\"}|BAD_REQUEST",
                "{\"op\":\"auth\",\"token\":\"t\"}|BAD_REQUEST"
            })
    void answersAWrongRequestWithItsCode(String text, ErrorCode code) throws Exception {
        assertThat(ClientLineParser.parse(text)).isInstanceOfSatisfying(ClientLine.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.message()).isNotBlank();
        });
    }

    @Test
    void theTextOfATokenLineHasNoToken() throws Exception {
        ClientLine line = ClientLineParser.parse("{\"op\":\"auth\",\"id\":1,\"token\":\"secret\"}");
        assertThat(line).isEqualTo(new ClientLine.Auth(1, "secret"));
        assertThat(line.toString()).doesNotContain("secret");
    }
}
