package io.laundrybridge.kafka.inprocess;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** One node, by the server parts of Kafka that are public but no API: they may move with any release. */
final class Node {

    private final ClusterLayout layout;
    private final int id;
    private final Path data;
    private @Nullable KafkaRaftServer server;

    Node(ClusterLayout layout, int id, Path data) {
        this.layout = layout;
        this.id = id;
        this.data = data;
    }

    int id() {
        return id;
    }

    synchronized boolean running() {
        return server != null;
    }

    synchronized void start() throws Exception {
        if (server != null) {
            return;
        }
        formatOnce();
        var starting = new KafkaRaftServer(KafkaConfig.fromProps(layout.settings(id, data), false), Time.SYSTEM);
        try {
            starting.startup();
        } catch (Exception | Error e) {
            starting.shutdown();
            throw e;
        }
        server = starting;
    }

    synchronized void stop() {
        var running = server;
        server = null;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
    }

    private void formatOnce() throws Exception {
        if (Files.exists(data)) {
            return;
        }
        Files.createDirectories(data);
        try (var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(id)
                    .setClusterId(layout.clusterId())
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName(ClusterLayout.CONTROLLER_LISTENER)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setIgnoreFormatted(true)
                    .setPrintStream(silence)
                    .run();
        }
    }
}
