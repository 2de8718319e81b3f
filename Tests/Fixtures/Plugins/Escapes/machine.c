// Calls that administer the machine, with arguments that would change nothing.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "attempts.h"

// The names of those that are not answered with EPERM or, where the call as such is hidden, ENOSYS; "none" when all are.
void administer(const char *word, char *answer, size_t size) {
    (void)word;
    static const struct { const char *name; long number; } calls[] = {
        {"mount", SYS_mount}, {"umount2", SYS_umount2}, {"pivot_root", SYS_pivot_root}, {"open_tree", SYS_open_tree},
        {"setns", SYS_setns}, {"unshare", SYS_unshare}, {"init_module", SYS_init_module}, {"finit_module", SYS_finit_module},
        {"bpf", SYS_bpf}, {"perf_event_open", SYS_perf_event_open}, {"userfaultfd", SYS_userfaultfd}, {"kexec_load", SYS_kexec_load},
        {"keyctl", SYS_keyctl}, {"add_key", SYS_add_key}, {"swapon", SYS_swapon}, {"reboot", SYS_reboot}, {"acct", SYS_acct},
        {"open_by_handle_at", SYS_open_by_handle_at}, {"fanotify_init", SYS_fanotify_init}, {"kcmp", SYS_kcmp},
        {"pidfd_getfd", SYS_pidfd_getfd}, {"setuid", SYS_setuid}, {"shmget", SYS_shmget}, {"mq_open", SYS_mq_open},
        {"clone3", SYS_clone3}, {"io_uring_enter", SYS_io_uring_enter}, {"a call of the future", 1000},
    };
    size_t used = (size_t)snprintf(answer, size, "none");
    for (size_t place = 0; place < sizeof calls / sizeof *calls; place++) {
        // -1 is no address, no descriptor, no user and no magic number: what is let through fails for another reason.
        long code = syscall(calls[place].number, -1L, -1L, -1L, -1L, -1L);
        if (code < 0 && (errno == EPERM || errno == ENOSYS)) continue;
        if (strcmp(answer, "none") == 0) used = 0;
        used += (size_t)snprintf(answer + used, size - used, "%s ", calls[place].name);
    }
}
