package io.laundrybridge.test.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of keys on loopback, which a test can make slow, wrong or silent. Thread-safe. */
public final class JwksServer implements AutoCloseable {

    /** Answers a request for the keys. */
    @FunctionalInterface
    public interface Answer {
        /** Answers; the exchange is closed afterwards. */
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Answer answer;

    /** Starts a server of the keys of {@code issuer}. */
    public JwksServer(TokenIssuer issuer) {
        answer = text(issuer);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            try (exchange) {
                answer.to(exchange);
            }
        });
        server.start();
    }

    /** Returns an answer with the keys of {@code issuer} as they are then. */
    public static Answer text(TokenIssuer issuer) {
        return exchange -> send(exchange, 200, issuer.jwks());
    }

    /** Returns an answer with {@code text}. */
    public static Answer text(int status, String text) {
        return exchange -> send(exchange, status, text);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** Answers so from now on. */
    public void answers(Answer next) {
        answer = next;
    }

    /** Returns how often the keys were asked for. */
    public int asked() {
        return asked.get();
    }

    /** Returns where the keys are. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
