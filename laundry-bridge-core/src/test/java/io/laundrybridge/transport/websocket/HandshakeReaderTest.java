package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.transport.HandshakeHeaders;
import jakarta.websocket.server.HandshakeRequest;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandshakeReaderTest {
    private static final Principal ADA = () -> "ada";

    private final AtomicBoolean recycled = new AtomicBoolean();

    @Test
    void theRolesThatRulesNameAreKnownAfterTheContainerHasForgottenTheRequest() {
        Caller caller = read(ADA, null, Set.of("operator", "auditor")).caller();
        recycled.set(true);

        assertThat(caller.principal()).isEqualTo(ADA);
        assertThat(caller.roles().test("operator")).isTrue();
        assertThat(caller.roles().test("auditor")).isFalse();
    }

    @Test
    void aRoleThatNoRuleNamesIsAnsweredNo() {
        assertThat(read(ADA, null, Set.of()).caller().roles().test("operator")).isFalse();
    }

    @Test
    void nobodyHasNoRoles() {
        assertThat(read(null, null, Set.of("operator")).caller()).isSameAs(Caller.ANONYMOUS);
    }

    @Test
    void aParameterWithABrokenEscapeIsTakenUnchanged() {
        assertThat(read(null, "channel=%zz&&=x&key", Set.of()).query())
                .containsEntry("channel", List.of("%zz"))
                .containsEntry("", List.of("x"))
                .containsEntry("key", List.of(""));
    }

    @Test
    void headersReadAlikeWhetherTheContainerSplitsThemOrNot() {
        assertThat(tokens("soap, laundry-bridge.v1")).containsExactly("soap", "laundry-bridge.v1");
        assertThat(tokens("soap", "laundry-bridge.v1")).containsExactly("soap", "laundry-bridge.v1");
        assertThat(tokens("soap , ", ",laundry-bridge.v1")).containsExactly("soap", "laundry-bridge.v1");
        assertThat(tokens()).isEmpty();
    }

    @Test
    void anEmptyListOfValuesIsNoHeader() {
        assertThat(new HandshakeHeaders(Map.of("origin", List.of())).value("Origin"))
                .isNull();
        assertThat(new HandshakeHeaders(Map.of("origin", List.of(""))).value("Origin"))
                .isEmpty();
    }

    private static List<String> tokens(String... values) {
        return new HandshakeHeaders(Map.of("sec-websocket-protocol", List.of(values))).tokens("Sec-WebSocket-Protocol");
    }

    private Handshake read(@Nullable Principal principal, @Nullable String query, Set<String> roles) {
        return HandshakeReader.read(request(principal, query), new HandshakeHeaders(Map.of()), roles, "");
    }

    private HandshakeRequest request(@Nullable Principal principal, @Nullable String query) {
        return (HandshakeRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HandshakeRequest.class}, (proxy, method, arguments) -> {
                    if (recycled.get()) {
                        throw new IllegalStateException("The request serves another caller by now");
                    }
                    return switch (method.getName()) {
                        case "getUserPrincipal" -> principal;
                        case "getQueryString" -> query;
                        case "isUserInRole" -> "operator".equals(arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }
}
