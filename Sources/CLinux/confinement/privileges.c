#define _GNU_SOURCE
#include "confinement.h"

#include <dirent.h>
#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int clinux_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : errno; }

int clinux_drop_capabilities(void) {
    const uint32_t kept = 1u << CAP_CHOWN | 1u << CAP_DAC_OVERRIDE | 1u << CAP_FOWNER | 1u << CAP_FSETID;
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &header, data) != 0) return errno;
    for (int half = 0; half < 2; half++) {
        data[half].permitted &= half == 0 ? kept : 0;
        data[half].effective = data[half].permitted;
        data[half].inheritable = 0;
    }
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    return syscall(SYS_capset, &header, data) == 0 ? 0 : errno;
}

int clinux_limit_self(clinux_resource resource, uint64_t most) {
    static const int resources[] = {RLIMIT_AS, RLIMIT_NOFILE, RLIMIT_CPU, RLIMIT_CORE, RLIMIT_NPROC};
    struct rlimit limit;
    if (getrlimit(resources[resource], &limit) != 0) return errno;
    // Who spends too much CPU time is told before it is killed.
    rlim_t hardest = resource == CLINUX_CPU_SECONDS ? most + 1 : most;
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > hardest) limit.rlim_max = hardest;
    limit.rlim_cur = most < limit.rlim_max ? most : limit.rlim_max;
    return setrlimit(resources[resource], &limit) == 0 ? 0 : errno;
}

// A folder of /proc has a link for itself, one for its name, and one for each folder in it.
static uint64_t threads_of(const char *process) {
    char path[64];
    struct stat status;
    snprintf(path, sizeof path, "/proc/%.20s/task", process);
    return stat(path, &status) == 0 && status.st_nlink > 2 ? status.st_nlink - 2 : 0;
}

bool clinux_tasks_are_counted(void) {
    unsigned inside, outside = 0;
    FILE *map = getuid() == 0 ? fopen("/proc/self/uid_map", "re") : NULL;
    if (map == NULL) return getuid() != 0;
    // The first line says whom root outside the namespace would be; on the machine itself it is root.
    int count = fscanf(map, "%u %u", &inside, &outside);
    fclose(map);
    return count == 2 && inside == 0 && outside != 0;
}

uint64_t clinux_count_threads(void) { return threads_of("self"); }

uint64_t clinux_count_tasks(void) {
    DIR *processes = opendir("/proc");
    if (processes == NULL) return 0;
    uint64_t count = 0;
    uid_t user = getuid();
    for (struct dirent *entry; (entry = readdir(processes)) != NULL;) {
        struct stat status;
        if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
        if (fstatat(dirfd(processes), entry->d_name, &status, 0) != 0 || status.st_uid != user) continue;
        count += threads_of(entry->d_name);
    }
    closedir(processes);
    return count;
}
