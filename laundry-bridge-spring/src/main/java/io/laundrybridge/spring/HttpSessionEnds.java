package io.laundrybridge.spring;

import io.laundrybridge.LaundryBridge;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Reports ends and new ids of HTTP sessions to the endpoint, whose sessions then lose the user, or ask again. It is a
 * bean, so that Boot registers it with the web server, and Spring Session calls it for the sessions of its store.
 */
final class HttpSessionEnds implements HttpSessionListener, HttpSessionIdListener {
    private final ObjectProvider<LaundryBridge> laundry;

    HttpSessionEnds(ObjectProvider<LaundryBridge> laundry) {
        this.laundry = laundry;
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        laundry.ifAvailable(
                bridge -> bridge.sink().hostSessionEnded(event.getSession().getId()));
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String before) {
        laundry.ifAvailable(bridge ->
                bridge.sink().hostSessionRenamed(before, event.getSession().getId()));
    }
}
