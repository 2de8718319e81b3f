// Ways to the network, and to other processes of the machine.
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "attempts.h"

void open_socket(const char *word, char *answer, size_t size) {
    int family = strcmp(word, "inet") == 0 ? AF_INET : strcmp(word, "inet6") == 0 ? AF_INET6 : strcmp(word, "netlink") == 0 ? AF_NETLINK : AF_UNIX;
    int socket_ = socket(family, family == AF_NETLINK ? SOCK_RAW : SOCK_STREAM, 0);
    report(socket_ >= 0, answer, size);
    if (socket_ >= 0) close(socket_);
}

void open_pair(const char *word, char *answer, size_t size) {
    int pair[2];
    int code = socketpair(AF_UNIX, strcmp(word, "datagrams") == 0 ? SOCK_DGRAM : SOCK_STREAM, 0, pair);
    report(code == 0, answer, size);
    if (code == 0) close(pair[0]), close(pair[1]);
}

void make_ring(const char *word, char *answer, size_t size) {
    (void)word;
    report(syscall(SYS_io_uring_setup, 0, NULL) == 0, answer, size);
}
