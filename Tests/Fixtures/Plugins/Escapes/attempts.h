// What the tools of this plugin try, one function each.
#ifndef ATTEMPTS_H
#define ATTEMPTS_H

#include <stddef.h>

// Tries something; `word` is the call's argument, `answer` takes what came of it: "allowed", the name of an errno value, or more.
typedef void attempt(const char *word, char *answer, size_t size);

attempt read_file, write_file, list_folder, make_file, change_mode, rename_file;           // files.c
attempt open_socket, open_pair, make_ring;                                                 // sockets.c
attempt make_child, make_children, leave_child, run_program, run_copy, // processes.c
    signal_host, trace_host, host_environment, host_memory, limit_host, leave_session, variables;
attempt take_memory, take_files, spin;                                                     // resources.c
attempt close_descriptors, write_output, count_descriptors;                                // descriptors.c
attempt administer;                                                                        // machine.c

// Writes "allowed" or the name of errno.
void report(int succeeded, char *answer, size_t size);

#endif
