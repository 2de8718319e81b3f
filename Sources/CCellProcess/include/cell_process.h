// What starting a cell needs of Linux beyond what Swift can name: GNU additions to posix_spawn, and prctl.
#ifndef CELL_PROCESS_H
#define CELL_PROCESS_H

#include <sys/types.h>

#pragma clang assume_nonnull begin

// Starts `path` in a process group of its own, with `link` as its standard input, `log` as its standard output and error,
// no other open descriptor, no blocked signal and default signal handling. Returns 0 and sets `pid`, or an errno value.
// The child may ask to die with the calling thread, so that thread must live as long as the child.
int cell_process_spawn(const char *path, char *const _Nullable *_Nonnull argv, char *const _Nullable *_Nonnull envp, int link,
                       int log, pid_t *pid);

// Asks the kernel to end this process by SIGKILL when the thread that spawned it ends. Called by the child, early.
// Returns 0 or an errno value.
int cell_process_die_with_parent(void);

#pragma clang assume_nonnull end
#endif
