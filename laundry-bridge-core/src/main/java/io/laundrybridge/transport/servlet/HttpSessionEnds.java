package io.laundrybridge.transport.servlet;

import io.laundrybridge.session.WebSocketSink;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

/** Reports ends and new ids of HTTP sessions to a sink, whose sessions then lose the user, or ask again. */
final class HttpSessionEnds implements HttpSessionListener, HttpSessionIdListener {
    private final WebSocketSink sink;

    HttpSessionEnds(WebSocketSink sink) {
        this.sink = sink;
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        sink.hostSessionEnded(event.getSession().getId());
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String before) {
        sink.hostSessionRenamed(before, event.getSession().getId());
    }
}
