package io.laundrybridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.Meter;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation says is compiled, or compared with the code. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String PRELUDE = """
        import io.laundrybridge.*;
        import io.laundrybridge.policy.*;
        import io.laundrybridge.session.*;
        import io.laundrybridge.source.*;
        import io.laundrybridge.source.kafka.*;
        import io.laundrybridge.transport.websocket.*;
        import jakarta.websocket.server.ServerContainer;
        import java.time.Duration;
        import java.util.Map;
        class Snippet%d {
            final WebSocketSink sink = WebSocketSink.at("/laundry");
            record MachineLog(String machine, double temperature) {}
            record MachineTile(double temperature) {
                static MachineTile of(MachineLog log) { return new MachineTile(log.temperature()); }
            }
            void run(ServerContainer serverContainer, Map<String, Object> kafkaProperties) throws Exception {
        %s
            }
        }
        """;

    @Test
    void everyJavaSnippetCompiles(@TempDir Path classes) throws IOException {
        List<SimpleJavaFileObject> sources = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult block :
                    JAVA_BLOCK.matcher(Files.readString(page)).results().toList()) {
                sources.add(source(sources.size(), block.group(1)));
            }
        }
        StringWriter problems = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled = compiler.getTask(
                        problems,
                        null,
                        null,
                        List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        sources)
                .call();
        assertThat(sources).isNotEmpty();
        assertThat(compiled).as(problems.toString()).isTrue();
    }

    @Test
    void everyMeterIsDocumented() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/meters.md"));
        assertThat(Arrays.stream(Meter.values()).map(Meter::meterName))
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    /** A snippet is the body of a method, or a whole file if it begins with an import. */
    private static SimpleJavaFileObject source(int number, String body) {
        boolean whole = body.startsWith("import ");
        String name = whole ? body.replaceFirst("(?s).*?\\bclass (\\w+).*", "$1") : "Snippet" + number;
        String text = whole ? body : PRELUDE.formatted(number, body);
        return new SimpleJavaFileObject(
                URI.create("string:///" + name + ".java"), javax.tools.JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            docs.filter(page -> page.toString().endsWith(".md")))
                    .toList();
        }
    }
}
