package io.laundrybridge.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that docs/database.md is right about this module. */
class PageAboutDatabasesTest {
    private static final Path PAGE = Path.of("..", "docs", "database.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)\n\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile("create table report \\(.*?;", Pattern.DOTALL);

    @Test
    void itsProgramCompiles(@TempDir Path classes) throws IOException {
        Matcher block = JAVA.matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        String text = block.group(1) + "\nimport java.util.Map;\nclass Page { void run(io.laundrybridge.session."
                + "WebSocketSink sink) {\n" + block.group(2) + "}}";
        var source = new SimpleJavaFileObject(URI.create("string:///Page.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        StringWriter problems = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(problems, null, null, options, null, List.of(source))
                .call();
        assertThat(compiled).as(problems.toString()).isTrue();
    }

    @Test
    void itsTableCanBeReadByAUserWithItsGrants() throws IOException {
        TestPostgres postgres = TestPostgres.shared();
        Matcher table = TABLE.matcher(Files.readString(PAGE));
        assertThat(table.find()).isTrue();
        postgres.execute("drop table if exists report; " + table.group());
        postgres.execute("create role bridge login password 'x'");
        Files.readString(PAGE)
                .lines()
                .filter(line -> line.matches(" +grant .* to bridge;"))
                .forEach(postgres::execute);
        postgres.execute("insert into report (machine, report) values ('m-1', '{}')");
        PostgresSource source = PostgresSource.table(
                PostgresTable.named("public.report").withKey("machine").withValue("report"),
                postgres.url(),
                java.util.Map.of("user", "bridge", "password", "x"));
        var tape = new io.laundrybridge.test.contract.SourceTape();
        try (var reader = source.open(
                new io.laundrybridge.source.ReadRequest(
                        "machines",
                        io.laundrybridge.source.ReadRequest.WHOLE,
                        io.laundrybridge.host.HostServices.standard()),
                tape)) {
            assertThat(tape.awaitRecords(1).texts()).containsExactly("m-1={}");
            assertThat(reader).isNotNull();
        }
    }
}
