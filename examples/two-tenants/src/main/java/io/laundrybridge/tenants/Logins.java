package io.laundrybridge.tenants;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.stereotype.Component;

/**
 * Users that are logged in, each with a ticket. A ticket counts until the logout and gives short tokens, as a refresh
 * token does. Thread-safe.
 */
@Component
class Logins {
    private final Map<String, String> tickets = new ConcurrentHashMap<>();
    private final Accounts accounts;
    private final JwtEncoder encoder;
    private final Duration life;

    Logins(Accounts accounts, JwtEncoder encoder, @Value("${two-tenants.token-life}") Duration life) {
        this.accounts = accounts;
        this.encoder = encoder;
        this.life = life;
    }

    String ticketOf(Account account) {
        String ticket = UUID.randomUUID().toString();
        tickets.put(ticket, account.name());
        return ticket;
    }

    /** Returns a token with the user's tenant and the roles as of now. */
    Optional<String> token(String ticket) {
        return Optional.ofNullable(tickets.get(ticket)).flatMap(accounts::find).map(this::token);
    }

    private String token(Account account) {
        Instant now = Instant.now();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .subject(account.name())
                .issuedAt(now)
                .expiresAt(now.plus(life))
                .claim("tenant", account.tenant())
                .claim("roles", account.roles())
                .build();
        return encoder.encode(JwtEncoderParameters.from(claims)).getTokenValue();
    }

    /** Ends all logins of the ticket's user, and returns that user. */
    Optional<String> logout(String ticket) {
        Optional<String> user = Optional.ofNullable(tickets.get(ticket));
        user.ifPresent(name -> tickets.values().removeIf(name::equals));
        return user;
    }
}
