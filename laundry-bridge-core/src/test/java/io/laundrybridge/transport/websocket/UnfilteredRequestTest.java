package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.session.admission.UpgradeRequest;
import io.laundrybridge.session.admission.UpgradeRequest.Connection;
import io.laundrybridge.transport.HandshakeHeaders;
import io.laundrybridge.transport.websocket.container.ContainerAdapter;
import io.laundrybridge.transport.websocket.container.UnknownContainer;
import io.laundrybridge.transport.websocket.jetty.JettyAdapter;
import jakarta.websocket.server.HandshakeRequest;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is made out of a handshake where the API alone tells it. */
class UnfilteredRequestTest {
    private static final ContainerAdapter UNKNOWN = new UnknownContainer();

    @Test
    void aRequestOfHttp2IsForTheAuthorityOfItsAddress() {
        UpgradeRequest request = request(UNKNOWN, "https://my_shop.example:8443/laundry", Map.of(), Map.of());
        assertThat(request.host()).isEqualTo("my_shop.example:8443");
        assertThat(request.connection()).isEqualTo(new Connection(null, null, true));
    }

    @Test
    void jettysAddressesAreTaken() throws UnknownHostException {
        Map<String, Object> properties = Map.of(
                "jakarta.websocket.endpoint.remoteAddress",
                new InetSocketAddress(InetAddress.getByName("203.0.113.9"), 4711),
                "jakarta.websocket.endpoint.localAddress",
                new InetSocketAddress(InetAddress.getByName("10.0.0.5"), 8080));
        UpgradeRequest request =
                request(new JettyAdapter(), "http://shop/laundry", Map.of("Host", List.of("shop")), properties);
        assertThat(request.connection()).isEqualTo(new Connection("203.0.113.9", "10.0.0.5", false));
        assertThat(request.host()).isEqualTo("shop");
    }

    @Test
    void aTargetThatIsNoUriHidesNothingElse() {
        UpgradeRequest request =
                request(UNKNOWN, null, Map.of("host", List.of("shop"), "COOKIE", List.of("a=b")), Map.of());
        assertThat(request.host()).isEqualTo("shop");
        assertThat(request.ambientCredential()).isTrue();
    }

    private static UpgradeRequest request(
            ContainerAdapter container,
            @Nullable String uri,
            Map<String, List<String>> headers,
            Map<String, Object> properties) {
        HandshakeRequest request = (HandshakeRequest) Proxy.newProxyInstance(
                UnfilteredRequestTest.class.getClassLoader(),
                new Class<?>[] {HandshakeRequest.class},
                (proxy, method, arguments) -> method.getName().equals("getRequestURI")
                        ? URI.create(String.valueOf(uri).replace("null", "{"))
                        : null);
        return UnfilteredRequest.of(container, request, new HandshakeHeaders(headers), properties);
    }
}
