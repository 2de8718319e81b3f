// Starts a program that would outlive everybody, and answers with its number.
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>
#include "faults.h"

void have_a_child(const roost_host *host, roost_call call) {
    char text[32];
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sleep", "sleep", "1000", (char *)NULL);
        _exit(127);
    }
    snprintf(text, sizeof text, "%d", (int)child);
    answer(host, call, text);
}
