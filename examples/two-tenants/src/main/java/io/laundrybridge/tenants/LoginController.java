package io.laundrybridge.tenants;

import io.laundrybridge.LaundryBridge;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Login, tokens and logout for pages. */
@RestController
class LoginController {
    private final Accounts accounts;
    private final Logins logins;
    private final LaundryBridge bridge;

    LoginController(Accounts accounts, Logins logins, LaundryBridge bridge) {
        this.accounts = accounts;
        this.logins = logins;
        this.bridge = bridge;
    }

    record Password(String name, String password) {}

    record Ticket(String ticket) {}

    @PostMapping("/login")
    ResponseEntity<Map<String, String>> login(@RequestBody Password given) {
        return answer("ticket", accounts.login(given.name(), given.password()).map(logins::ticketOf));
    }

    @PostMapping("/token")
    ResponseEntity<Map<String, String>> token(@RequestBody Ticket given) {
        return answer("token", logins.token(given.ticket()));
    }

    /** Ends the user's sessions in other tabs and browsers too. */
    @PostMapping("/logout")
    void logout(@RequestBody Ticket given) {
        logins.logout(given.ticket()).ifPresent(bridge::disconnect);
    }

    private static ResponseEntity<Map<String, String>> answer(String name, Optional<String> value) {
        return value.map(given -> ResponseEntity.ok(Map.of(name, given)))
                .orElseGet(() -> ResponseEntity.status(401).build());
    }
}
