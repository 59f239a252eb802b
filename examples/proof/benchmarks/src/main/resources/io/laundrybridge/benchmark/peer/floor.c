/*
 * The floor: the least that it costs to send each event to every WebSocket, by one epoll loop.
 *
 * It speaks no protocol of subscriptions and reads no Kafka: the producer feeds it with lines "PUB bench N" as it feeds
 * nats-server. An event becomes a frame once, in a log that all sessions share; a session is its place in that log, and
 * one write sends all that it has not got.
 *
 * Argument: milliseconds between two flushes, 0 to send at once. It prints "ws PORT feed PORT" and ends with its input.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LOG_BYTES (256UL << 20)
#define FEED_BYTES (256 * 1024)
#define SESSIONS 32768

/* The load client's key is always the one of RFC 6455, and so is the answer. */
static const char ANSWER[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

struct session {
    int open, upgraded, full;
    unsigned long at;
};

static struct session sessions[SESSIONS];
static int highest, loop;
static char *events, feed[FEED_BYTES];
static unsigned long head;
static size_t fed;

static void append(const char *bytes, size_t length) {
    for (size_t i = 0; i < length;) {
        size_t at = head % LOG_BYTES, most = LOG_BYTES - at;
        size_t part = length - i < most ? length - i : most;
        memcpy(events + at, bytes + i, part);
        head += part;
        i += part;
    }
}

static void append_frame(const char *value, size_t length) {
    unsigned char header[4] = {0x81, length < 126 ? length : 126, length >> 8, length & 255};
    append((char *)header, length < 126 ? 2 : 4);
    append(value, length);
}

static void end(int fd) {
    sessions[fd].open = 0;
    close(fd);
}

static void send_rest(int fd) {
    struct session *session = &sessions[fd];
    while (session->at < head && !session->full) {
        if (head - session->at > LOG_BYTES) {
            end(fd); /* it has fallen out of the log */
            return;
        }
        size_t from = session->at % LOG_BYTES, length = head - session->at;
        ssize_t sent = write(fd, events + from, length < LOG_BYTES - from ? length : LOG_BYTES - from);
        if (sent >= 0) {
            session->at += sent;
        } else if (errno == EAGAIN) {
            session->full = 1;
        } else if (errno != EINTR) {
            end(fd);
            return;
        }
    }
}

static void send_all(void) {
    for (int fd = 0; fd <= highest; fd++)
        if (sessions[fd].open && sessions[fd].upgraded)
            send_rest(fd);
}

static void read_session(int fd) {
    char bytes[4096];
    ssize_t length;
    while ((length = read(fd, bytes, sizeof bytes)) > 0) {
        if (!sessions[fd].upgraded && memmem(bytes, length, "\r\n\r\n", 4)) {
            sessions[fd].upgraded = write(fd, ANSWER, sizeof ANSWER - 1) > 0;
            sessions[fd].at = head;
        }
    }
    if (length == 0 || errno != EAGAIN)
        end(fd);
}

/* Returns how many bytes of the feed it has taken; the rest is not whole yet. */
static size_t take(int fd) {
    size_t at = 0;
    char *end_of_line;
    while ((end_of_line = memchr(feed + at, '\n', fed - at))) {
        size_t line = end_of_line + 1 - (feed + at), value = 0;
        if (!memcmp(feed + at, "PUB", 3)) {
            value = strtoul(feed + at + strlen("PUB bench "), NULL, 10);
            if (fed - at < line + value + 2)
                break;
            append_frame(feed + at + line, value);
            value += 2;
        } else if (!memcmp(feed + at, "PING", 4) && write(fd, "PONG\r\n", 6) < 0) {
            perror("pong");
        }
        at += line + value;
    }
    return at;
}

static void read_feed(int fd) {
    ssize_t length = read(fd, feed + fed, sizeof feed - fed);
    if (length <= 0) {
        if (length == 0 || errno != EAGAIN)
            close(fd);
        return;
    }
    fed += length;
    size_t taken = take(fd);
    memmove(feed, feed + taken, fed - taken);
    fed -= taken;
}

static int listener(int *port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&address, size) || listen(fd, 4096)
        || getsockname(fd, (struct sockaddr *)&address, &size)) {
        perror("listen");
        exit(1);
    }
    *port = ntohs(address.sin_port);
    return fd;
}

static void watch(int fd, unsigned what) {
    struct epoll_event event = {.events = what, .data.fd = fd};
    if (epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event))
        perror("epoll_ctl");
}

static void accept_session(int listening) {
    int fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK), on = 1;
    if (fd < 0)
        return;
    if (fd >= SESSIONS) {
        close(fd);
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sessions[fd] = (struct session){.open = 1};
    highest = fd > highest ? fd : highest;
    watch(fd, EPOLLIN | EPOLLOUT | EPOLLET);
}

static long millis(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int main(int count, char **arguments) {
    long interval = count > 1 ? atol(arguments[1]) : 0, next = millis() + interval;
    int websocket_port, feed_port, feeding = -1;
    int websockets = listener(&websocket_port), feeds = listener(&feed_port);
    events = malloc(LOG_BYTES);
    loop = epoll_create1(0);
    watch(STDIN_FILENO, EPOLLIN);
    watch(websockets, EPOLLIN);
    watch(feeds, EPOLLIN);
    printf("ws %d feed %d\n", websocket_port, feed_port);
    fflush(stdout);
    for (;;) {
        struct epoll_event ready[256];
        long wait = next - millis();
        int number = epoll_wait(loop, ready, 256, interval == 0 ? -1 : wait < 0 ? 0 : (int)wait);
        for (int i = 0; i < number; i++) {
            int fd = ready[i].data.fd;
            if (fd == STDIN_FILENO) {
                char byte;
                if (read(fd, &byte, 1) <= 0)
                    return 0;
            } else if (fd == websockets) {
                accept_session(fd);
            } else if (fd == feeds) {
                feeding = accept4(fd, NULL, NULL, SOCK_NONBLOCK);
                watch(feeding, EPOLLIN);
                fed = 0;
            } else if (fd == feeding) {
                read_feed(fd);
            } else if (sessions[fd].open) {
                if (ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
                    read_session(fd);
                if (ready[i].events & EPOLLOUT && sessions[fd].open && sessions[fd].full) {
                    sessions[fd].full = 0;
                    send_rest(fd);
                }
            }
        }
        if (interval == 0) {
            send_all();
        } else if (millis() >= next) {
            send_all();
            next = millis() + interval;
        }
    }
}
