package io.laundrybridge.tenants;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * The key pair of this process, in place of a login server. An application with one sets {@code
 * spring.security.oauth2.resourceserver.jwt.issuer-uri} and needs neither bean.
 */
@Configuration(proxyBeanMethods = false)
class TokenKeys {
    private final RSAKey keys = new RSAKeyGenerator(2048).keyID("demo").generate();

    TokenKeys() throws JOSEException {}

    @Bean
    JwtEncoder encoder() throws JOSEException {
        return NimbusJwtEncoder.withKeyPair(keys.toRSAPublicKey(), keys.toRSAPrivateKey())
                .build();
    }

    /** With this bean the bridge takes tokens: pages must log in with one. */
    @Bean
    JwtDecoder decoder() throws JOSEException {
        return NimbusJwtDecoder.withPublicKey(keys.toRSAPublicKey()).build();
    }
}
