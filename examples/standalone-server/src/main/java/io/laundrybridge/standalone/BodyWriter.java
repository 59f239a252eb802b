package io.laundrybridge.standalone;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * Writes a body at its reader's speed, and keeps no thread meanwhile, because there are few. Called by one thread at a
 * time.
 */
final class BodyWriter implements WriteListener {
    private static final long PATIENCE_MILLIS = 60_000;

    private final byte[] body;
    private final AsyncContext exchange;
    private final ServletOutputStream out;
    private boolean written;

    private BodyWriter(byte[] body, AsyncContext exchange, ServletOutputStream out) {
        this.body = body;
        this.exchange = exchange;
        this.out = out;
    }

    /** Starts to write {@code body} as the rest of {@code response}. */
    static void write(byte[] body, ServletRequest request, ServletResponse response) throws IOException {
        AsyncContext exchange = request.startAsync();
        exchange.setTimeout(PATIENCE_MILLIS);
        ServletOutputStream out = response.getOutputStream();
        out.setWriteListener(new BodyWriter(body, exchange, out));
    }

    @Override
    public void onWritePossible() throws IOException {
        if (!written) {
            written = true;
            out.write(body);
        }
        if (out.isReady()) { // all of it is sent; otherwise this is called again
            exchange.complete();
        }
    }

    @Override
    public void onError(Throwable gone) {
        exchange.complete();
    }
}
