// Starts a command and says how long it took to be of use, polling without a pause so that no sleep is in the numbers.
//
//   cold_start http  PORT REQUEST EXPECTED COMMAND…    prints: µs to the first 200 on GET /ping, µs to the first result
//   cold_start stdio    0 REQUEST EXPECTED COMMAND…    prints: 0, µs to the first result
//
// REQUEST is a file with the bytes to send; a result is an answer that holds the text EXPECTED. Time runs from before fork.
// The command is ended by SIGTERM. Exit status 1, with a sentence, when nothing came within ten seconds.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const uint64_t patience_us = 10 * 1000 * 1000;
static uint64_t began_us;
static pid_t child;

static uint64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static void end_child(void) {
    if (child <= 0) return;
    kill(child, SIGTERM);
    const uint64_t limit = now_us() + patience_us;
    while (waitpid(child, NULL, WNOHANG) == 0) {
        if (now_us() > limit) kill(child, SIGKILL);
        usleep(1000);
    }
}

static void give_up(const char *what) {
    fprintf(stderr, "cold_start: %s within %d s\n", what, (int)(patience_us / 1000000));
    end_child();
    exit(1);
}

static bool is_late(void) { return now_us() - began_us > patience_us; }

static int connected(int port) {
    const struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    while (!is_late()) {
        const int peer = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const struct timeval limit = {.tv_sec = 10};
        setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        if (connect(peer, (const struct sockaddr *)&address, sizeof address) == 0) return peer;
        close(peer);
        if (waitpid(child, NULL, WNOHANG) != 0) {
            child = 0;
            give_up("the command ended; nothing listened");
        }
    }
    give_up("nothing listened");
    return -1;
}

// Reads until `expected` was seen; false when the other side closes first.
static bool read_until(int from, const char *expected) {
    static char text[1 << 16];
    size_t length = 0;
    while (length < sizeof text - 1) {
        const ssize_t count = read(from, text + length, sizeof text - 1 - length);
        if (count <= 0) return false;
        length += (size_t)count;
        text[length] = 0;
        if (strstr(text, expected)) return true;
    }
    return false;
}

static void send_all(int to, const char *bytes, size_t length) {
    while (length > 0) {
        const ssize_t count = write(to, bytes, length);
        if (count <= 0) give_up("the request could not be sent");
        bytes += count;
        length -= (size_t)count;
    }
}

int main(int count, char **arguments) {
    if (count < 6) {
        fprintf(stderr, "usage: cold_start http|stdio PORT REQUEST EXPECTED COMMAND…\n");
        return 2;
    }
    const bool over_http = strcmp(arguments[1], "http") == 0;
    const int port = atoi(arguments[2]);
    static char request[1 << 16];
    FILE *file = fopen(arguments[3], "rb");
    if (!file) {
        perror(arguments[3]);
        return 2;
    }
    const size_t length = fread(request, 1, sizeof request, file);
    fclose(file);
    const char *expected = arguments[4];
    signal(SIGPIPE, SIG_IGN);

    int to_child[2], from_child[2];
    if (pipe2(to_child, O_CLOEXEC) != 0 || pipe2(from_child, O_CLOEXEC) != 0) return 2;
    began_us = now_us();
    child = fork();
    if (child == 0) {
        const int nowhere = open("/dev/null", O_RDWR);
        dup2(over_http ? nowhere : to_child[0], 0);
        dup2(over_http ? nowhere : from_child[1], 1);
        dup2(nowhere, 2);
        execv(arguments[5], arguments + 5);
        _exit(127);
    }
    close(to_child[0]);
    close(from_child[1]);

    uint64_t ready_us = 0;
    if (over_http) {
        const char *ping = "GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
        for (;;) {
            const int peer = connected(port);
            send_all(peer, ping, strlen(ping));
            const bool ready = read_until(peer, "HTTP/1.1 200");
            close(peer);
            if (ready) break;
            if (is_late()) give_up("no 200 from /ping");
        }
        ready_us = now_us() - began_us;
        const int peer = connected(port);
        send_all(peer, request, length);
        if (!read_until(peer, expected)) give_up("no result");
    } else {
        send_all(to_child[1], request, length);
        if (!read_until(from_child[0], expected)) give_up("no result");
    }
    const uint64_t result_us = now_us() - began_us;
    printf("%lu %lu\n", (unsigned long)ready_us, (unsigned long)result_us);
    close(to_child[1]);
    end_child();
    return 0;
}
