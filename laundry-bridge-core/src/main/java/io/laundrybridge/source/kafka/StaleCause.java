package io.laundrybridge.source.kafka;

import io.laundrybridge.error.RetriableDecodeException;
import io.laundrybridge.kafka.ClientErrors;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Why reading is behind, as one sentence without addresses. Two causes of one kind are the same news. */
record StaleCause(Kind kind, String sentence) {

    private static final Set<Kind> PASSING =
            EnumSet.of(Kind.LEADERLESS, Kind.THROTTLED, Kind.LAGGING, Kind.TRANSACTION, Kind.RESTARTING);

    /** Returns whether the cause usually passes by itself; any other needs an operator. */
    boolean passes() {
        return PASSING.contains(kind);
    }

    /** The kind of the trouble. */
    enum Kind {
        MISSING,
        DENIED,
        REFUSED,
        MECHANISM,
        LOGIN,
        TLS,
        CLIENT,
        UNRESOLVED,
        ASTRAY,
        MUTE,
        LEADERLESS,
        UNREACHABLE,
        SILENT,
        THROTTLED,
        LAGGING,
        TRANSACTION,
        UNREADABLE,
        RESTARTING,
        DECODER
    }

    static StaleCause missing(String topic) {
        return new StaleCause(
                Kind.MISSING, "Topic '" + topic + "' does not exist; once it is created, reading begins by itself");
    }

    static StaleCause leaderless(String topic, int leaderless, int partitions) {
        return new StaleCause(
                Kind.LEADERLESS,
                leaderless + " of " + partitions + " partitions of topic '" + topic
                        + "' have no leader; reading goes on when their brokers are back");
    }

    static StaleCause silent(String topic, long seconds, int silent, int partitions) {
        String which = silent == partitions
                ? ""
                : " about " + silent + " of " + partitions + " partitions of topic '" + topic + "'";
        return new StaleCause(Kind.SILENT, "Kafka has not answered for " + seconds + " s" + which);
    }

    static StaleCause lagging(String topic, long seconds) {
        return new StaleCause(
                Kind.LAGGING, "Topic '" + topic + "' has records that Kafka has not sent for " + seconds + " s");
    }

    static StaleCause throttled(String topic) {
        return new StaleCause(
                Kind.THROTTLED,
                "Kafka holds back topic '" + topic + "' because the bridge has used up its quota; raise it, or wait");
    }

    static StaleCause transaction(String topic, long seconds) {
        return new StaleCause(
                Kind.TRANSACTION,
                "A transaction in topic '" + topic + "' has been open for " + seconds
                        + " s; what was written after it waits until it ends");
    }

    /** Kafka has the records, but its client cannot read them on this node because of {@code error}. */
    static StaleCause unreadable(String topic, Throwable error) {
        String sentence = ClientErrors.compression(error)
                .map(codec -> "The bridge cannot decompress records of topic '" + topic + "': on this node " + codec
                        + " decompression does not work; the server's log says why")
                .orElse("Kafka's client cannot read records of topic '" + topic
                        + "' on this node; the server's log says why");
        return new StaleCause(Kind.UNREADABLE, sentence);
    }

    static StaleCause restarting() {
        return new StaleCause(Kind.RESTARTING, "Reading from Kafka failed; it is being started again");
    }

    /**
     * Kafka's client has reached brokers at {@code bootstrap.servers}, but none at the addresses that these advertise.
     */
    static StaleCause astray() {
        return new StaleCause(
                Kind.ASTRAY,
                "Kafka answers at bootstrap.servers, but not at the addresses that its brokers name; check whether"
                        + " these names resolve here (advertised.listeners)");
    }

    /** Connections can be made, but no answer comes. */
    static StaleCause mute() {
        return new StaleCause(
                Kind.MUTE,
                "Kafka's port takes connections and does not answer; check security.protocol, and that the port is the"
                        + " right listener's");
    }

    /** Returns the cause for a decoder that cannot go on. */
    static StaleCause decoder(RetriableDecodeException why) {
        return new StaleCause(Kind.DECODER, String.valueOf(why.getMessage()));
    }

    /** Returns the cause that {@code failure} of a client means. */
    static StaleCause of(String topic, Throwable failure) {
        return ClientErrors.causes(failure)
                .flatMap(cause -> known(topic, cause).stream())
                .findFirst()
                .orElse(new StaleCause(Kind.UNREACHABLE, "Kafka does not answer"));
    }

    private static Optional<StaleCause> known(String topic, Throwable cause) {
        if (cause instanceof AuthorizationException) {
            return Optional.of(new StaleCause(
                    Kind.DENIED,
                    "Kafka does not let the bridge read topic '" + topic + "'; grant its user READ on the topic"));
        }
        if (cause instanceof AuthenticationException) {
            return Optional.of(refused(cause));
        }
        return cause instanceof Error error ? Optional.of(unusable(error)) : ofNewClient(cause);
    }

    private static StaleCause refused(Throwable cause) {
        if (cause instanceof UnsupportedSaslMechanismException) {
            return new StaleCause(
                    Kind.MECHANISM, "Kafka does not accept the bridge's sasl.mechanism: " + cause.getMessage());
        }
        if (cause instanceof SslAuthenticationException) {
            return ClientErrors.says(cause, "plaintext connection")
                    ? new StaleCause(
                            Kind.TLS,
                            "Kafka's listener does not speak TLS; check security.protocol, and that the port is the"
                                    + " right listener's")
                    : new StaleCause(
                            Kind.REFUSED,
                            "The bridge and Kafka do not trust each other's TLS certificates; check their dates and"
                                    + " names");
        }
        return new StaleCause(Kind.REFUSED, "Kafka refused the credentials of the bridge; check sasl.jaas.config");
    }

    private static StaleCause unusable(Error error) {
        return new StaleCause(
                Kind.CLIENT,
                "Kafka's client does not work on this node (" + error.getClass().getSimpleName()
                        + "); the server's log says why");
    }

    /** Returns why no client could be made. */
    private static Optional<StaleCause> ofNewClient(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (ClientErrors.isOfJaas(cause)) {
            return Optional.of(new StaleCause(
                    Kind.LOGIN,
                    "The bridge cannot log in to Kafka: sasl.jaas.config cannot be read; expected a login module's"
                            + " class, required, key=\"value\" pairs and a semicolon"));
        }
        if (cause instanceof LoginException) {
            return Optional.of(
                    new StaleCause(Kind.LOGIN, "The bridge cannot log in to Kafka; its login module says: " + message));
        }
        if (cause instanceof ConfigException && message.contains("No resolvable bootstrap")) {
            return Optional.of(new StaleCause(Kind.UNRESOLVED, "No name in bootstrap.servers can be resolved here"));
        }
        boolean stores = message.startsWith("Failed to load SSL") || message.startsWith("Failed to load PEM SSL");
        return stores
                ? Optional.of(new StaleCause(
                        Kind.TLS, "The bridge cannot read its TLS key or trust store; the server's log says why"))
                : Optional.empty();
    }
}
