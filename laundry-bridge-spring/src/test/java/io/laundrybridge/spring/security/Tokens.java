package io.laundrybridge.spring.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An issuer of tokens with a real key pair, which it publishes over HTTP. */
public final class Tokens implements AutoCloseable {
    public static final String ISSUER = "https://login.example.com";
    public static final String AUDIENCE = "laundry";

    private final RSAKey key;
    private final HttpServer server;

    public Tokens() throws JOSEException, IOException {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        byte[] keys = new JWKSet(key).toString().getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Returns the properties that an application sets for this issuer. */
    public Map<String, String> properties() {
        String jwt = "spring.security.oauth2.resourceserver.jwt.";
        return Map.of(
                jwt + "jwk-set-uri",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks",
                jwt + "issuer-uri",
                ISSUER,
                jwt + "audiences",
                AUDIENCE);
    }

    /** Returns a token of {@code user} with tenant acme and scope read for an hour. */
    public String of(String user) throws JOSEException {
        return with(claims -> claims.subject(user));
    }

    public String with(Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        return signed(new RSASSASigner(key), JWSAlgorithm.RS256, claims(change));
    }

    /** Returns a token that the public key has signed as if it were a shared secret. */
    public String confused() throws JOSEException {
        byte[] secret = key.toPublicKey().getEncoded();
        return signed(new MACSigner(secret), JWSAlgorithm.HS256, claims(all -> {}));
    }

    public String unsigned() {
        return new PlainJWT(claims(all -> {})).serialize();
    }

    private String signed(JWSSigner signer, JWSAlgorithm algorithm, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID("one").build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("anna")
                .issueTime(Date.from(Instant.now().minusSeconds(1200)))
                .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
                .claim("tenant", "acme")
                .claim("scope", "read write")
                .claim("sites", List.of("north", 7));
        change.accept(claims);
        return claims.build();
    }
}
