package io.laundrybridge.testing;

import io.laundrybridge.test.Await;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * nginx or Apache of this machine as a proxy with TLS in front of two nodes, configured by the block of
 * {@code docs/proxies.md}. Only addresses, files and times are replaced.
 */
public final class ProxyServer implements AutoCloseable {
    private static final Path PAGE = Path.of("..", "docs", "proxies.md");
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");
    private static final String PASSWORD = "laundry";

    private final Process process;
    private final int port;

    private ProxyServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The proxies that the documentation configures. */
    public enum Kind {
        NGINX("nginx"),
        APACHE("apache2");

        private final String program;

        Kind(String program) {
            this.program = program;
        }

        /** Returns the program; empty if this machine does not have it as Debian packages it. */
        public Optional<Path> program() {
            if (this == APACHE && !Files.isDirectory(MODULES)) {
                return Optional.empty();
            }
            String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
            return Stream.of(path.split(File.pathSeparator))
                    .map(folder -> Path.of(folder, program))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    /**
     * Starts the proxy in front of {@code nodes}.
     *
     * @param folder has {@code key.p12}, and takes the proxy's files
     */
    public static ProxyServer start(Kind kind, Path folder, List<Integer> nodes)
            throws IOException, GeneralSecurityException {
        writeKey(folder);
        int port = freePort();
        Path file = folder.resolve("proxy.conf");
        Files.writeString(file, kind == Kind.NGINX ? nginx(folder, port, nodes) : apache(folder, port, nodes));
        String program = kind.program().orElseThrow().toString();
        List<String> command = kind == Kind.NGINX
                ? List.of(program, "-p", folder.toString(), "-c", file.toString(), "-e", folder + "/error.log")
                : List.of(program, "-DFOREGROUND", "-d", folder.toString(), "-f", file.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        ProxyServer proxy = new ProxyServer(process, port);
        Await.until("the proxy", Duration.ofSeconds(10), proxy::accepts);
        return proxy;
    }

    private static String nginx(Path folder, int port, List<Integer> nodes) throws IOException {
        String block = block("nginx", nodes)
                .replace("listen 443 ssl", "listen 127.0.0.1:" + port + " ssl")
                .replace("/etc/ssl/", folder + "/")
                .replace("75s", "2s");
        String temporary = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(each -> each + "_temp_path " + folder + "/" + each + ";\n")
                .collect(Collectors.joining());
        return "daemon off;\nmaster_process off;\npid " + folder + "/pid;\nevents {}\nhttp {\naccess_log off;\n"
                + temporary + block + "}\n";
    }

    private static String apache(Path folder, int port, List<Integer> nodes) throws IOException {
        String page = Files.readString(PAGE);
        Matcher modules = Pattern.compile("`a2enmod ([a-z_ ]+)`").matcher(page);
        if (!modules.find()) {
            throw new IllegalStateException("the page names no modules");
        }
        String load = Stream.of(("mpm_event authz_core socache_shmcb " + modules.group(1)).split(" "))
                .map(name -> "LoadModule " + name + "_module " + MODULES + "/mod_" + name + ".so\n")
                .collect(Collectors.joining());
        String block = block("apache", nodes)
                .replace("*:443", "127.0.0.1:" + port)
                .replace("/etc/ssl/", folder + "/")
                .replace("timeout=75", "timeout=2");
        return load + "Listen 127.0.0.1:" + port + "\nServerName localhost\nUser www-data\nGroup www-data\nPidFile "
                + folder + "/pid\nErrorLog " + folder + "/error.log\nDefaultRuntimeDir " + folder + "\n" + block;
    }

    private static String block(String language, List<Integer> nodes) throws IOException {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        if (!block.find()) {
            throw new IllegalStateException("the page has no block of " + language);
        }
        return IntStream.range(0, nodes.size())
                .boxed()
                .reduce(
                        block.group(1),
                        (text, n) -> text.replace("10.0.0.1" + (n + 1) + ":8080", "127.0.0.1:" + nodes.get(n)),
                        (one, other) -> other);
    }

    private static void writeKey(Path folder) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(folder.resolve("key.p12").toFile(), PASSWORD.toCharArray());
        Key key = store.getKey("test", PASSWORD.toCharArray());
        Files.writeString(folder.resolve("laundry.key"), pem("PRIVATE KEY", key.getEncoded()));
        Files.writeString(
                folder.resolve("laundry.pem"),
                pem("CERTIFICATE", store.getCertificate("test").getEncoded()));
    }

    private static String pem(String what, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean accepts() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the proxy has ended with " + process.exitValue());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Returns the page's origin at this proxy. */
    public String origin() {
        return "https://127.0.0.1:" + port;
    }

    public URI wsUri(String path) {
        return URI.create("wss://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
