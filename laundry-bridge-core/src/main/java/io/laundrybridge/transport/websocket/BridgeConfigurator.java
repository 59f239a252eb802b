package io.laundrybridge.transport.websocket;

import io.laundrybridge.session.admission.UpgradeRequest;
import io.laundrybridge.session.admission.Verdict;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.transport.FilteredRequest;
import io.laundrybridge.transport.HandshakeHeaders;
import io.laundrybridge.transport.QueryString;
import io.laundrybridge.transport.websocket.container.ContainerAdapter;
import io.laundrybridge.transport.websocket.container.Refusal;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/**
 * Handles the opening handshake. It overrides every method, so that no container's default configurator is looked up.
 * With several containers in one class path that look-up finds the wrong one.
 */
final class BridgeConfigurator extends ServerEndpointConfig.Configurator {
    /** The user property that carries a connection's {@link Handshake} to its endpoint. */
    static final String HANDSHAKE = Handshake.class.getName();

    private final Acceptor acceptor;

    BridgeConfigurator(Acceptor acceptor) {
        this.acceptor = acceptor;
    }

    /** Returns true, because the host that an origin must match is first seen in {@link #modifyHandshake}. */
    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return acceptor.negotiate(HandshakeHeaders.tokens(requested));
    }

    /** Returns none: permessage-deflate would cost each session hundreds of kilobytes and prevent shared bytes. */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) {
        return endpointClass.cast(new BridgeEndpoint(acceptor));
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        ContainerAdapter container = Containers.adapter(request.getClass());
        if (!QueryString.isEncoded(request.getQueryString())) {
            container.refuse(Refusal.QUERY, request, response);
            return;
        }
        HandshakeHeaders headers = new HandshakeHeaders(request.getHeaders());
        UpgradeRequest filtered = FilteredRequest.current();
        Verdict verdict = acceptor.admits(
                filtered != null
                        ? filtered
                        : UnfilteredRequest.of(container, request, headers, config.getUserProperties()));
        if (verdict.admitted()) {
            Handshake handshake = HandshakeReader.read(request, headers, acceptor.roles(), verdict.client())
                    .withHostSession(acceptor.hostSession(request.getHttpSession()));
            config.getUserProperties()
                    .put(HANDSHAKE, acceptor.authenticates() ? handshake.withHeaders(headers.all()) : handshake);
        } else {
            container.refuse(Refusal.ORIGIN, request, response);
        }
    }
}
