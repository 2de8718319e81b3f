#define _GNU_SOURCE
#include "clinux.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <unistd.h>

static int prepare_files(posix_spawn_file_actions_t *actions, int link, int log, int report) {
    int code = posix_spawn_file_actions_adddup2(actions, link, STDIN_FILENO);
    if (code == 0) code = posix_spawn_file_actions_adddup2(actions, log, STDOUT_FILENO);
    if (code == 0) code = posix_spawn_file_actions_adddup2(actions, log, STDERR_FILENO);
    if (code == 0) code = posix_spawn_file_actions_adddup2(actions, report, CLINUX_REPORT_FILENO);
    if (code == 0) code = posix_spawn_file_actions_addclosefrom_np(actions, CLINUX_REPORT_FILENO + 1);
    return code;
}

static int prepare_signals(posix_spawnattr_t *attributes) {
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int code = posix_spawnattr_setsigmask(attributes, &none);
    if (code == 0) code = posix_spawnattr_setsigdefault(attributes, &all);
    // The leader of a session leads a process group too.
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID;
    if (code == 0) code = posix_spawnattr_setflags(attributes, flags);
    return code;
}

int clinux_spawn(const char *path, char *const *argv, char *const *envp, int link, int log, int report,
                 pid_t *pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int code = posix_spawn_file_actions_init(&actions);
    if (code != 0) return code;
    code = posix_spawnattr_init(&attributes);
    if (code == 0) {
        code = prepare_files(&actions, link, log, report);
        if (code == 0) code = prepare_signals(&attributes);
        if (code == 0) code = posix_spawn(pid, path, &actions, &attributes, argv, envp);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return code;
}

int clinux_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 ? 0 : errno; }

char *const *clinux_environment(void) {
    return environ;
}
