package io.laundrybridge.benchmark.server;

import io.laundrybridge.benchmark.process.Arguments;
import io.laundrybridge.benchmark.process.Tether;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;

/** The same few lines in Vert.x. */
public final class VertxServer {
    private VertxServer() {}

    @SuppressWarnings("FutureReturnValueIgnored") // as the guides do
    public static void main(String[] arguments) throws Exception {
        Tether.hold();
        Arguments given = new Arguments(arguments);
        Set<ServerWebSocket> sockets = new CopyOnWriteArraySet<>();
        HttpServer server = Vertx.vertx()
                .createHttpServer()
                .webSocketHandler(socket -> {
                    sockets.add(socket);
                    socket.closeHandler(closed -> sockets.remove(socket));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        new Fanout(
                        given.text("brokers"),
                        given.text("topic"),
                        text -> sockets.forEach(socket -> socket.writeTextMessage(text)))
                .start();
        System.out.println("vertx: ws://127.0.0.1:" + server.actualPort() + "/");
    }
}
