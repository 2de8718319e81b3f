#define _GNU_SOURCE
#include "confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// The kernel's own header may be older than the kernel: these numbers never change.
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
enum { ASK_FOR_VERSION = 1, PATH_BENEATH = 1 };

enum {
    EXECUTE = 1 << 0,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_FOLDER = 1 << 3,
    REMOVE_FOLDER = 1 << 4,
    REMOVE_FILE = 1 << 5,
    MAKE_CHARACTER_DEVICE = 1 << 6,
    MAKE_FOLDER = 1 << 7,
    MAKE_FILE = 1 << 8,
    MAKE_SOCKET = 1 << 9,
    MAKE_PIPE = 1 << 10,
    MAKE_BLOCK_DEVICE = 1 << 11,
    MAKE_LINK = 1 << 12,
    MOVE = 1 << 13,     // version 2
    TRUNCATE = 1 << 14, // version 3
    COMMAND = 1 << 15,  // version 5
};
enum { BIND_TCP = 1, CONNECT_TCP = 2 };     // version 4
enum { ABSTRACT_SOCKETS = 1, SIGNALS = 2 }; // version 6

struct ruleset {
    uint64_t files, network, scoped;
};

struct __attribute__((packed)) path_rule {
    uint64_t allowed;
    int32_t parent;
};

static uint64_t file_rights(int version) {
    uint64_t rights = MOVE - 1;
    if (version >= 2) rights |= MOVE;
    if (version >= 3) rights |= TRUNCATE;
    if (version >= 5) rights |= COMMAND;
    return rights;
}

int clinux_landlock_version(void) {
    long version = syscall(CREATE_RULESET, NULL, 0, ASK_FOR_VERSION);
    return version < 0 ? -errno : (int)version;
}

int clinux_landlock_begin(int version, bool network) {
    struct ruleset set = {file_rights(version), 0, 0};
    if (version >= 4 && !network) set.network = BIND_TCP | CONNECT_TCP;
    if (version >= 6) set.scoped = ABSTRACT_SOCKETS | SIGNALS;
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    long rules = syscall(CREATE_RULESET, &set, size, 0);
    return rules < 0 ? -errno : (int)rules;
}

int clinux_landlock_allow(int rules, int version, const char *path, unsigned uses) {
    struct path_rule rule = {0, open(path, O_PATH | O_CLOEXEC)};
    if (rule.parent < 0) return errno;
    if (uses & CLINUX_READ) rule.allowed |= READ_FILE | READ_FOLDER;
    if (uses & CLINUX_EXECUTE) rule.allowed |= EXECUTE;
    if (uses & CLINUX_DEVICE) rule.allowed |= COMMAND;
    if (uses & CLINUX_WRITE)
        rule.allowed |= WRITE_FILE | REMOVE_FOLDER | REMOVE_FILE | MAKE_FOLDER | MAKE_FILE | MAKE_PIPE | MAKE_LINK | MOVE | TRUNCATE;
    struct stat status;
    if (fstat(rule.parent, &status) == 0 && !S_ISDIR(status.st_mode))
        rule.allowed &= EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | COMMAND;
    rule.allowed &= file_rights(version);
    int code = syscall(ADD_RULE, rules, PATH_BENEATH, &rule, 0) == 0 ? 0 : errno;
    close(rule.parent);
    return code;
}

typedef struct search {
    int rules, version;
    const char *hidden;
    char last[512];
} search;

static bool holds(const char *folder, const char *path) {
    size_t size = strlen(folder);
    return strncmp(folder, path, size) == 0 && (path[size] == '/' || path[size] == 0);
}

static int allow_folder_of(struct dl_phdr_info *library, size_t size, void *given) {
    (void)size;
    search *search = given;
    const char *end = strrchr(library->dlpi_name, '/');
    char folder[sizeof search->last];
    if (end == NULL || end == library->dlpi_name || (size_t)(end - library->dlpi_name) >= sizeof folder) return 0;
    snprintf(folder, sizeof folder, "%.*s", (int)(end - library->dlpi_name), library->dlpi_name);
    // Neighbours mostly lie in one folder: it is asked for once.
    if (strcmp(folder, search->last) == 0 || holds(folder, search->hidden)) return 0;
    strcpy(search->last, folder);
    clinux_landlock_allow(search->rules, search->version, folder, CLINUX_READ);
    return 0;
}

void clinux_landlock_allow_loaded(int rules, int version, const char *hidden) {
    search search = {rules, version, hidden, ""};
    dl_iterate_phdr(allow_folder_of, &search);
}

void clinux_landlock_keep_own_entry(void) {
    // Open for as long as the process lives; it gives no right to anything.
    (void)open("/proc/self", O_PATH | O_CLOEXEC);
}

int clinux_landlock_enter(int rules) {
    int code = syscall(RESTRICT_SELF, rules, 0) == 0 ? 0 : errno;
    close(rules);
    return code;
}
