#define _GNU_SOURCE
#include "confinement.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

// The filter is a list of rules, each of which looks at one system call and ends with an answer. Calls that no rule names are
// allowed as far as LAST_KNOWN: a list of what is denied lets libraries use what any process may, and a number this file has
// never heard of is answered as an older kernel would answer it.
//
// The kernel remembers which calls are allowed whatever their arguments are, so reading, writing and waiting cost no rule.

#if defined(__x86_64__)
#define THIS_MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef THIS_MACHINE

enum { LAST_KNOWN = 462 /* mseal */, FCHMODAT2 = 452, CAPACITY = 512 };
enum { NAMESPACES = 0x7E020000, THREAD = 0x00010000 }; // clone: CLONE_NEW* and CLONE_THREAD
enum { FAMILY_UNIX = 1, FAMILY_IPV4 = 2, FAMILY_IPV6 = 10, FAMILY_NETLINK = 16, STREAM = 1, SEQUENCED = 5 };

typedef struct program {
    struct sock_filter code[CAPACITY];
    unsigned short count;
} program;

static void add(program *program, struct sock_filter instruction) {
    if (program->count < CAPACITY) program->code[program->count] = instruction;
    program->count++;
}
static void load(program *program, size_t offset) { add(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)); }
static void load_argument(program *program, int place) { load(program, offsetof(struct seccomp_data, args) + 8 * place); }
static void jump_equal(program *program, uint32_t value, uint8_t yes, uint8_t no) {
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, yes, no));
}
static void answer(program *program, uint32_t what) { add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what)); }
static void allow(program *program) { answer(program, SECCOMP_RET_ALLOW); }
static void refuse(program *program, int code) { answer(program, SECCOMP_RET_ERRNO | code); }

// The next `size` instructions are for this call only; they end with an answer.
static void rule(program *program, uint32_t call, uint8_t size) { jump_equal(program, call, 0, size); }

static void deny(program *program, uint32_t call, int code) {
    rule(program, call, 1);
    refuse(program, code);
}

// Allows the call when the lower half of an argument is one of two values.
static void allow_either(program *program, uint32_t call, int place, uint32_t first, uint32_t second) {
    rule(program, call, 5);
    load_argument(program, place);
    jump_equal(program, first, 2, 0);
    jump_equal(program, second, 1, 0);
    refuse(program, EPERM);
    allow(program);
}

// Denies the call when the lower half of an argument is one of three values.
static void deny_any(program *program, uint32_t call, int place, uint32_t first, uint32_t second, uint32_t third) {
    rule(program, call, 6);
    load_argument(program, place);
    jump_equal(program, first, 3, 0);
    jump_equal(program, second, 2, 0);
    jump_equal(program, third, 1, 0);
    allow(program);
    refuse(program, EPERM);
}

// Allows the call when the lower halves of its first two arguments have these values.
static void allow_pair(program *program, uint32_t call, uint32_t first, uint32_t second) {
    rule(program, call, 6);
    load_argument(program, 0);
    jump_equal(program, first, 0, 2);
    load_argument(program, 1);
    jump_equal(program, second, 1, 0);
    refuse(program, EPERM);
    allow(program);
}

// What no plugin needs, whatever it was granted.
static const uint32_t always_denied[] = {
    // Other processes, as far as no rule below lets them be asked about.
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_pidfd_getfd, SYS_process_madvise,
    SYS_process_mrelease, SYS_migrate_pages,
    // The tree of mounts, namespaces, files by handle.
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_mount_setattr, SYS_move_mount, SYS_open_tree, SYS_fsopen,
    SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_setns, SYS_unshare, SYS_open_by_handle_at, SYS_name_to_handle_at,
    SYS_fanotify_init, SYS_fanotify_mark, SYS_quotactl, SYS_quotactl_fd, SYS_swapon, SYS_swapoff, SYS_acct,
    // The kernel and the machine.
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_kexec_load,
#ifdef SYS_kexec_file_load
    SYS_kexec_file_load,
#endif
    SYS_reboot, SYS_syslog, SYS_vhangup, SYS_settimeofday, SYS_clock_settime, SYS_clock_adjtime, SYS_adjtimex,
    SYS_sethostname, SYS_setdomainname, SYS_keyctl, SYS_add_key, SYS_request_key,
    // Who it is, and whether its host can still end it with one signal.
    SYS_setuid, SYS_setgid, SYS_setreuid, SYS_setregid, SYS_setresuid, SYS_setresgid, SYS_setfsuid, SYS_setfsgid,
    SYS_setgroups, SYS_capset, SYS_setsid, SYS_setpgid,
    // Modes, owners and attributes of files: Landlock does not hold them back, and root owns the whole system.
    SYS_fchmod, SYS_fchmodat, FCHMODAT2, SYS_fchown, SYS_fchownat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr,
    SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr,
    // Memory, queues and semaphores that processes of one user share by a number or a name.
    SYS_shmget, SYS_shmat, SYS_shmctl, SYS_semget, SYS_semop, SYS_semtimedop, SYS_semctl, SYS_msgget, SYS_msgsnd, SYS_msgrcv,
    SYS_msgctl, SYS_mq_open, SYS_mq_unlink,
#ifdef __x86_64__
    SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat, SYS_iopl, SYS_ioperm, SYS_modify_ldt,
#endif
};

static void build_process_rules(program *program, uint32_t self, bool exec) {
    // The C library falls back to clone, whose flags a filter can see.
    deny(program, SYS_clone3, ENOSYS);
    rule(program, SYS_clone, exec ? 4 : 5);
    load_argument(program, 0);
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, NAMESPACES, exec ? 1 : 2, 0));
    if (!exec) add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, THREAD, 0, 1));
    allow(program);
    refuse(program, EPERM);
    if (!exec) {
        const uint32_t denied[] = {SYS_execve, SYS_execveat, SYS_pidfd_open, SYS_pidfd_send_signal, SYS_tkill};
        for (size_t place = 0; place < sizeof denied / sizeof *denied; place++) deny(program, denied[place], EPERM);
#ifdef __x86_64__
        deny(program, SYS_fork, EPERM);
        deny(program, SYS_vfork, EPERM);
#endif
        // Without children there is nobody to signal but itself; 0 is its own group.
        allow_either(program, SYS_kill, 0, self, 0);
        allow_either(program, SYS_tgkill, 0, self, self);
        allow_either(program, SYS_rt_sigqueueinfo, 0, self, self);
        allow_either(program, SYS_rt_tgsigqueueinfo, 0, self, self);
    }
    // The limits, the priority and the processors of the host and of other cells of the same user.
    const uint32_t of_itself[] = {SYS_prlimit64, SYS_sched_setaffinity, SYS_sched_setscheduler, SYS_sched_setparam,
                                  SYS_sched_setattr, SYS_move_pages};
    for (size_t place = 0; place < sizeof of_itself / sizeof *of_itself; place++)
        allow_either(program, of_itself[place], 0, 0, self);
    allow_pair(program, SYS_setpriority, 0, 0);
    allow_pair(program, SYS_ioprio_set, 1, 0);
    // To outlive the host, to rearrange its own memory map, to be traced by anybody.
    deny_any(program, SYS_prctl, 0, 1 /* PR_SET_PDEATHSIG */, 35 /* PR_SET_MM */, 0x59616D61 /* PR_SET_PTRACER */);
    allow_either(program, SYS_personality, 0, 0, 0xFFFFFFFF);
    // To type into a terminal.
    deny_any(program, SYS_ioctl, 1, 0x5412 /* TIOCSTI */, 0x541C /* TIOCLINUX */, 0x5412);
}

static void build_file_rules(program *program) {
    // Times: only of an open file, which goes without a path.
    rule(program, SYS_utimensat, 6);
    load_argument(program, 1);
    jump_equal(program, 0, 0, 2);
    load(program, offsetof(struct seccomp_data, args) + 8 + 4);
    jump_equal(program, 0, 1, 0);
    refuse(program, EPERM);
    allow(program);
}

static void build_socket_rules(program *program, bool network) {
    // Requests in a ring pass by every filter.
    deny(program, SYS_io_uring_setup, ENOSYS);
    deny(program, SYS_io_uring_enter, ENOSYS);
    deny(program, SYS_io_uring_register, ENOSYS);
    if (network) {
        // Never a local socket: one by name may be the host's own administration, or a container engine's.
        rule(program, SYS_socket, 6);
        load_argument(program, 0);
        jump_equal(program, FAMILY_IPV4, 3, 0);
        jump_equal(program, FAMILY_IPV6, 2, 0);
        jump_equal(program, FAMILY_NETLINK, 1, 0);
        refuse(program, EPERM);
        allow(program);
    } else {
        const uint32_t denied[] = {SYS_socket, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4};
        for (size_t place = 0; place < sizeof denied / sizeof *denied; place++) deny(program, denied[place], EPERM);
    }
    // A pair is a pipe in both directions; one of datagrams could still send to any name.
    rule(program, SYS_socketpair, 8);
    load_argument(program, 0);
    jump_equal(program, FAMILY_UNIX, 0, 4);
    load_argument(program, 1);
    add(program, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xF));
    jump_equal(program, STREAM, 2, 0);
    jump_equal(program, SEQUENCED, 1, 0);
    refuse(program, EPERM);
    allow(program);
}

static void build(program *program, bool exec, bool network) {
    load(program, offsetof(struct seccomp_data, arch));
    jump_equal(program, THIS_MACHINE, 1, 0);
    refuse(program, ENOSYS);
    load(program, offsetof(struct seccomp_data, nr));
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, LAST_KNOWN, 0, 1));
    refuse(program, ENOSYS);
    build_process_rules(program, (uint32_t)getpid(), exec);
    build_file_rules(program);
    build_socket_rules(program, network);
    for (size_t place = 0; place < sizeof always_denied / sizeof *always_denied; place++)
        deny(program, always_denied[place], EPERM);
    allow(program);
}

bool clinux_filter_is_offered(void) {
    uint32_t action = SECCOMP_RET_ERRNO;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

int clinux_filter_calls(bool exec, bool network) {
    static program program;
    program.count = 0;
    build(&program, exec, network);
    if (program.count > CAPACITY) return E2BIG;
    struct sock_fprog list = {program.count, program.code};
    long code = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &list);
    // A positive answer is the number of a thread that could not be brought along.
    return code == 0 ? 0 : code > 0 ? EBUSY : errno;
}

#else

bool clinux_filter_is_offered(void) { return false; }
int clinux_filter_calls(bool exec, bool network) {
    (void)exec, (void)network;
    return ENOSYS;
}

#endif
