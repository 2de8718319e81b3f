// How a process of ours gives up what it does not need, for good and for every thread and child it makes afterwards.
// Every function returns 0 or an errno value unless it says otherwise. Called once, by the first thread, before others exist.
#ifndef CLINUX_CONFINEMENT_H
#define CLINUX_CONFINEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

// No program that is executed gains privileges any more. Landlock and seccomp ask for it.
int clinux_no_new_privileges(void);

// Gives up every capability but those that let root use files whoever owns them.
int clinux_drop_capabilities(void);

// A resource this process is held to: soft and hard limit, which no process without CAP_SYS_RESOURCE raises again.
typedef enum clinux_resource {
    CLINUX_ADDRESS_SPACE, // bytes
    CLINUX_OPEN_FILES,    // the highest descriptor and one
    CLINUX_CPU_SECONDS,   // SIGXCPU at the limit, SIGKILL a second later
    CLINUX_CORE_FILE,     // bytes
    CLINUX_TASKS,         // processes and threads of this user in all; root is not counted
} clinux_resource;
int clinux_limit_self(clinux_resource resource, uint64_t most);

// How many processes and threads the user of this process has now, as far as /proc shows them. Never fails.
uint64_t clinux_count_tasks(void);

// False for the root of the machine, whose processes no limit counts; the root of a user namespace is counted.
bool clinux_tasks_are_counted(void);

// How many threads this process has. 0: /proc does not say.
uint64_t clinux_count_threads(void);

// The version of Landlock this kernel offers; the negative errno value when it offers none: -ENOSYS when it was built without,
// -EOPNOTSUPP when it was started without.
int clinux_landlock_version(void);

// What a file or a folder and everything below it may be used for.
typedef enum clinux_access {
    CLINUX_READ = 1,    // open for reading, list
    CLINUX_EXECUTE = 2, // run as a program
    CLINUX_WRITE = 4,   // write, make, remove, rename
    CLINUX_DEVICE = 8,  // send commands (ioctl) to devices
} clinux_access;

// Begins a set of rules of this version: files, devices and, unless network is true, TCP are denied from here on; signals and
// abstract sockets end at this process and its children. Returns a descriptor, or the negative errno value.
int clinux_landlock_begin(int version, bool network);

// Allows the uses (clinux_access) of what is at a path now. ENOENT when nothing is there.
int clinux_landlock_allow(int rules, int version, const char *path, unsigned uses);

// Allows reading the folders of the libraries that are loaded, except those that hold the folder `hidden`.
void clinux_landlock_allow_loaded(int rules, int version, const char *hidden);

// Keeps this process's entry in /proc: one that nobody holds may be made anew, and a rule for the old one would not count.
void clinux_landlock_keep_own_entry(void);

// Puts the rules into force for this thread and closes them.
int clinux_landlock_enter(int rules);

// True when the kernel filters system calls and this build knows the numbers of this machine.
bool clinux_filter_is_offered(void);

// Filters the system calls of every thread. What is denied answers EPERM, and what this build does not know ENOSYS.
int clinux_filter_calls(bool exec, bool network);

#pragma clang assume_nonnull end
#endif
