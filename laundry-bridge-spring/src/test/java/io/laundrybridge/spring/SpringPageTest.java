package io.laundrybridge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.config.Settings;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** The classes with Spring's types that the documentation shows are compiled, and put into an application. */
class SpringPageTest {
    private static final Path PAGE = Path.of("../docs/spring.md");
    private static final List<Path> PAGES = List.of(PAGE, Path.of("../docs/security.md"), Path.of("../README.md"));
    private static final String APPLICATION = """
        package shop;

        import org.springframework.boot.autoconfigure.SpringBootApplication;
        import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;

        @SpringBootApplication(exclude = JettyServletWebServerAutoConfiguration.class)
        class Shop {}
        """;
    private static final Pattern CLASS = Pattern.compile("(?m)^(?:final )?class (\\w+)");

    @TempDir
    Path classes;

    @Test
    void itsClassesCompileAndWorkTogetherWithItsProperties() throws Exception {
        compile();
        Map<String, String> properties = properties();
        Settings.of(properties);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            new WebApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(KafkaAutoConfiguration.class, LaundryBridgeAutoConfiguration.class))
                    .withPropertyValues(properties.entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .toArray(String[]::new))
                    .withUserConfiguration(
                            loader.loadClass("shop.OrdersShown"),
                            loader.loadClass("shop.TenantsSeeTheirRows"),
                            loader.loadClass("shop.Dashboard"))
                    .run(context -> assertThat(context).hasNotFailed().hasSingleBean(LaundryBridge.class));
        }
    }

    @Test
    void itsTestPassesInTheApplicationOfThePage() throws Exception {
        compile();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Files.writeString(classes.resolve("application.properties"), String.join("\n", blocks(PAGE, "properties")));
            thread.setContextClassLoader(loader);
            SummaryGeneratingListener results = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(loader.loadClass("shop.OrdersArriveTest")))
                                    .build(),
                            results);
            assertThat(results.getSummary().getFailures())
                    .extracting(TestExecutionSummary.Failure::getException)
                    .isEmpty();
            assertThat(results.getSummary().getTestsSucceededCount()).isEqualTo(1);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void compile() throws IOException {
        StringWriter problems = new StringWriter();
        Boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        problems,
                        null,
                        null,
                        List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        sources().stream().map(SpringPageTest::source).toList())
                .call();
        assertThat(compiled).as(problems.toString()).isTrue();
    }

    private static SimpleJavaFileObject source(String text) {
        String name = CLASS.matcher(text)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static Map<String, String> properties() throws IOException {
        Map<String, String> properties = new HashMap<>();
        for (String block : blocks(PAGE, "properties")) {
            Properties read = new Properties();
            read.load(new StringReader(block));
            read.stringPropertyNames().forEach(key -> properties.put(key, read.getProperty(key)));
        }
        return properties;
    }

    /** Returns the sources with Spring's types, those of the page in one package; core's own test has the others. */
    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>(List.of(APPLICATION));
        for (Path page : PAGES) {
            String folder = page.equals(PAGE) ? "shop" : "others";
            for (String block : blocks(page, "java")) {
                if (block.contains("import org.springframework.")) {
                    sources.add("package " + folder + ";\n" + block);
                }
            }
        }
        return sources;
    }

    private static List<String> blocks(Path page, String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
