/* The limit: a frame from the chair makes this write the same ready bytes to every socket. No parsing, no checks, no state.
   writer BYTES-OF-A-TURN BYTES-AT-HELLO: prints its port. Any bytes of a connection after its handshake count as a frame:
   the first one is its hello, answered when BYTES-AT-HELLO is not 0; from then on each one is a turn. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static size_t framed(char *out, size_t size, const char *text) {
  size_t head = size < 126 ? 2 : size < 65536 ? 4 : 10;
  out[0] = (char)0x81;
  if (head == 2) out[1] = size;
  else if (head == 4) out[1] = 126, out[2] = size >> 8, out[3] = size;
  else {
    out[1] = 127;
    for (int i = 0; i < 8; i++) out[2 + i] = size >> (56 - 8 * i);
  }
  memset(out + head, ' ', size);
  memcpy(out + head, text, strlen(text) < size ? strlen(text) : size);
  return head + size;
}

static void all(int fd, const char *bytes, size_t size) {
  while (size) {
    ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return;
    if (sent > 0) bytes += sent, size -= sent;
  }
}

int main(int argc, char **argv) {
  size_t turn_size = atoi(argv[1]), hello_size = atoi(argv[2]);
  char *turn = malloc(turn_size + 16), *hello = malloc(hello_size + 16), in[65536];
  size_t turn_bytes = framed(turn, turn_size, "\"turned\""), hello_bytes = framed(hello, hello_size, "\"hello\"");
  const char *accepted = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
  int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1, many = 0;
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof here;
  bind(door, (struct sockaddr *)&here, sizeof here);
  listen(door, 4096);
  getsockname(door, (struct sockaddr *)&here, &size);
  printf("%d\n", ntohs(here.sin_port)), fflush(stdout);
  int poller = epoll_create1(0), *open = calloc(65536, sizeof *open);
  char *state = calloc(65536, 1);
  struct epoll_event e = {.events = EPOLLIN, .data.fd = door}, events[512];
  epoll_ctl(poller, EPOLL_CTL_ADD, door, &e);
  for (;;) {
    int n = epoll_wait(poller, events, 512, -1);
    for (int i = 0; i < n; i++) {
      int fd = events[i].data.fd;
      if (fd == door) {
        while ((fd = accept4(door, 0, 0, SOCK_NONBLOCK)) >= 0) {
          setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
          e.data.fd = fd, state[fd] = 0;
          epoll_ctl(poller, EPOLL_CTL_ADD, fd, &e);
        }
        continue;
      }
      ssize_t got = recv(fd, in, sizeof in, 0);
      if (got <= 0) {
        for (int k = 0; k < many; k++)
          if (open[k] == fd) open[k] = open[--many];
        close(fd);
      } else if (state[fd] == 0) {
        state[fd] = 1, open[many++] = fd;
        all(fd, accepted, strlen(accepted));
      } else if (state[fd] == 1 && hello_size) {
        state[fd] = 2;
        all(fd, hello, hello_bytes);
      } else
        for (int k = 0; k < many; k++) all(open[k], turn, turn_bytes);
    }
  }
}
