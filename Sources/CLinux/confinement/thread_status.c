#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

// libdispatch opens /proc/<thread>/stat for each of its worker threads when blocks are waiting, and ends the process by an
// illegal instruction when it cannot. Landlock holds that file back: it lies beside /proc/<process>, the only one of these
// folders that was there to be allowed, and a rule for all of /proc would show every other process. The same file of a thread
// of this process lies in /proc/self/task, too, which is allowed. So this `open`, which the libraries of this process find
// before the one of the C library, opens that one where the other is denied. A signal handler may call it, as it may any open.

static const char task_folder[] = "/proc/self/task/";
enum { LONGEST = sizeof "/proc/2147483647/stat" };

// Writes where this process finds the status of its own thread when `path` is /proc/<number>/stat.
static bool translate(const char *path, char *own) {
    static const char folder[] = "/proc/", file[] = "/stat";
    size_t length = strnlen(path, LONGEST);
    if (length == LONGEST || strncmp(path, folder, sizeof folder - 1) != 0) return false;
    const char *thread = path + sizeof folder - 1;
    size_t digits = strspn(thread, "0123456789");
    if (digits == 0 || strcmp(thread + digits, file) != 0) return false;
    memcpy(own, task_folder, sizeof task_folder - 1);
    strcpy(own + sizeof task_folder - 1, thread);
    return true;
}

int clinux_open(const char *path, int flags, ...) __asm__("open");

__attribute__((visibility("default"), used)) int clinux_open(const char *path, int flags, ...) {
    mode_t mode = 0;
    if ((flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE) {
        va_list more;
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        va_end(more);
    }
    int descriptor = openat(AT_FDCWD, path, flags, mode);
    char own[sizeof task_folder + LONGEST];
    if (descriptor >= 0 || errno != EACCES || !translate(path, own)) return descriptor;
    descriptor = openat(AT_FDCWD, own, flags, mode);
    // A thread of another process is denied as before.
    if (descriptor < 0) errno = EACCES;
    return descriptor;
}
