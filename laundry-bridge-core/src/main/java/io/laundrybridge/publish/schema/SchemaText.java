package io.laundrybridge.publish.schema;

import io.laundrybridge.error.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of a schema from a file or the class path. */
final class SchemaText {
    private static final int MOST_BYTES = 1 << 20;
    private static final String FILE = "file:";
    private static final String CLASS_PATH = "classpath:";

    private SchemaText() {}

    /**
     * Returns the text at {@code location}.
     *
     * @throws SettingException of {@code key} if there is none, or if it is too large
     */
    static byte[] read(String location, String key) {
        try (InputStream text = open(location, key)) {
            byte[] bytes = text.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new SettingException(
                        key, key + " is '" + location + "', which is larger than " + MOST_BYTES + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw missing(location, key);
        } catch (IOException | RuntimeException e) {
            if (e instanceof SettingException wrong) {
                throw wrong;
            }
            throw new SettingException(key, key + " is '" + location + "', which cannot be read");
        }
    }

    private static InputStream open(String location, String key) throws IOException {
        if (location.startsWith(FILE)) {
            return Files.newInputStream(
                    Path.of(location.substring(FILE.length()).replaceFirst("^//(?=/)", "")));
        }
        if (!location.startsWith(CLASS_PATH)) {
            throw new SettingException(
                    key, key + " is '" + location + "'; expected file:PATH or classpath:PATH of a JSON Schema");
        }
        InputStream found = onClassPath(location.substring(CLASS_PATH.length()).replaceFirst("^/+", ""));
        if (found == null) {
            throw missing(location, key);
        }
        return found;
    }

    private static @Nullable InputStream onClassPath(String path) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        InputStream found = application == null ? null : application.getResourceAsStream(path);
        return found == null ? SchemaText.class.getClassLoader().getResourceAsStream(path) : found;
    }

    private static SettingException missing(String location, String key) {
        return new SettingException(key, key + " is '" + location + "', but there is no such file");
    }
}
