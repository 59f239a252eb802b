package io.laundrybridge.dashboard.browser;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The network between browser and servers: a TCP proxy that can be cut or slow, and that balances over its targets as
 * simply as can be: each connection goes to the next one in turn that accepts. Thread-safe.
 */
final class Network implements AutoCloseable {
    private static final int PIECE = 1_000;

    private final ServerSocket door;
    private final List<Integer> targets = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger carried = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean slow;

    private Network(ServerSocket door) {
        this.door = door;
    }

    /** A proxy on a free port of 127.0.0.1 to the port {@code target} there. */
    static Network to(int target) throws IOException {
        ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Network proxy = new Network(door);
        proxy.serve(target);
        spawn(proxy::welcome);
        return proxy;
    }

    int port() {
        return door.getLocalPort();
    }

    /** New connections may go to the port {@code target} from now on. */
    void serve(int target) {
        targets.add(target);
    }

    /** No new connection goes to {@code target} any more, as before a node is stopped; those that are there stay. */
    void rest(int target) {
        targets.remove(Integer.valueOf(target));
    }

    /** How many connections have reached a target so far. */
    int carried() {
        return carried.get();
    }

    /** From now on a server's words take their time: about 25 KB a second on each connection. */
    void slow() {
        slow = true;
    }

    /** Drops every connection, and every new one until {@link #mend()}. */
    void cut() {
        cut = true;
        sockets.forEach(Network::drop);
    }

    /** Lets new connections through again, and all of them as fast as they can. */
    void mend() {
        cut = false;
        slow = false;
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
        if (cut) {
            drop(caller);
            return;
        }
        Socket server = reach(targets.size());
        if (server == null) {
            drop(caller);
            return;
        }
        sockets.add(server);
        carried.incrementAndGet();
        spawn(() -> carry(caller, server, false));
        spawn(() -> carry(server, caller, true));
        if (cut) {
            cut();
        }
    }

    private @Nullable Socket reach(int attempts) {
        for (int attempt = 0; attempt < attempts; attempt++) {
            List<Integer> now = List.copyOf(targets);
            int target = now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
            Socket server = new Socket();
            try {
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
                return server;
            } catch (IOException e) {
                drop(server); // the next one, then
            }
        }
        return null;
    }

    private void carry(Socket from, Socket to, boolean down) {
        byte[] piece = new byte[PIECE];
        try (from;
                to) {
            for (int read = from.getInputStream().read(piece);
                    read >= 0;
                    read = from.getInputStream().read(piece)) {
                to.getOutputStream().write(piece, 0, read);
                if (down && slow) {
                    TimeUnit.MILLISECONDS.sleep(PIECE / 25);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
