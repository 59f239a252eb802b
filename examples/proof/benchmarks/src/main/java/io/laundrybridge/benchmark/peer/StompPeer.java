package io.laundrybridge.benchmark.peer;

import io.laundrybridge.benchmark.load.Dialect;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Spring's STOMP, on a class path of its own: Boot chooses its own Tomcat and Kafka. */
record StompPeer() implements Peer {
    /** The name, not the class: its superclasses are not in this class path. */
    private static final String MAIN = "io.laundrybridge.benchmark.stomp.StompServer";

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
        return JvmServer.start(name(), classPath(), MAIN, arguments, ground);
    }

    /** Its own classes are beside the file that names its libraries, in a folder or in a jar. */
    private static String classPath() {
        URL libraries = StompPeer.class.getResource(LIBRARIES);
        if (libraries == null) {
            throw new IllegalStateException(LIBRARIES + " is not in the class path; build examples/proof/peers-stomp");
        }
        try (InputStream text = libraries.openStream()) {
            String place = libraries.toString().replaceFirst("^jar:", "").replaceFirst("!?" + LIBRARIES + "$", "");
            return Path.of(URI.create(place))
                    + File.pathSeparator
                    + new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
