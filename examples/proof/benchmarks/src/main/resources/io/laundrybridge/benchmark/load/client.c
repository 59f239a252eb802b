/*
 * The load client in C: WebSockets on 127.0.0.1 that one epoll loop reads, so that it takes as little as possible of the
 * processors that it shares with the server. LoadClient.java says which commands it answers, and is the client for what
 * this one does not know: compression, tokens, several partitions, choices per client.
 *
 * Arguments: port, path, subprotocol, least bytes of an event, receive buffer, 1 for our control lines or 0, then the
 * steps of the greeting, two arguments each: the text that the server must have sent, and what the client then says.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define READ_BYTES (256 * 1024)
#define OPENING 32      /* most handshakes at once: servers queue only so many */
#define LOOKAHEAD 72    /* exceeds the longest beginning of an event */
#define LONGEST 600000000L
#define LIVE_MICROS 1000000L
#define SUB 1024        /* a histogram's steps between two powers of two */
#define COUNT (SUB * 24)

enum state { CLOSED, CONNECTING, UPGRADING, GREETING, READY };

struct client {
    enum state state;
    int fd, turn, opening, stalled, stopped, opcode, last;
    long next, target, newest;
    unsigned long left; /* bytes of the frame that have not been scanned */
    int in_frame;
    long skip;          /* bytes before which no event begins */
    char *rest, *out, *place;
    size_t rest_length, rest_room, out_length;
};

static struct client *clients;
static int number_of_clients, opened, opening, loop;
static int port, receive_buffer, controls, turns;
static long least_bytes;
static char **turn_texts, *path, *subprotocol;
static long counted_events, frames, bytes_read, missing, late, announced, caught_up, lost_ones;
static unsigned latencies[COUNT];
static long latest_latency, arrival;
static char reason[400];
static char buffer[READ_BYTES + (1 << 20)];

static long micros(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static int bucket(long value) {
    int shift = value < 2 * SUB ? 0 : 64 - __builtin_clzl(value) - 11;
    return shift * SUB + (int)(value >> shift);
}

static void latency(long value) {
    value = value < 1 ? 1 : value > LONGEST ? LONGEST : value;
    latest_latency = value > latest_latency ? value : latest_latency;
    latencies[bucket(value)]++;
}

static long quantile(double part) {
    unsigned long all = 0, so_far = 0;
    for (int i = 0; i < COUNT; i++)
        all += latencies[i];
    unsigned long wanted = (unsigned long)(part * all + 0.999999);
    for (int i = 0; i < COUNT && all > 0; i++) {
        so_far += latencies[i];
        if (so_far >= wanted && so_far > 0) {
            int shift = i < 2 * SUB ? 0 : i / SUB - 1;
            return ((long)(i - shift * SUB) << shift) + (1L << shift) - 1;
        }
    }
    return 0;
}

static void done_opening(struct client *client) {
    opening -= client->opening;
    client->opening = 0;
}

static void close_client(struct client *client) {
    if (client->state == CLOSED)
        return;
    close(client->fd);
    client->state = CLOSED;
    done_opening(client);
}

static void lost(struct client *client, const char *why) {
    if (client->state == CLOSED)
        return;
    lost_ones++;
    snprintf(reason, sizeof reason, "%s", why);
    for (char *c = reason; *c; c++)
        *c = *c <= ' ' ? ' ' : *c;
    close_client(client);
}

static void watch(struct client *client, int how, unsigned what) {
    struct epoll_event event = {.events = what, .data.u32 = (unsigned)(client - clients) + 1};
    if (epoll_ctl(loop, how, client->fd, &event))
        perror("epoll_ctl");
}

static void flush_client(struct client *client) {
    size_t sent = 0;
    while (sent < client->out_length) {
        ssize_t some = write(client->fd, client->out + sent, client->out_length - sent);
        if (some < 0 && errno != EAGAIN && errno != EINTR) {
            lost(client, strerror(errno));
            return;
        }
        if (some < 0 && errno == EAGAIN)
            break;
        sent += some < 0 ? 0 : some;
    }
    memmove(client->out, client->out + sent, client->out_length - sent);
    client->out_length -= sent;
    if (!client->stopped)
        watch(client, EPOLL_CTL_MOD, EPOLLIN | (client->out_length ? EPOLLOUT : 0));
}

static void say(struct client *client, const char *bytes, size_t length) {
    client->out = realloc(client->out, client->out_length + length);
    memcpy(client->out + client->out_length, bytes, length);
    client->out_length += length;
    flush_client(client);
}

/* The mask is zero, because masks protect proxies and there are none here. */
static void say_frame(struct client *client, int opcode, const char *bytes, size_t length) {
    char frame[8 + 4096];
    size_t header = length < 126 ? 2 : 4;
    if (length > 4096)
        return;
    frame[0] = (char)(0x80 | opcode);
    frame[1] = (char)(0x80 | (length < 126 ? length : 126));
    if (header == 4) {
        frame[2] = (char)(length >> 8);
        frame[3] = (char)length;
    }
    memset(frame + header, 0, 4);
    memcpy(frame + header + 4, bytes, length);
    say(client, frame, header + 4 + length);
}

/* The subscription begins live, or where the client was. */
static void say_turn(struct client *client, const char *text) {
    static const char LIVE[] = "\"from\":\"live\"";
    char line[8192];
    const char *from = strstr(text, LIVE);
    if (!*text)
        return;
    if (!from || client->target < 0 || !client->place) {
        say_frame(client, 1, text, strlen(text));
        return;
    }
    int length = snprintf(line, sizeof line, "%.*s\"from\":\"at:%s:0@%ld\"%s", (int)(from - text), text, client->place,
                          client->next < 0 ? 0 : client->next, from + sizeof LIVE - 1);
    say_frame(client, 1, line, length);
}

static void greet(struct client *client, const char *heard, size_t length) {
    while (client->state == GREETING && client->turn < turns) {
        const char *awaited = turn_texts[2 * client->turn];
        if (*awaited && !memmem(heard, length, awaited, strlen(awaited)))
            return;
        say_turn(client, turn_texts[2 * client->turn + 1]);
        client->turn++;
        length = 0;
    }
    if (client->state == GREETING) {
        client->state = READY;
        done_opening(client);
    }
}

static void connect_client(struct client *client) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1;
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (receive_buffer)
        setsockopt(client->fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    client->state = CONNECTING;
    client->turn = client->in_frame = 0;
    client->left = client->rest_length = client->out_length = 0;
    client->skip = 0;
    client->newest = client->newest ? client->newest : micros();
    client->opening = 1;
    opening++;
    watch(client, EPOLL_CTL_ADD, EPOLLOUT);
    if (connect(client->fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS)
        lost(client, strerror(errno));
}

static void request(struct client *client) {
    char text[1024];
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(client->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
        lost(client, strerror(error));
        return;
    }
    client->state = UPGRADING;
    int length = snprintf(text, sizeof text,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s%s%s\r\n",
                          path, port, *subprotocol ? "Sec-WebSocket-Protocol: " : "", subprotocol,
                          *subprotocol ? "\r\n" : "");
    say(client, text, length);
}

static void event(struct client *client, const char *from) {
    char *end;
    long sequence = strtol(from + 7, &end, 10), due = strtol(end + 6, NULL, 10);
    counted_events++;
    client->newest = due;
    if (sequence == client->next || client->next < 0) {
        client->next = sequence + 1;
    } else if (sequence > client->next) {
        missing += sequence - client->next;
        client->next = sequence + 1;
    } else {
        late++;
    }
    if (client->target >= 0) {
        caught_up++;
        if (sequence + 1 >= client->target)
            client->target = -1;
    } else if (!client->stalled) {
        latency(arrival - due);
    }
}

static long number_after(const char *line, size_t length, const char *text) {
    const char *found = memmem(line, length, text, strlen(text));
    return found ? strtol(found + strlen(text), NULL, 10) : -1;
}

static void gap(struct client *client, const char *line, size_t length) {
    const char *from = memmem(line, length, "\"from\":\"", 8), *to = memmem(line, length, "\"to\":\"", 6);
    const char *end = line + length;
    if (!from || !to)
        return;
    long first = number_after(from, end - from, "@"), after = number_after(to, end - to, "@");
    if (first < 0 || after < 0)
        return;
    announced += after - first;
    if (client->next >= first)
        client->next = after > client->next ? after : client->next;
}

static void place(struct client *client, const char *line, size_t length) {
    const char *at = memmem(line, length, "\"at\":\"", 6);
    const char *colon = at ? memchr(at + 6, ':', line + length - at - 6) : NULL;
    if (colon) {
        free(client->place);
        client->place = strndup(at + 6, colon - at - 6);
    }
}

static void control(struct client *client, const char *line, size_t length) {
#define IS(op) (length > 7 + strlen(op) && !memcmp(line + 7, op, strlen(op)))
    char answer[64];
    if (IS("beat\"")) {
        long number = number_after(line, length, "\"n\":");
        if (number >= 0) {
            int size = snprintf(answer, sizeof answer, "{\"op\":\"beat\",\"n\":%ld}", number);
            say_frame(client, 1, answer, size);
        }
    } else if (IS("gap\"")) {
        gap(client, line, length);
    } else if (IS("subscribed\"")) {
        place(client, line, length);
    } else if (IS("error\"") || IS("reset\"")) {
        char text[sizeof reason];
        snprintf(text, sizeof text, "%.*s", (int)length, line);
        lost(client, text);
    }
}

/* Scans text of a frame; returns how much is taken: the rest is not whole, and never if this is the frame's end. */
static size_t scan(struct client *client, const char *from, size_t length, int whole) {
    size_t at = 0;
    while (at < length && client->state != CLOSED) {
        if (client->skip > 0) {
            size_t part = (size_t)client->skip < length - at ? (size_t)client->skip : length - at;
            client->skip -= part;
            at += part;
            continue;
        }
        const char *brace = memchr(from + at, '{', length - at);
        if (!brace)
            return length;
        at = brace - from;
        if (length - at < LOOKAHEAD && !whole)
            return at;
        if (length - at >= LOOKAHEAD && !memcmp(brace, "{\"seq\":", 7)) {
            event(client, brace);
            client->skip = least_bytes;
        } else if (controls && length - at > 7 && !memcmp(brace, "{\"op\":\"", 7)) {
            const char *end = memchr(brace, '\n', length - at);
            if (!end && !whole)
                return at;
            control(client, brace, end ? (size_t)(end - brace) : length - at);
            at = end ? (size_t)(end - from) + 1 : length;
        } else {
            at++;
        }
    }
    return at;
}

static size_t header(struct client *client, const char *from, size_t length) {
    const unsigned char *bytes = (const unsigned char *)from;
    if (length < 2)
        return 0;
    unsigned long payload = bytes[1] & 127;
    size_t more = payload < 126 ? 0 : payload == 126 ? 2 : 8;
    if (length < 2 + more)
        return 0;
    for (size_t i = 0; i < more; i++)
        payload = (i ? payload << 8 : 0) | bytes[2 + i];
    client->opcode = bytes[0] & 15;
    client->last = bytes[0] & 128;
    client->left = payload;
    client->in_frame = 1;
    return 2 + more;
}

/* A control frame; returns 0 if it is not whole. */
static size_t control_frame(struct client *client, const char *from, size_t length) {
    if (length < client->left)
        return 0;
    if (client->opcode == 9)
        say_frame(client, 10, from, client->left);
    if (client->opcode == 8) {
        char text[64];
        int code = client->left < 2 ? 0 : ((unsigned char)from[0] << 8) | (unsigned char)from[1];
        snprintf(text, sizeof text, "closed by the server: %d", code);
        lost(client, text);
    }
    return client->left;
}

/* Takes the bytes of a connection; returns how many it has used. */
static size_t feed(struct client *client, const char *from, size_t length) {
    size_t at = 0;
    if (client->state == UPGRADING) {
        const char *end = memmem(from, length, "\r\n\r\n", 4);
        if (!end)
            return 0;
        if (memcmp(from, "HTTP/1.1 101", 12)) {
            char text[sizeof reason];
            const char *line = memchr(from, '\r', length);
            snprintf(text, sizeof text, "not upgraded: %.*s", (int)(line - from), from);
            lost(client, text);
            return length;
        }
        at = end + 4 - from;
        client->state = GREETING;
        greet(client, "", 0);
    }
    while (at < length && client->state != CLOSED) {
        if (!client->in_frame) {
            size_t taken = header(client, from + at, length - at);
            if (!taken)
                break;
            at += taken;
        }
        if (client->opcode >= 8) {
            if (length - at < client->left)
                break;
            at += control_frame(client, from + at, length - at);
            client->in_frame = 0;
            continue;
        }
        int whole = length - at >= client->left;
        size_t part = whole ? client->left : length - at;
        if (client->state == GREETING)
            greet(client, from + at, part);
        size_t taken = scan(client, from + at, part, whole);
        at += taken;
        client->left -= taken;
        if (client->left == 0) {
            client->in_frame = 0;
            frames++;
        } else if (taken < part) {
            break;
        }
    }
    return at;
}

static void read_client(struct client *client) {
    size_t old = client->rest_length;
    memcpy(buffer, client->rest, old);
    ssize_t length = read(client->fd, buffer + old, READ_BYTES);
    if (length <= 0) {
        if (length == 0 || (errno != EAGAIN && errno != EINTR))
            lost(client, length == 0 ? "end of stream" : strerror(errno));
        return;
    }
    bytes_read += length;
    size_t taken = feed(client, buffer, old + length), left = old + length - taken;
    if (client->state == CLOSED)
        return;
    if (left > sizeof buffer - READ_BYTES) {
        lost(client, "a line of more than a megabyte");
        return;
    }
    if (left > client->rest_room) {
        client->rest_room = left < 256 ? 256 : left;
        client->rest = realloc(client->rest, client->rest_room);
    }
    memcpy(client->rest, buffer + taken, left);
    client->rest_length = left;
}

static void ready(struct client *client, unsigned what) {
    if (client->state == CLOSED || client->stopped)
        return;
    if (client->state == CONNECTING) {
        request(client);
        return;
    }
    if (what & EPOLLOUT)
        flush_client(client);
    if (client->state != CLOSED && what & (EPOLLIN | EPOLLHUP | EPOLLERR))
        read_client(client);
}

static void stall(struct client *client, int now) {
    client->stalled = 1;
    if (client->state == CLOSED || client->stopped == now)
        return;
    client->stopped = now;
    watch(client, now ? EPOLL_CTL_DEL : EPOLL_CTL_ADD, EPOLLIN);
}

static void come_back(struct client *client, long target) {
    client->target = target;
    connect_client(client);
}

static int by_value(const void *one, const void *other) {
    long a = *(const long *)one, b = *(const long *)other;
    return (a > b) - (a < b);
}

static void print_lags(void) {
    long *lags = malloc(sizeof(long) * (number_of_clients + 1)), now = micros();
    int count = 0, live = 0;
    for (int i = 0; i < number_of_clients; i++) {
        if (clients[i].state != CLOSED) {
            lags[count] = now > clients[i].newest ? now - clients[i].newest : 0;
            live += lags[count++] < LIVE_MICROS;
        }
    }
    qsort(lags, count, sizeof(long), by_value);
    lags[count] = 0;
    int last = count > 0 ? count - 1 : 0;
    printf("lags live=%d p50=%ld p99=%ld max=%ld\n", live, lags[count > 0 ? (count + 1) / 2 - 1 : 0],
           lags[count > 0 ? (int)((99L * count + 99) / 100) - 1 : 0], lags[last]);
    free(lags);
}

static void mark(void) {
    counted_events = frames = bytes_read = missing = late = announced = caught_up = lost_ones = latest_latency = 0;
    memset(latencies, 0, sizeof latencies);
}

static long count_of(const char *what, long sequence) {
    long count = 0, lowest = -2;
    for (int i = 0; i < number_of_clients; i++) {
        struct client *client = &clients[i];
        int connected = client->state != CLOSED && i < opened;
        if (!strcmp(what, "ready"))
            count += client->state == READY;
        else if (!strcmp(what, "catching"))
            count += client->target >= 0;
        else if (!strcmp(what, "behind"))
            count += connected && client->next < sequence;
        else if (connected && (lowest == -2 || client->next < lowest))
            lowest = client->next;
    }
    return strcmp(what, "lowest") ? count : lowest == -2 ? 0 : lowest;
}

static void answer(char *line) {
    char word[32] = "";
    long first = 0, second = 0;
    sscanf(line, "%31s %ld %ld", word, &first, &second);
    long limit = first < number_of_clients ? first : number_of_clients;
    if (!strcmp(word, "open")) {
        int all = number_of_clients + (int)first;
        clients = realloc(clients, sizeof(struct client) * all);
        for (; number_of_clients < all; number_of_clients++)
            clients[number_of_clients] = (struct client){.next = -1, .target = -1};
        printf("opened %ld\n", first);
    } else if (!strcmp(word, "ready")) {
        printf("ready %ld %s\n", count_of(word, 0), reason);
    } else if (!strcmp(word, "mark")) {
        mark();
        puts("marked");
    } else if (!strcmp(word, "read")) {
        printf("events=%ld frames=%ld bytes=%ld missing=%ld late=%ld announced=%ld caughtUp=%ld closed=%ld p50=%ld "
               "p99=%ld p999=%ld max=%ld\n",
               counted_events, frames, bytes_read, missing, late, announced, caught_up, lost_ones, quantile(0.5),
               quantile(0.99), quantile(0.999), latest_latency);
    } else if (!strcmp(word, "lags")) {
        print_lags();
    } else if (!strcmp(word, "lowest") || !strcmp(word, "behind") || !strcmp(word, "catching")) {
        printf("%s %ld\n", word, count_of(word, first));
    } else if (!strcmp(word, "stall") || !strcmp(word, "unstall")) {
        for (long i = 0; i < limit; i++)
            stall(&clients[i], *word == 's');
        printf("%sed %ld\n", word, first);
    } else if (!strcmp(word, "drop")) {
        for (long i = 0; i < limit; i++)
            close_client(&clients[i]);
        printf("dropped %ld\n", first);
    } else if (!strcmp(word, "back")) {
        for (long i = 0; i < limit; i++)
            if (clients[i].state == CLOSED)
                come_back(&clients[i], second);
        printf("back %ld\n", first);
    } else {
        printf("failed %s is not understood\n", word);
    }
    fflush(stdout);
}

static void commands(void) {
    static char lines[65536];
    static size_t length;
    ssize_t more = read(STDIN_FILENO, lines + length, sizeof lines - length);
    if (more <= 0)
        exit(0);
    length += more;
    for (char *end; (end = memchr(lines, '\n', length));) {
        *end = 0;
        answer(lines);
        length -= end + 1 - lines;
        memmove(lines, end + 1, length);
    }
}

int main(int count, char **arguments) {
    struct rlimit files;
    if (count < 7)
        return 2;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    port = atoi(arguments[1]);
    path = arguments[2];
    subprotocol = arguments[3];
    least_bytes = atol(arguments[4]);
    receive_buffer = atoi(arguments[5]);
    controls = atoi(arguments[6]);
    turn_texts = arguments + 7;
    turns = (count - 7) / 2;
    loop = epoll_create1(0);
    struct epoll_event input = {.events = EPOLLIN, .data.u32 = 0};
    epoll_ctl(loop, EPOLL_CTL_ADD, STDIN_FILENO, &input);
    for (;;) {
        struct epoll_event events[256];
        int number = epoll_wait(loop, events, 256, 20);
        int asked = 0;
        for (int i = 0; i < number; i++) {
            if (events[i].data.u32 == 0) {
                asked = 1;
            } else {
                arrival = micros();
                ready(&clients[events[i].data.u32 - 1], events[i].events);
            }
        }
        if (asked)
            commands();
        while (opened < number_of_clients && opening < OPENING)
            connect_client(&clients[opened++]);
    }
}
