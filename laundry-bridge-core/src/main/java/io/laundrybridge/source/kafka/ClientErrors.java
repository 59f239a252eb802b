package io.laundrybridge.source.kafka;

import static java.util.Locale.ROOT;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a Kafka client that cannot work on this node from a Kafka, or from records, that are at fault. */
final class ClientErrors {
    private static final String KAFKA = "org.apache.kafka.common.compress.";

    /** As Kafka's classes name them; the libraries' packages have the same names. */
    private static final List<String> COMPRESSIONS = List.of("Zstd", "Snappy", "Lz4", "Gzip");

    private ClientErrors() {}

    /** Returns an error, for example that a library does not load, that {@code failure} is or was caused by. */
    static Optional<Error> error(Throwable failure) {
        return causes(failure)
                .filter(Error.class::isInstance)
                .map(Error.class::cast)
                .findFirst();
    }

    /**
     * {@code error}, if it is one of reading records: a class or library that is not there, or one of compression's.
     *
     * @throws Error {@code error} itself, if it is another
     */
    static Error ofReading(Error error) {
        if (error instanceof LinkageError || compression(error).isPresent()) {
            return error;
        }
        throw error;
    }

    /** {@code failure} and what caused it. */
    static Stream<Throwable> causes(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    /** Returns whether {@code failure} or a cause of it says {@code words}. */
    static boolean says(Throwable failure, String words) {
        return causes(failure)
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(words));
    }

    /**
     * Returns whether it arose while {@code sasl.jaas.config} was read; its message may then quote a part of a
     * password.
     */
    static boolean isOfJaas(Throwable failure) {
        return Stream.of(failure.getStackTrace())
                .anyMatch(at -> at.getClassName().equals("org.apache.kafka.common.security.JaasConfig"));
    }

    /** Returns what {@code failure} and its causes say, in one line. */
    static String inWords(Throwable failure) {
        return causes(failure)
                .map(cause -> cause.getClass().getSimpleName()
                        + (isOfJaas(cause) || cause.getMessage() == null ? "" : ": " + ownMessage(cause)))
                .distinct()
                .collect(Collectors.joining(", because of "));
    }

    /** Without that of the cause, which many exceptions repeat. */
    private static String ownMessage(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        Throwable cause = failure.getCause();
        return cause != null && message.equals(cause.toString()) ? "" : message;
    }

    /** Returns the compression in whose code {@code failure} arose. */
    static Optional<String> compression(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> Stream.of(cause.getStackTrace()))
                .map(StackTraceElement::getClassName)
                .flatMap(name -> compressionOf(name).stream())
                .findFirst();
    }

    private static Optional<String> compressionOf(String className) {
        return COMPRESSIONS.stream()
                .filter(codec ->
                        className.startsWith(KAFKA + codec) || className.contains("." + codec.toLowerCase(ROOT)))
                .map(codec -> codec.toLowerCase(ROOT))
                .findFirst();
    }
}
