/* Many tablets that are cheaper than any server: one epoll loop, frames counted and searched, never decoded.

   load HOST PORT CONNECTIONS FIRST
     CONNECTIONS  a file, one line each: PATH <tab> COOKIE <tab> ORIGIN
     FIRST        a text frame every connection sends after the handshake; "-": none
   Commands on standard input, one line each, fields separated by tabs; every answer is one line of
   start-nanoseconds (CLOCK_MONOTONIC), then first, median, 99th percentile and last in microseconds, then bytes received:
     open AT-ONCE NEEDLE       connect all, AT-ONCE at a time; ready when a frame holds NEEDLE ("-": at the handshake)
     turn TEXT NEEDLE          connection 0 sends TEXT; all others wait for a frame that holds NEEDLE
     wait NEEDLE               all wait for a frame that holds NEEDLE, whoever caused it
     burst FILE NEEDLE MILLIS  connection i sends line i of FILE, spread over MILLIS (then each counts from its own), and waits for NEEDLE
     get FILE                  connection i sends the request in line i of FILE (plain HTTP, kept open) and waits for the answer
     mute I                    connection I stops reading
*/
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { IDLE, CONNECTING, SHAKING, OPEN };
typedef struct {
  int fd, state, ready, muted;
  char *path, *cookie, *origin, *in;
  size_t have, room;
  int64_t sent; /* when its own message went out, 0: counted from the start of all */
} Conn;

static Conn *conns;
static int count, poller, http;
static struct sockaddr_in server;
static char *first, *host;
static const char *needle;
static int needed, chair; /* how many must become ready; whether connection 0 is left out */
static int64_t *times, started;
static int arrived;
static size_t received;

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void die(const char *what, Conn *c) {
  fprintf(stderr, "load: %s (connection %ld): %s\n", what, c ? (long)(c - conns) : -1L, strerror(errno));
  exit(1);
}

static void put(Conn *c, const char *bytes, size_t size) {
  while (size) {
    ssize_t sent = send(c->fd, bytes, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN) continue;
    if (sent < 0) die("send", c);
    bytes += sent, size -= sent;
  }
}

static void put_frame(Conn *c, const char *text) { /* masked with zeros: legal, and costs nothing */
  size_t size = strlen(text), head = 2;
  char *frame = malloc(size + 16);
  frame[0] = (char)0x81;
  if (size < 126) frame[1] = (char)(0x80 | size);
  else frame[1] = (char)(0x80 | 126), frame[2] = size >> 8, frame[3] = size & 255, head = 4;
  memset(frame + head, 0, 4);
  memcpy(frame + head + 4, text, size);
  put(c, frame, head + 4 + size);
  free(frame);
}

static void shake(Conn *c) {
  char request[4096];
  int size = snprintf(request, sizeof request,
    "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\nOrigin: %s\r\nCookie: %s\r\n\r\n", c->path, host, c->origin, c->cookie);
  put(c, request, size);
  c->state = SHAKING;
}

static void begin(Conn *c) {
  int on = 1;
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) die("socket", c);
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(c->fd, (struct sockaddr *)&server, sizeof server) < 0 && errno != EINPROGRESS) die("connect", c);
  struct epoll_event e = {.events = EPOLLIN | EPOLLOUT, .data.ptr = c};
  epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &e);
  c->state = CONNECTING, c->have = 0, c->ready = 0;
}

static void is_ready(Conn *c, int64_t at) {
  if (c->ready || (chair && c == conns)) return;
  c->ready = 1;
  times[arrived++] = at - (c->sent ? c->sent : started);
}

static size_t frame_size(Conn *c, size_t *head) { /* whole size of the frame at the front, 0 if more is needed */
  unsigned char *b = (unsigned char *)c->in;
  if (c->have < 2) return 0;
  size_t size = b[1] & 127;
  *head = 2;
  if (size == 126) {
    if (c->have < 4) return 0;
    size = b[2] << 8 | b[3], *head = 4;
  } else if (size == 127) {
    if (c->have < 10) return 0;
    size = 0, *head = 10;
    for (int i = 2; i < 10; i++) size = size << 8 | b[i];
  }
  return c->have >= *head + size ? *head + size : 0;
}

static void drop_front(Conn *c, size_t size) {
  memmove(c->in, c->in + size, c->have - size);
  c->have -= size;
}

static void take(Conn *c, int64_t at) {
  if (http) {
    char *end = memmem(c->in, c->have, "\r\n\r\n", 4);
    if (!end) return;
    *end = 0;
    char *length = strcasestr(c->in, "content-length:");
    size_t whole = end + 4 - c->in + (length ? strtoul(length + 15, 0, 10) : 0);
    int ok = !strncmp(c->in, "HTTP/1.1 200", 12);
    *end = '\r';
    if (c->have < whole) return;
    if (!ok) errno = 0, die("answer is not 200", c);
    drop_front(c, whole);
    is_ready(c, at);
    return;
  }
  if (c->state == SHAKING) {
    char *end = memmem(c->in, c->have, "\r\n\r\n", 4);
    if (!end) return;
    if (strncmp(c->in, "HTTP/1.1 101", 12)) errno = 0, die("no websocket", c);
    drop_front(c, end + 4 - c->in);
    c->state = OPEN;
    if (strcmp(first, "-")) put_frame(c, first);
    if (!strcmp(needle, "-")) is_ready(c, at);
  }
  size_t head, size;
  while (c->state == OPEN && (size = frame_size(c, &head))) {
    int opcode = c->in[0] & 15;
    if (opcode == 9) { /* a ping: answered, or the server would hang up */
      char pong[140] = {(char)0x8a, (char)(0x80 | (size - head))};
      memcpy(pong + 6, c->in + head, size - head);
      put(c, pong, 6 + size - head);
    } else if (opcode == 8) errno = 0, die("closed by the server", c);
    else if (memmem(c->in + head, size - head, needle, strlen(needle))) is_ready(c, at);
    else if (size - head == 1 && c->in[head] == '2') put_frame(c, "3"); /* Engine.IO's own ping */
    drop_front(c, size);
  }
}

static void readable(Conn *c) {
  for (;;) {
    if (c->room - c->have < 65536) c->in = realloc(c->in, c->room = c->have + 131072);
    ssize_t got = recv(c->fd, c->in + c->have, c->room - c->have, 0);
    if (got == 0) errno = 0, die("hung up", c);
    if (got < 0) {
      if (errno == EAGAIN) return;
      die("receive", c);
    }
    int64_t at = now();
    c->have += got, received += got;
    take(c, at);
    if ((size_t)got < 65536) return;
  }
}

static void run(int wait_ms) {
  struct epoll_event events[512];
  int n = epoll_wait(poller, events, 512, wait_ms);
  for (int i = 0; i < n; i++) {
    Conn *c = events[i].data.ptr;
    if (c->state == CONNECTING) {
      int error = 0;
      socklen_t size = sizeof error;
      getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size);
      if (error) errno = error, die("connect", c);
      struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
      epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &e);
      if (http) c->state = OPEN;
      else shake(c);
    } else if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) readable(c);
  }
}

static int ascending(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static void reset(int skip_chair, const char *wanted) {
  chair = skip_chair, needle = wanted, arrived = 0, received = 0, needed = 0;
  for (int i = 0; i < count; i++) {
    conns[i].ready = conns[i].muted;
    needed += !conns[i].muted && !(skip_chair && i == 0);
  }
  started = now();
}

static void tell(void) {
  int64_t give_up = now() + 30000000000LL;
  while (arrived < needed) {
    run(1000);
    if (now() > give_up) errno = ETIMEDOUT, die("not everyone was served", 0);
  }
  qsort(times, arrived, sizeof *times, ascending);
  printf("%lld %lld %lld %lld %lld %zu\n", (long long)started, (long long)times[0] / 1000, (long long)times[arrived / 2] / 1000,
    (long long)times[arrived * 99 / 100] / 1000, (long long)times[arrived - 1] / 1000, received);
  fflush(stdout);
}

static char **lines_of(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) die(path, 0);
  char **lines = calloc(count, sizeof *lines);
  size_t room;
  for (int i = 0; i < count; i++) {
    room = 0;
    if (getline(&lines[i], &room, file) < 1) die("too few lines", 0);
    lines[i][strcspn(lines[i], "\n")] = 0;
  }
  fclose(file);
  return lines;
}

static void obey(char *line) {
  char *name = strsep(&line, "\t"), *a = strsep(&line, "\t"), *b = strsep(&line, "\t"), *c = strsep(&line, "\t");
  if (!strcmp(name, "open")) {
    int at_once = atoi(a), begun = 0;
    reset(0, b);
    while (begun < count) {
      begin(&conns[begun++]);
      while (begun - arrived >= at_once) run(1000);
    }
    tell();
  } else if (!strcmp(name, "turn")) {
    reset(1, b);
    put_frame(conns, a);
    tell();
  } else if (!strcmp(name, "wait")) {
    reset(0, a);
    tell();
  } else if (!strcmp(name, "burst")) {
    char **lines = lines_of(a);
    int64_t spread = atoll(c) * 1000000;
    reset(0, b);
    for (int i = 0; i < count; i++) {
      while (spread && now() < started + spread * i / count) run(0);
      if (spread) conns[i].sent = now();
      put_frame(&conns[i], lines[i]);
    }
    tell();
    for (int i = 0; i < count; i++) conns[i].sent = 0;
  } else if (!strcmp(name, "get")) {
    char **lines = lines_of(a);
    if (!http) {
      http = 1;
      for (int i = 0; i < count; i++) begin(&conns[i]);
      for (int i = 0; i < count; i++)
        while (conns[i].state != OPEN) run(100);
    }
    reset(0, "-");
    for (int i = 0; i < count; i++) {
      char request[4096];
      put(&conns[i], request, snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n\r\n", lines[i], host, conns[i].cookie));
    }
    tell();
  } else if (!strcmp(name, "mute")) {
    Conn *muted = &conns[atoi(a)];
    muted->muted = 1;
    epoll_ctl(poller, EPOLL_CTL_DEL, muted->fd, 0);
    puts("muted"), fflush(stdout);
  }
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  server.sin_family = AF_INET, server.sin_port = htons(atoi(argv[2]));
  inet_pton(AF_INET, argv[1], &server.sin_addr);
  if (asprintf(&host, "%s:%s", argv[1], argv[2]) < 0) return 1;
  first = argv[4];
  poller = epoll_create1(0);
  FILE *file = fopen(argv[3], "r");
  if (!file) die(argv[3], 0);
  char *line = 0;
  size_t room = 0;
  while (getline(&line, &room, file) > 0) {
    line[strcspn(line, "\n")] = 0;
    char *rest = strdup(line);
    conns = realloc(conns, (count + 1) * sizeof *conns);
    Conn *c = memset(&conns[count++], 0, sizeof *conns);
    c->path = strsep(&rest, "\t"), c->cookie = strsep(&rest, "\t"), c->origin = strsep(&rest, "\t");
  }
  times = calloc(count, sizeof *times);
  fcntl(0, F_SETFL, O_NONBLOCK);
  struct epoll_event e = {.events = EPOLLIN};
  /* Between commands the connections go on being read. Standard input is polled by hand: it may be a pipe. */
  static char typed[1 << 16];
  size_t size = 0;
  (void)e;
  for (;;) {
    ssize_t got = read(0, typed + size, sizeof typed - size - 1);
    if (got == 0) return 0;
    if (got < 0) {
      run(1);
      continue;
    }
    size += got, typed[size] = 0;
    char *end;
    while ((end = strchr(typed, '\n'))) {
      *end = 0;
      obey(typed);
      size -= end + 1 - typed;
      memmove(typed, end + 1, size + 1);
    }
  }
}
