package io.laundrybridge.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.LaundryBridge;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.catalina.LifecycleState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes and settings that docs/jakarta.md shows are compiled, deployed and run in a Tomcat with CDI. */
class JakartaPageTest {
    private static final Path PAGE = Path.of("../docs/jakarta.md");
    private static final Pattern CLASS = Pattern.compile("(?m)^public (?:final )?class (\\w+)");

    @TempDir
    Path folder;

    @Test
    void itsApplicationIsDeployedAndRuns() throws Exception {
        Path application = WebApplicationFolder.in(folder);
        Path classes = Files.createDirectories(application.resolve("WEB-INF/classes"));
        compile(classes);
        WebApplicationFolder.add(application, "WEB-INF/beans.xml", "");
        WebApplicationFolder.add(
                application,
                "WEB-INF/classes/META-INF/services/" + LaundryBridgeConfigurer.class.getName(),
                "shop.NoDrafts");
        TomcatHost tomcat = TomcatHost.withCdi(folder, application);
        SystemSettings.during(settings(), tomcat::start);
        try {
            assertThat(tomcat.context().getState()).isEqualTo(LifecycleState.STARTED);
            assertThat(tomcat.context().getServletContext().getAttribute(LaundryBridgeListener.ATTRIBUTE))
                    .isInstanceOfSatisfying(
                            LaundryBridge.class,
                            bridge -> assertThat(bridge.states()).containsOnlyKeys("orders"));
            Object operators = tomcat.select("shop.Operators");
            assertThat(operators.getClass().getMethod("ordersAre").invoke(operators))
                    .isEqualTo("STARTING for 0 sessions");
            operators.getClass().getMethod("leftTheCompany", String.class).invoke(operators, "ada");
            assertThat(tomcat.readiness()).contains("laundry-bridge:orders", "\"status\":\"DOWN\"");
        } finally {
            tomcat.stop();
        }
    }

    private static void compile(Path classes) throws IOException {
        StringWriter problems = new StringWriter();
        Boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        problems,
                        null,
                        null,
                        List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        blocks("java").stream().map(JakartaPageTest::source).toList())
                .call();
        assertThat(compiled).as(problems.toString()).isTrue();
    }

    private static SimpleJavaFileObject source(String block) {
        String name = CLASS.matcher(block)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
        return new SimpleJavaFileObject(URI.create("string:///shop/" + name + ".java"), Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return "package shop;\n" + block;
            }
        };
    }

    /** The settings of the page, with a Kafka that is away. */
    private static Map<String, String> settings() throws IOException {
        Map<String, String> settings = new HashMap<>();
        for (String block : blocks("properties")) {
            Properties read = new Properties();
            read.load(new StringReader(block));
            read.stringPropertyNames().forEach(key -> settings.put(key, read.getProperty(key)));
        }
        settings.put("laundry-bridge.kafka.bootstrap.servers", "127.0.0.1:1");
        return settings;
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
