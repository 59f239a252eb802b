package io.laundrybridge.kafka;

import static java.util.Locale.ROOT;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Separates errors of a Kafka client that cannot work on this node from errors of Kafka or of records. */
public final class ClientErrors {
    private static final String KAFKA = "org.apache.kafka.common.compress.";

    /** The compressions, as the names of Kafka's classes and of the libraries' packages contain them. */
    private static final List<String> COMPRESSIONS = List.of("Zstd", "Snappy", "Lz4", "Gzip");

    private ClientErrors() {}

    /** Returns the {@code Error} that {@code failure} is or was caused by, for example a library that does not load. */
    public static Optional<Error> error(Throwable failure) {
        return causes(failure)
                .filter(Error.class::isInstance)
                .map(Error.class::cast)
                .findFirst();
    }

    /**
     * Returns {@code error} if it is about reading records: a class or library is missing, or a decompression failed.
     *
     * @throws Error {@code error} itself, if it is about anything else
     */
    public static Error ofReading(Error error) {
        if (error instanceof LinkageError || compression(error).isPresent()) {
            return error;
        }
        throw error;
    }

    /** Returns {@code failure} and its causes. */
    public static Stream<Throwable> causes(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    /** Returns whether {@code failure} or a cause of it says {@code words}. */
    public static boolean says(Throwable failure, String words) {
        return causes(failure)
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(words));
    }

    /**
     * Returns whether the failure arose while {@code sasl.jaas.config} was read. Its message may then quote a part of a
     * password.
     */
    public static boolean isOfJaas(Throwable failure) {
        return Stream.of(failure.getStackTrace())
                .anyMatch(at -> at.getClassName().equals("org.apache.kafka.common.security.JaasConfig"));
    }

    /** Returns the messages of {@code failure} and its causes in one line. */
    public static String inWords(Throwable failure) {
        return causes(failure)
                .map(cause -> cause.getClass().getSimpleName()
                        + (isOfJaas(cause) || cause.getMessage() == null ? "" : ": " + ownMessage(cause)))
                .distinct()
                .collect(Collectors.joining(", because of "));
    }

    /** Returns the message without the one of the cause, which many exceptions repeat. */
    private static String ownMessage(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        Throwable cause = failure.getCause();
        return cause != null && message.equals(cause.toString()) ? "" : message;
    }

    /** Returns the compression whose code threw {@code failure}. */
    public static Optional<String> compression(Throwable failure) {
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
