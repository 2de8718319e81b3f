// What the host needs of Linux that Swift cannot name: GNU additions to posix_spawn, prctl, and threads with attributes.
#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

// The descriptor on which a started process finds its `report`.
#define CLINUX_REPORT_FILENO 3

// Starts `path` in a session and process group of its own, with `link` as its standard input, `log` as its standard output
// and error, `report` as CLINUX_REPORT_FILENO, no other open descriptor, no blocked signal and default signal handling.
// Returns 0 and sets `pid`, or an errno value.
// The child may ask to die with the calling thread, so that thread must live as long as the child.
int clinux_spawn(const char *path, char *const _Nullable *_Nonnull argv, char *const _Nullable *_Nonnull envp, int link, int log,
                 int report, pid_t *pid);

// Asks the kernel to end this process by SIGKILL when the thread that spawned it ends. Called by the child, early.
// Returns 0 or an errno value.
int clinux_die_with_parent(void);

// Runs body(argument) on a new detached thread with a stack of this size. Returns 0 or an errno value.
int clinux_start_thread(size_t stack, void (*body)(void *), void *argument);

// The variables of this process, NAME=value each, ended by NULL; NULL when there are none.
// Lent until somebody changes the environment.
char *const _Nullable *_Nullable clinux_environment(void);

// Removes a folder and all that is in it, and follows no link; what cannot be removed stays.
void clinux_remove_folder(const char *path);

#pragma clang assume_nonnull end
#endif
