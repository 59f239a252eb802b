package io.laundrybridge.spring.security;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.auth.Authenticator;
import io.laundrybridge.spring.HostException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

/**
 * Connects the bridge to Spring Security. Users of handshakes get their authorities and claims. With a {@link
 * JwtDecoder}, as {@code spring.security.oauth2.resourceserver.*} makes one, pages log in with a JWT. An {@link
 * Authenticator} of the application's own replaces the latter, and so does {@code laundry-bridge.auth.jwt.jwks}. A
 * logout has the access rules asked again for its user.
 */
@AutoConfiguration(
        afterName =
                "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration")
@ConditionalOnClass({Authentication.class, GrantedAuthorityDefaults.class})
@ConditionalOnProperty(LaundryBridgeSecurityAutoConfiguration.PATH_KEY)
public final class LaundryBridgeSecurityAutoConfiguration {
    /** The key of {@link io.laundrybridge.config.BridgeSettings#PATH}; annotations take constants only. */
    static final String PATH_KEY = "laundry-bridge.path";
    /** The key of {@link io.laundrybridge.config.BridgeSettings#JWKS}. */
    static final String JWKS_KEY = "laundry-bridge.auth.jwt.jwks";

    /** Called by Spring. */
    LaundryBridgeSecurityAutoConfiguration() {}

    @Bean
    AuthenticatedUsers laundryBridgeUsers(
            ObjectProvider<GrantedAuthorityDefaults> defaults, ObjectProvider<RoleHierarchy> hierarchy) {
        GrantedAuthorityDefaults given = defaults.getIfUnique();
        return new AuthenticatedUsers(given == null ? "ROLE_" : given.getRolePrefix(), hierarchy.getIfUnique());
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    HandshakeUsers laundryBridgeHandshakeUsers(AuthenticatedUsers users) {
        return new HandshakeUsers(users);
    }

    @Bean
    LogoutRecheck laundryBridgeLogoutRecheck(ObjectProvider<LaundryBridge> laundry) {
        return new LogoutRecheck(laundry);
    }

    /** Of its own, so that it is read before the bean above, and without the classes of JWT. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({JwtDecoder.class, JwtAuthenticationConverter.class})
    static class Tokens {

        @Bean
        @ConditionalOnBean(JwtDecoder.class)
        @ConditionalOnMissingBean(Authenticator.class)
        @ConditionalOnProperty(name = JWKS_KEY, havingValue = "false", matchIfMissing = true)
        JwtDecoderAuthenticator laundryBridgeTokens(
                ObjectProvider<JwtDecoder> decoders,
                ObjectProvider<Converter<Jwt, ? extends AbstractAuthenticationToken>> converters,
                AuthenticatedUsers users) {
            return new JwtDecoderAuthenticator(decoder(decoders), converter(converters), users);
        }

        private static JwtDecoder decoder(ObjectProvider<JwtDecoder> decoders) {
            try {
                return decoders.getObject();
            } catch (NoUniqueBeanDefinitionException several) {
                throw several(several, "JwtDecoder beans", "reads the tokens of pages");
            }
        }

        private static Converter<Jwt, ? extends AbstractAuthenticationToken> converter(
                ObjectProvider<Converter<Jwt, ? extends AbstractAuthenticationToken>> converters) {
            try {
                return converters.getIfAvailable(JwtAuthenticationConverter::new);
            } catch (NoUniqueBeanDefinitionException several) {
                throw several(several, "converters of a Jwt to an Authentication", "gives users their authorities");
            }
        }

        private static HostException several(NoUniqueBeanDefinitionException several, String what, String purpose) {
            return new HostException(
                    "there are " + several.getNumberOfBeansFound() + " " + what + ", and one of them " + purpose + ": "
                            + several.getBeanNamesFound(),
                    "Mark the one to take as @Primary, or add an Authenticator bean, which replaces them.");
        }
    }
}
