// Runs a command as if the kernel knew less: FixtureOldKernel landlock|seccomp|both COMMAND…
// What is hidden answers ENOSYS, to the command and to all it starts.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int count, char **words) {
    if (count < 3) return fprintf(stderr, "expected landlock, seccomp or both, and a command\n"), 2;
    enum { LANDLOCK_CREATE_RULESET = 444, NO_CALL = 0x7FFFFFFF };
    unsigned landlock = strcmp(words[1], "seccomp") == 0 ? NO_CALL : LANDLOCK_CREATE_RULESET;
    unsigned seccomp = strcmp(words[1], "landlock") == 0 ? NO_CALL : SYS_seccomp;
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, landlock, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, seccomp, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) return perror("seccomp"), 2;
    execvp(words[2], words + 2);
    return perror(words[2]), 2;
}
