package io.laundrybridge.test.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS for 127.0.0.1, by a certificate that both ends know. */
public final class SelfSigned {
    private static final String PASSWORD = "laundry";

    private SelfSigned() {}

    /** Makes a key with the JDK's keytool, in {@code folder}. */
    public static SSLContext in(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve("key.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process making = new ProcessBuilder((keytool + " -genkeypair -alias test -keyalg EC -dname CN=127.0.0.1"
                                + " -ext san=ip:127.0.0.1 -storetype PKCS12 -storepass " + PASSWORD + " -keystore "
                                + file)
                        .split(" "))
                .inheritIO()
                .start();
        if (making.waitFor() != 0) {
            throw new IOException("keytool made no key");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream key = Files.newInputStream(file)) {
            store.load(key, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("test", store.getCertificate("test"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext both = SSLContext.getInstance("TLS");
        both.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return both;
    }
}
