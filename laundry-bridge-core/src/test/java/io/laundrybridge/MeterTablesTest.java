package io.laundrybridge;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.Meter;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.session.admission.RefusalCause;
import io.laundrybridge.session.endpoint.SessionEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the tables of {@code docs/meters.md} with the meters and their reasons. With {@code -Dsettings.write=true}
 * it writes them instead; {@code CONTRIBUTING.md} has the command.
 */
class MeterTablesTest {
    private static final Path PAGE = Path.of("..", "docs", "meters.md");
    private static final Pattern TABLE =
            Pattern.compile("(<!-- meters: ([a-z]+) -->\n).*?(<!-- end of meters -->)", Pattern.DOTALL);

    private static final Pattern NAMED = Pattern.compile("laundry[._]bridge[._][a-z]+(?:[._][a-z]+)*");

    @Test
    void theTablesOfTheDocumentationAreThoseOfTheRegistry() throws IOException {
        String page = Files.readString(PAGE);
        String right = TABLE.matcher(page)
                .replaceAll(part -> Matcher.quoteReplacement(part.group(1) + table(part.group(2)) + part.group(3)));
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(PAGE, right);
        } else {
            assertThat(page).isEqualTo(right);
        }
    }

    @Test
    void everyMeterHasADescriptionAndAName() {
        assertThat(Meter.values()).allSatisfy(meter -> {
            assertThat(meter.meterName()).matches("laundry\\.bridge(\\.[a-z]+)+");
            assertThat(meter.description()).isNotBlank().doesNotEndWith(".");
            assertThat(meter.kind() == Meter.Kind.TIMER).isEqualTo(meter.unit().equals("seconds"));
        });
        assertThat(Arrays.stream(Meter.values()).map(Meter::meterName)).doesNotHaveDuplicates();
    }

    @Test
    void everyMeterThatAPageNamesExists() throws IOException {
        try (Stream<Path> pages = Files.list(PAGE.getParent())) {
            for (Path page :
                    pages.filter(each -> each.toString().endsWith(".md")).toList()) {
                assertThat(NAMED.matcher(Files.readString(page)).results().map(found -> inPrometheus(found.group())))
                        .as(page.toString())
                        .isSubsetOf(Arrays.stream(Meter.values())
                                .map(meter -> meter.meterName().replace('.', '_'))
                                .toList());
            }
        }
    }

    private static String inPrometheus(String name) {
        return name.replace('.', '_').replaceFirst("_(total|seconds_count|seconds_sum|seconds_max|seconds)$", "");
    }

    private static String table(String name) {
        return switch (name) {
            case "all" ->
                table(
                        "| meter | kind | unit | tag | what it measures |\n|---|---|---|---|---|\n",
                        Arrays.stream(Meter.values()).map(MeterTablesTest::row));
            case "refusals" ->
                reasons(Arrays.stream(RefusalCause.values())
                        .map(cause -> "| `" + cause.word() + "` | " + cause.meaning() + " |\n"));
            case "closes" ->
                reasons(Stream.concat(
                        Arrays.stream(CloseCode.values())
                                .filter(code -> code != CloseCode.NORMAL && code != CloseCode.GOING_AWAY)
                                .map(code -> "| `" + code.word() + "` | close code " + code.code() + " |\n"),
                        Arrays.stream(SessionEnd.values())
                                .map(end -> "| `" + end.word() + "` | " + end.meaning() + " |\n")));
            default ->
                reasons(Arrays.stream(ErrorCode.values())
                        .map(code -> "| `" + code.code() + "` | the error of that code; "
                                + (code.retry() ? "clients try again" : "final for that request") + " |\n"));
        };
    }

    private static String reasons(Stream<String> rows) {
        return table("| reason | what it means |\n|---|---|\n", rows);
    }

    private static String table(String head, Stream<String> rows) {
        return "\n" + head + rows.collect(joining()) + "\n";
    }

    private static String row(Meter meter) {
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        meter.meterName(),
                        meter.kind().name().toLowerCase(Locale.ROOT),
                        meter.unit(),
                        meter.tag() == Meter.Tag.NONE
                                ? ""
                                : "`" + meter.tag().name().toLowerCase(Locale.ROOT) + "`",
                        meter.description());
    }
}
