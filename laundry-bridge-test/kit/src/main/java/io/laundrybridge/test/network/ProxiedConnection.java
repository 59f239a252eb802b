package io.laundrybridge.test.network;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection through a {@link TcpProxy}: a thread for each direction. */
final class ProxiedConnection {
    private final Socket client;
    private final Consumer<ProxiedConnection> gone;
    private volatile @Nullable Socket server;
    private volatile boolean over;

    ProxiedConnection(Socket client, Consumer<ProxiedConnection> gone) {
        this.client = client;
        this.gone = gone;
    }

    /** Returns whether a server was found; if so, bytes flow in both directions from now on. */
    boolean open(Callable<Socket> servers, TcpLine toServer, TcpLine toClient) {
        try {
            Socket found = servers.call();
            server = found;
            client.setTcpNoDelay(true);
            found.setTcpNoDelay(true);
            spawn(() -> carry(client, found, toServer));
            spawn(() -> carry(found, client, toClient));
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    /** Ends it with a reset on both sides. */
    void reset() {
        over = true;
        drop(client);
        Socket other = server;
        if (other != null) {
            drop(other);
        }
        gone.accept(this);
    }

    private void carry(Socket from, Socket to, TcpLine line) {
        byte[] bytes = new byte[4096];
        long carried = 0;
        try {
            for (int read = from.getInputStream().read(bytes); read >= 0; ) {
                int allowed = line.pass(carried, read, () -> over);
                to.getOutputStream().write(bytes, 0, allowed);
                carried += allowed;
                if (allowed < read) {
                    break;
                }
                read = from.getInputStream().read(bytes);
            }
        } catch (IOException e) {
            // one side has closed; the other follows
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void end() {
        close(client);
        Socket other = server;
        if (other != null) {
            close(other);
        }
        gone.accept(this);
    }

    private static void drop(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing of it is left in any case
        }
    }

    static void spawn(Runnable task) {
        Thread thread = new Thread(task, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
