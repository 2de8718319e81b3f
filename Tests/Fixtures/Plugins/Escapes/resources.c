// More than its share.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "attempts.h"

// At most 8 GiB that nobody touches, in pieces of 64 MiB.
void take_memory(const char *word, char *answer, size_t size) {
    (void)word;
    enum { MOST = 128, PIECE = 64 << 20 };
    void *pieces[MOST];
    int count = 0;
    while (count < MOST && (pieces[count] = mmap(NULL, PIECE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)) != MAP_FAILED) count++;
    report(count == MOST, answer, size);
    for (int place = 0; place < count; place++) munmap(pieces[place], PIECE);
}

void take_files(const char *word, char *answer, size_t size) {
    (void)word;
    enum { MOST = 512 };
    int files[MOST], count = 0;
    while (count < MOST && (files[count] = open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0) count++;
    report(count == MOST, answer, size);
    for (int place = 0; place < count; place++) close(files[place]);
}

void spin(const char *word, char *answer, size_t size) {
    (void)word, (void)answer, (void)size;
    for (volatile unsigned turns = 0;; turns++) {}
}
