package io.laundrybridge.test.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A network that fails on demand, between clients and one or more servers of 127.0.0.1. Each new connection goes to the
 * next server that accepts it. Faults of one direction are set at its {@link TcpLine}. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;

    private final ServerSocket door;
    private final List<Integer> targets = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger joined = new AtomicInteger();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final TcpLine toServer = new TcpLine();
    private final TcpLine toClient = new TcpLine();
    private volatile boolean refusing;

    private TcpProxy(ServerSocket door) {
        this.door = door;
    }

    /** Returns a proxy on a free port to servers on {@code ports}, which need not listen yet. */
    public static TcpProxy to(int... ports) {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()));
            IntStream.of(ports).forEach(proxy::addTarget);
            ProxiedConnection.spawn(proxy::welcome);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Also sends new connections to the server on {@code port}. */
    public void addTarget(int port) {
        targets.add(port);
    }

    /** Sends no new connection to {@code port} any more, as before a node is stopped; open connections stay. */
    public void removeTarget(int port) {
        targets.remove(Integer.valueOf(port));
    }

    /** Returns the direction from clients to servers. */
    public TcpLine toServer() {
        return toServer;
    }

    /** Returns the direction from servers to clients. */
    public TcpLine toClient() {
        return toClient;
    }

    /** Ends every connection with a reset; new ones are accepted. */
    public void reset() {
        connections.forEach(ProxiedConnection::reset);
    }

    /** Ends every connection with a reset, and each new one at once, until {@link #heal()}. */
    public void refuse() {
        refusing = true;
        reset();
    }

    /** Holds all bytes of both sides, and leaves every connection open, until {@link #heal()}. */
    public void blackHole() {
        toServer.hold();
        toClient.hold();
    }

    /** Ends all faults; held bytes arrive late, as they do on a network. */
    public void heal() {
        refusing = false;
        toServer.heal();
        toClient.heal();
    }

    /** Returns how many connections have reached a server so far. */
    public int joined() {
        return joined.get();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            refuse();
            heal();
        }
    }

    private void welcome() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                ProxiedConnection.spawn(() -> join(caller));
            } catch (IOException e) {
                // the proxy is closed, or this client has gone
            }
        }
    }

    private void join(Socket caller) {
        ProxiedConnection connection = new ProxiedConnection(caller, connections::remove);
        connections.add(connection);
        if (!refusing && connection.open(this::server, toServer, toClient)) {
            joined.incrementAndGet();
        } else {
            connection.reset();
        }
        if (refusing) {
            connection.reset();
        }
    }

    private Socket server() throws IOException {
        IOException refused = new IOException("no target");
        List<Integer> now = List.copyOf(targets);
        for (int tries = 0; tries < now.size(); tries++) {
            int target = now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
            Socket server = new Socket();
            try {
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
                return server;
            } catch (IOException e) {
                server.close();
                refused = e;
            }
        }
        throw refused;
    }
}
