package io.laundrybridge.standalone;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.WriteHandler;
import org.glassfish.grizzly.http.io.NIOOutputStream;
import org.glassfish.grizzly.http.server.Response;

/**
 * Writes a body at its reader's speed on Grizzly, and keeps no thread meanwhile. Called by one thread at a time;
 * {@link BodyWriter} does the same in servlet containers.
 */
final class GrizzlyBodyWriter implements WriteHandler {
    private static final int PART = 8_192;
    private static final long PATIENCE_SECONDS = 60;

    private final byte[] body;
    private final Response response;
    private final NIOOutputStream out;
    private int written;

    private GrizzlyBodyWriter(byte[] body, Response response) {
        this.body = body;
        this.response = response;
        this.out = response.getNIOOutputStream();
    }

    /** Starts to write {@code body} as the rest of {@code response}. */
    static void write(byte[] body, Response response) {
        response.suspend(PATIENCE_SECONDS, TimeUnit.SECONDS, null, null);
        GrizzlyBodyWriter writer = new GrizzlyBodyWriter(body, response);
        writer.out.notifyCanWrite(writer);
    }

    @Override
    public void onWritePossible() throws IOException {
        while (written < body.length && out.canWrite()) {
            int part = Math.min(PART, body.length - written);
            out.write(body, written, part);
            written += part;
        }
        if (written < body.length) {
            out.notifyCanWrite(this);
        } else {
            response.resume();
        }
    }

    @Override
    public void onError(Throwable gone) {
        if (response.isSuspended()) { // not after its time is over
            response.resume();
        }
    }
}
