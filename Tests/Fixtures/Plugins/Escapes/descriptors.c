// Descriptors it has no business with.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include "attempts.h"

void close_descriptors(const char *word, char *answer, size_t size) {
    (void)word;
    for (int descriptor = 0; descriptor <= 100; descriptor++) close(descriptor);
    report(1, answer, size);
}

// The bytes of a frame that says that call 1 is complete.
void write_output(const char *word, char *answer, size_t size) {
    (void)word;
    static const char frame[] = "\x15\0\0\0\x07\1\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    report(write(STDOUT_FILENO, frame, sizeof frame - 1) == sizeof frame - 1, answer, size);
    (void)!write(STDERR_FILENO, "\nnext line\n", 11);
}

void count_descriptors(const char *word, char *answer, size_t size) {
    (void)word;
    int count = 0;
    for (int descriptor = 0; descriptor < 1024; descriptor++)
        if (fcntl(descriptor, F_GETFD) >= 0) count++;
    snprintf(answer, size, "%d", count);
}
