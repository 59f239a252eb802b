package io.laundrybridge.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.auth.Credentials;
import io.laundrybridge.auth.jwt.JwtAuthenticator;
import io.laundrybridge.config.Settings;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.policy.Caller;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a server which knows the public key logs the load clients in, each as a user of its tenant. */
class TokensOfTenantsAreAcceptedTest {
    @TempDir
    Path folder;

    @Test
    void aTokenTellsUserAndTenant() {
        Path key = folder.resolve("tenants.key");
        Path jwks = folder.resolve("tenants.jwks.json");
        Tenants.write(key, jwks);
        Tenants.write(key, jwks); // changes nothing
        JwtAuthenticator authenticator = JwtAuthenticator.from(
                        Settings.of(Map.of(
                                "laundry-bridge.auth.jwt.jwks", jwks.toString(),
                                "laundry-bridge.auth.jwt.issuer", Tenants.ISSUER,
                                "laundry-bridge.auth.jwt.audience", Tenants.AUDIENCE)),
                        HostServices.standard())
                .orElseThrow();
        Tenants tenants = Tenants.read(key);
        for (int client = 0; client < 50; client++) {
            String token = tenants.token(client, "m-" + client % 7);
            Caller caller = authenticator
                    .authenticate(new Credentials(token, Caller.ANONYMOUS, Map.of(), ""))
                    .toCompletableFuture()
                    .join();
            assertThat(caller).isNotNull();
            assertThat(caller.name()).isEqualTo("user-" + client);
            assertThat(caller.claim(Tenants.CLAIM)).isEqualTo("m-" + client % 7);
        }
    }
}
