package io.laundrybridge.config;

import io.laundrybridge.host.Meter;
import java.time.Duration;
import java.util.List;

/** Declares the settings of the endpoint, of starting, of Kafka, and of login. */
public final class BridgeSettings {
    private static final SettingGroup GROUP = new SettingGroup("");
    /** The form of names in tokens: visible ASCII that begins with a letter, a digit or an underline. */
    private static final String NAME = "[A-Za-z0-9_][\\x21-\\x7e]{0,999}";

    /** {@code laundry-bridge.path}. */
    public static final Setting<String> PATH = GROUP.text(
                    "path", "/[A-Za-z0-9/_.~-]*", "a path such as /laundry, of letters, digits and / _ . ~ -")
            .means("The endpoint's path, for example `/laundry`.");

    /** {@code laundry-bridge.heartbeat}. */
    public static final Setting<Duration> HEARTBEAT = GROUP.duration(
                    "heartbeat", Duration.ofMillis(20), Duration.ofHours(1))
            .byDefault(Duration.ofSeconds(25))
            .means("Longest time between two beats of a session.");

    /** {@code laundry-bridge.allowed-origins}. */
    public static final Setting<List<String>> ALLOWED_ORIGINS = GROUP.list(
                    "allowed-origins", "origins such as https://staff.example.com")
            .defaultText("the server's own hosts only")
            .means("Comma-separated origins of other pages that may connect, as browsers send them:"
                    + " `https://staff.example.com`. `*` allows every page on the web: only for public data. See"
                    + " [origins and hosts](#origins-and-hosts).");

    /** {@code laundry-bridge.allowed-hosts}. */
    public static final Setting<List<String>> ALLOWED_HOSTS = GROUP.list(
                    "allowed-hosts", "hosts such as shop.example.com")
            .means("Comma-separated names, without scheme and port, under which pages of `http` reach the"
                    + " server: `machines.factory.example`. Pages of `https` need none. `*` allows any.");

    /** {@code laundry-bridge.trusted-proxies}. */
    public static final Setting<List<String>> TRUSTED_PROXIES = GROUP.list(
                    "trusted-proxies", "addresses or ranges such as 10.0.0.0/8")
            .means("Comma-separated addresses and ranges, `10.0.0.7,fd00::/8`, of proxies whose `Forwarded` or"
                    + " `X-Forwarded-*` headers count. Spring has `server.forward-headers-strategy` for the same.");

    /** {@code laundry-bridge.secret}. */
    public static final Setting<String> SECRET = GROUP.secret("secret")
            .defaultText("none: places are open")
            .means("Seals the places of sessions that may read some rows only; otherwise offsets tell them of"
                    + " other rows. The same on all nodes, 32 characters or more, made by a generator:"
                    + " `openssl rand -base64 32`.");

    /** {@code laundry-bridge.secret-before}. */
    public static final Setting<String> SECRET_BEFORE = GROUP.secret("secret-before")
            .defaultText("none")
            .means("The secret before the present one. Its places can still be opened, so that clients resume"
                    + " after a change of `secret`.");

    /** {@code laundry-bridge.stamp.channels}. */
    public static final Setting<List<String>> STAMP_CHANNELS = GROUP.set(
                    "stamp.channels", "[A-Za-z0-9_.:-]{1,128}", "names of channels")
            .means("Comma-separated channels whose position responses have in the header `Laundry-Bridge-At`. See"
                    + " [read your own write](read-your-own-write.md).");

    /** {@code laundry-bridge.stamp.paths}. */
    public static final Setting<List<String>> STAMP_PATHS = GROUP.set(
                    "stamp.paths", "/[^\\s?#=]*|\\*\\.[A-Za-z0-9]+", "paths such as /api/*")
            .byDefault(List.of("/*"))
            .means("Comma-separated paths of these responses, as a servlet filter has them: `/api/*`, `/machines`,"
                    + " `*.json`.");

    /** {@code laundry-bridge.auth.mode}. */
    public static final Setting<String> AUTH_MODE = GROUP.choice(
                    "auth.mode",
                    new Choice("required", "nobody reads without a login"),
                    new Choice("optional", "users may log in; others are anonymous"),
                    new Choice("none", "users are those whom the host reports; no authenticator is asked"))
            .defaultText("`required` if there is an authenticator, else `none`")
            .means("Whether users log in.");

    /** {@code laundry-bridge.grants-topic}. */
    public static final Setting<String> GRANTS_TOPIC = GROUP.text(
                    "grants-topic",
                    "(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}",
                    "a topic of Kafka, 1 to 249 of A-Z a-z 0-9 . _ -")
            .defaultText("none")
            .means("Kafka topic that reports whose rights have changed: the key of each record is a user's name. The"
                    + " access rules are asked again for that user's sessions. It may be compacted.");

    /** {@code laundry-bridge.access-recheck}. */
    public static final Setting<Duration> ACCESS_RECHECK = GROUP.duration(
                    "access-recheck", Duration.ofSeconds(1), Duration.ofDays(1))
            .byDefault(Duration.ofMinutes(5))
            .means("Interval at which access rules are asked again for open sessions, each session at its own time.");

    /** {@code laundry-bridge.workers}. */
    public static final Setting<Integer> WORKERS = GROUP.count("workers", 1, 256)
            .defaultText("one per core, at most 4")
            .means("Number of threads that send.");

    /** {@code laundry-bridge.transport}. */
    public static final Setting<String> TRANSPORT = GROUP.choice(
                    "transport",
                    new Choice("auto", "the way that costs least, if the container is known"),
                    new Choice("portable", "the WebSocket API alone"))
            .byDefault("auto")
            .means("How frames are handed to the container; see [frames](#frames).");

    /** {@code laundry-bridge.audit-log}. */
    public static final Setting<Boolean> AUDIT_LOG = GROUP.flag("audit-log")
            .byDefault(false)
            .means("Whether connects, refusals, logins, subscriptions, changed grants and ends of sessions are logged,"
                    + " one line of level INFO each, by the logger `io.laundrybridge.audit`.");

    /** {@code laundry-bridge.startup}. */
    public static final Setting<String> STARTUP = GROUP.choice(
                    "startup",
                    new Choice("wait", "start all the same; sessions get `source_unavailable` until Kafka is there"),
                    new Choice("fail", "fail after `startup-timeout`"))
            .byDefault("wait")
            .defaultText("`wait` in hosts, `fail` in the gateway")
            .means("What a start does while Kafka or a topic is missing.");

    /** {@code laundry-bridge.startup-timeout}. */
    public static final Setting<Duration> STARTUP_TIMEOUT = GROUP.duration(
                    "startup-timeout", Duration.ofMillis(100), Duration.ofDays(1))
            .byDefault(Duration.ofSeconds(10))
            .means("Longest time that `startup=fail` waits.");

    /** {@code laundry-bridge.warm-up}. */
    public static final Setting<Duration> WARM_UP = GROUP.durationOrZero(
                    "warm-up", Duration.ofMillis(100), Duration.ofMinutes(1))
            .byDefault(Duration.ZERO)
            .meter(Meter.WARM_UP)
            .means("Longest time that the node runs its own path before it is ready, so that the JVM has compiled it"
                    + " when clients come; `0ms`: not at all. It ends earlier once that brings nothing more. See"
                    + " [warm-up](operations.md#warm-up).");

    /** {@code laundry-bridge.kafka.bootstrap.servers}. */
    public static final Setting<String> KAFKA_SERVERS = GROUP.text(
                    "kafka.bootstrap.servers",
                    "(\\s*(\\S+:\\d{1,5}|\\S*\\$\\{.*\\}\\S*)\\s*(,|$))+",
                    "the addresses of Kafka, such as kafka-1:9092,kafka-2:9092")
            .defaultText("in Spring `spring.kafka.bootstrap-servers`")
            .means("Comma-separated addresses of Kafka, each with its port.");

    /** {@code laundry-bridge.kafka.*}. */
    public static final Setting<String> KAFKA = GROUP.text("kafka.*", ".*", "a value that Kafka knows")
            .defaultText("the host's own")
            .means("Kafka client properties, passed on; see [Kafka](#kafka).");

    /** {@code laundry-bridge.fetch-linger}. */
    public static final Setting<Duration> FETCH_LINGER = GROUP.durationOrZero(
                    "fetch-linger", Duration.ofMillis(2), Duration.ofMillis(500))
            .byDefault(Duration.ofMillis(20))
            .means("Longest time that an event waits at Kafka, so that one fetch brings several. Only if at least four"
                    + " events come in that time, over all topics that share a consumer. `0ms` fetches at once.");

    /** {@code laundry-bridge.auth.jwt.jwks}. */
    public static final Setting<String> JWKS = GROUP.text(
                    "auth.jwt.jwks",
                    "[A-Za-z0-9/.~_][\\x21-\\x7e]{0,1999}",
                    "a file such as /etc/laundry-bridge/jwks.json, or a URL such as"
                            + " https://login.example.com/jwks.json")
            .means("The issuer's public keys as a JSON Web Key Set: a file, or a URL of `https`. Turns login by"
                    + " [JSON Web Tokens](#login-by-json-web-tokens) on.");

    /** {@code laundry-bridge.auth.jwt.issuer}. */
    public static final Setting<String> JWT_ISSUER = GROUP.text(
                    "auth.jwt.issuer", NAME, "the issuer as tokens name it, such as https://login.example.com")
            .defaultText("any, with a warning")
            .means("The `iss` that a token must have.");

    /** {@code laundry-bridge.auth.jwt.audience}. */
    public static final Setting<List<String>> JWT_AUDIENCE = GROUP.set(
                    "auth.jwt.audience", NAME, "names of this application such as laundry, as tokens name it")
            .defaultText("any, with a warning")
            .means("Comma-separated names of this application. A token must have one of them in `aud`.");

    /** {@code laundry-bridge.auth.jwt.algorithms}. */
    public static final Setting<List<String>> JWT_ALGORITHMS = GROUP.set(
                    "auth.jwt.algorithms",
                    "[RPE]S(256|384|512)",
                    "RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 or ES512")
            .byDefault(List.of("RS256", "ES256"))
            .means("Comma-separated algorithms that may sign tokens: `RS256`, `RS384`, `RS512`, `PS256`, `PS384`,"
                    + " `PS512`, `ES256`, `ES384`, `ES512`. Tokens without a signature are never accepted.");

    /** {@code laundry-bridge.auth.jwt.user-claim}. */
    public static final Setting<String> JWT_USER_CLAIM = GROUP.text(
                    "auth.jwt.user-claim", NAME, "the name of a claim such as sub")
            .byDefault("sub")
            .means("The claim with the user's name. Choose one that is never given to another user.");

    /** {@code laundry-bridge.auth.jwt.roles-claim}. */
    public static final Setting<String> JWT_ROLES_CLAIM = GROUP.text(
                    "auth.jwt.roles-claim", NAME, "the name of a claim such as roles or realm_access.roles")
            .byDefault("roles")
            .means("The claim with the user's roles, for `access=role:NAME`: a list, or words as in `scope`. Dots"
                    + " lead into objects: `realm_access.roles`.");

    /** {@code laundry-bridge.auth.jwt.clock-skew}. */
    public static final Setting<Duration> JWT_CLOCK_SKEW = GROUP.durationOrZero(
                    "auth.jwt.clock-skew", Duration.ofSeconds(1), Duration.ofMinutes(10))
            .byDefault(Duration.ofMinutes(1))
            .means("How far this server's clock and the issuer's may differ. Tokens are valid that much longer, and"
                    + " that much earlier.");

    /** {@code laundry-bridge.auth.jwt.jwks-refresh}. */
    public static final Setting<Duration> JWKS_REFRESH = GROUP.duration(
                    "auth.jwt.jwks-refresh", Duration.ofSeconds(10), Duration.ofDays(1))
            .byDefault(Duration.ofMinutes(5))
            .means("How long keys are used before they are read again. An unknown key is looked for at once, but at"
                    + " most twice in 10 s.");

    /** {@code laundry-bridge.auth.jwt.jwks-outage}. */
    public static final Setting<Duration> JWKS_OUTAGE = GROUP.durationOrZero(
                    "auth.jwt.jwks-outage", Duration.ofMinutes(1), Duration.ofDays(30))
            .byDefault(Duration.ofHours(1))
            .means("How long the last keys are used while they cannot be read again.");

    private BridgeSettings() {}

    /** {@return all settings of this class, in the order of the documentation} */
    public static List<Setting<?>> all() {
        return GROUP.all();
    }
}
