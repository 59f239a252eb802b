package io.laundrybridge.dashboard.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between browser and server: a TCP proxy that can be cut. Thread-safe. */
final class CuttableProxy implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private CuttableProxy(ServerSocket door, int target) {
        this.door = door;
        this.target = target;
    }

    /** A proxy on a free port of 127.0.0.1 to the port {@code target} there. */
    static CuttableProxy to(int target) throws IOException {
        ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        CuttableProxy proxy = new CuttableProxy(door, target);
        spawn(proxy::welcome);
        return proxy;
    }

    int port() {
        return door.getLocalPort();
    }

    /** Drops every connection, and every new one until {@link #mend()}. */
    void cut() {
        cut = true;
        sockets.forEach(CuttableProxy::drop);
    }

    /** Lets new connections through again. */
    void mend() {
        cut = false;
    }

    @Override
    public void close() {
        cut();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void welcome() {
        while (!door.isClosed()) {
            try {
                join(door.accept());
            } catch (IOException e) {
                // the door is closed, or this one caller has gone
            }
        }
    }

    private void join(Socket caller) throws IOException {
        sockets.add(caller);
        Socket server = new Socket();
        sockets.add(server);
        if (cut) {
            drop(caller);
            return;
        }
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
        spawn(() -> carry(caller, server));
        spawn(() -> carry(server, caller));
        if (cut) {
            cut();
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one of them has gone; the other follows
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void drop(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void spawn(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
