// Other processes: children, and the host.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
#include "attempts.h"

void make_child(const char *word, char *answer, size_t size) {
    (void)word;
    pid_t child = fork();
    if (child == 0) _exit(0);
    report(child > 0, answer, size);
    if (child > 0) waitpid(child, NULL, 0);
}

// As many children as it may have, but no more than 200; says how many, and why no more.
void make_children(const char *word, char *answer, size_t size) {
    (void)word;
    enum { MOST = 200 };
    pid_t children[MOST];
    int count = 0;
    while (count < MOST && (children[count] = fork()) >= 0) {
        if (children[count] == 0) {
            pause();
            _exit(0);
        }
        count++;
    }
    const char *reason = count < MOST ? strerrorname_np(errno) : "allowed";
    snprintf(answer, size, "%d %s", count, reason);
    for (int place = 0; place < count; place++) kill(children[place], SIGKILL), waitpid(children[place], NULL, 0);
}

// A child that tries to leave the session and then waits for ever; says its number.
void leave_child(const char *word, char *answer, size_t size) {
    (void)word;
    pid_t child = fork();
    if (child == 0) {
        setsid();
        setpgid(0, 0);
        for (;;) pause();
    }
    report(child > 0, answer, size);
    if (child > 0) snprintf(answer, size, "%d", child);
}

// A program and its one argument, if any, with a blank between them.
void run_program(const char *word, char *answer, size_t size) {
    pid_t child;
    char line[1024];
    snprintf(line, sizeof line, "%s", word);
    char *rest = line, *arguments[] = {strsep(&rest, " "), rest, NULL};
    int status = 0;
    errno = posix_spawn(&child, arguments[0], NULL, NULL, arguments, environ);
    report(errno == 0, answer, size);
    if (errno == 0 && waitpid(child, &status, 0) == child) snprintf(answer, size, "ended with %d", WEXITSTATUS(status));
}

// A program that it wrote itself.
void run_copy(const char *word, char *answer, size_t size) {
    char piece[65536];
    int from = open("/bin/true", O_RDONLY | O_CLOEXEC), to = open(word, O_WRONLY | O_CREAT | O_CLOEXEC, 0755);
    for (ssize_t count; (count = read(from, piece, sizeof piece)) > 0;) (void)!write(to, piece, (size_t)count);
    close(from), close(to);
    run_program(word, answer, size);
}

void signal_host(const char *word, char *answer, size_t size) { (void)word, report(kill(getppid(), 0) == 0, answer, size); }
void leave_session(const char *word, char *answer, size_t size) { (void)word, report(setsid() >= 0, answer, size); }

void trace_host(const char *word, char *answer, size_t size) {
    (void)word;
    int code = ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) == 0;
    report(code, answer, size);
    if (code) ptrace(PTRACE_DETACH, getppid(), NULL, NULL);
}

void host_environment(const char *word, char *answer, size_t size) {
    (void)word;
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/environ", getppid());
    int file = open(path, O_RDONLY | O_CLOEXEC);
    report(file >= 0, answer, size);
    if (file >= 0) close(file);
}

void host_memory(const char *word, char *answer, size_t size) {
    (void)word;
    char byte;
    struct iovec here = {&byte, 1}, there = {&byte, 1};
    report(process_vm_readv(getppid(), &here, 1, &there, 1, 0) >= 0, answer, size);
}

void limit_host(const char *word, char *answer, size_t size) {
    (void)word;
    struct rlimit limit;
    report(prlimit(getppid(), RLIMIT_CORE, NULL, &limit) == 0, answer, size);
}

// The names of its variables, in their order.
void variables(const char *word, char *answer, size_t size) {
    (void)word;
    size_t used = 0;
    answer[0] = 0;
    for (char **next = environ; next && *next && used + 128 < size; next++)
        used += (size_t)snprintf(answer + used, size - used, "%s%.*s", used ? " " : "", (int)strcspn(*next, "="), *next);
}
