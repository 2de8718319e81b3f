// Files of others.
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "attempts.h"

static void open_with(const char *path, int flags, char *answer, size_t size) {
    int file = open(path, flags | O_CLOEXEC, 0644);
    report(file >= 0, answer, size);
    if (file >= 0) close(file);
}

void read_file(const char *word, char *answer, size_t size) { open_with(word, O_RDONLY, answer, size); }
void write_file(const char *word, char *answer, size_t size) { open_with(word, O_WRONLY, answer, size); }
void make_file(const char *word, char *answer, size_t size) { open_with(word, O_WRONLY | O_CREAT | O_EXCL, answer, size); }

void list_folder(const char *word, char *answer, size_t size) {
    DIR *folder = opendir(word);
    report(folder != NULL, answer, size);
    if (folder != NULL) closedir(folder);
}

void change_mode(const char *word, char *answer, size_t size) { report(chmod(word, 0777) == 0, answer, size); }

void rename_file(const char *word, char *answer, size_t size) {
    char to[1100];
    snprintf(to, sizeof to, "%s.taken", word);
    report(rename(word, to) == 0, answer, size);
}
