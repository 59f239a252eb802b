package io.laundrybridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final Pattern CLASS = Pattern.compile("^(?:final )?class ", Pattern.MULTILINE);
    private static final Pattern OWN_IMPORT =
            Pattern.compile("^import (io\\.laundrybridge[a-z.]*)\\.[A-Z]\\w*;", Pattern.MULTILINE);
    private static final Pattern OF_HOSTS =
            Pattern.compile("import (org\\.springframework|io\\.laundrybridge\\.(?:jakarta|source\\.postgres))\\.");
    private static final String PRELUDE = """
        %3$simport jakarta.websocket.server.ServerContainer;
        import java.time.Duration;
        import java.util.Map;
        class Snippet%1$d {
            final io.laundrybridge.session.WebSocketSink sink = io.laundrybridge.session.WebSocketSink.at("/laundry");
            record MachineLog(String machine, double temperature) {}
            record MachineTile(double temperature) {
                static MachineTile of(MachineLog log) { return new MachineTile(log.temperature()); }
            }
            void run(ServerContainer serverContainer, Map<String, Object> kafkaProperties) throws Exception {
        %2$s
            }
        }
        """;

    @Test
    void everyJavaSnippetCompiles(@TempDir Path classes) throws IOException {
        List<SimpleJavaFileObject> sources = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult block :
                    JAVA_BLOCK.matcher(Files.readString(page)).results().toList()) {
                if (!OF_HOSTS.matcher(block.group(1)).find()) { // the tests of these modules have them
                    sources.add(source(sources.size(), block.group(1)));
                }
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
    void aFirstProgramNeedsThreePackagesAtMost() throws IOException {
        for (String page : new String[] {"README.md", "docs/getting-started.md"}) {
            Matcher first = JAVA_BLOCK.matcher(Files.readString(ROOT.resolve(page)));
            assertThat(first.find()).isTrue();
            Set<String> packages = OWN_IMPORT
                    .matcher(first.group(1))
                    .results()
                    .map(each -> each.group(1))
                    .collect(Collectors.toSet());
            assertThat(packages).as(page).hasSizeBetween(1, 3).isSubsetOf(ExportedPackages.names());
        }
    }

    /** A snippet is the body of a method with its imports before it, or a whole file. */
    private static SimpleJavaFileObject source(int number, String body) {
        boolean whole = body.startsWith("import ") && CLASS.matcher(body).find();
        int imports = body.startsWith("import ") ? body.indexOf("\n\n") + 2 : 0;
        String name = whole ? body.replaceFirst("(?s).*?\\bclass (\\w+).*", "$1") : "Snippet" + number;
        String text = whole ? body : PRELUDE.formatted(number, body.substring(imports), body.substring(0, imports));
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
