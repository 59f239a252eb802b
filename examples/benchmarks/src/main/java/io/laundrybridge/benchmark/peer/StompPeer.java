package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.load.Dialect;
import io.laundrybridge.benchmark.stomp.StompServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/** Spring's STOMP, on a class path of its own: Boot chooses its own Tomcat and Kafka. */
record StompPeer() implements Peer {
    private static final String LIBRARIES = "/benchmark-stomp.classpath";

    @Override
    public String name() {
        return "stomp";
    }

    @Override
    public Dialect dialect() {
        return Dialect.STOMP;
    }

    @Override
    public Running start(Ground ground) {
        List<String> arguments = List.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--logging.level.root=error",
                "--spring.main.banner-mode=off",
                "--spring.kafka.bootstrap-servers=" + ground.brokers(),
                "--benchmark.topic=" + ground.topic());
        return JvmServer.start(name(), classPath(), StompServer.class.getName(), arguments, ground);
    }

    private static String classPath() {
        try (InputStream libraries = StompServer.class.getResourceAsStream(LIBRARIES)) {
            CodeSource source = StompServer.class.getProtectionDomain().getCodeSource();
            if (libraries == null || source == null) {
                throw new IllegalStateException(LIBRARIES + " is not in the class path; build benchmark-stomp");
            }
            URL location = source.getLocation();
            String own = Path.of(new URI(location.toString())).toString();
            return own + File.pathSeparator + new String(libraries.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
