// The files of Templates/ and the headers of CRoost, inside of the executable: an installed host needs nothing beside it.
#ifndef CTEMPLATES_H
#define CTEMPLATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct ctemplates_file {
    const char *set;       // "swift", "c", "rust": what a new project begins with; "headers": the contract
    const char *path;      // where the file goes, from the project's folder
    const uint8_t *bytes;
    size_t size;
    bool is_program;       // to be made executable
} ctemplates_file;

// Every file; lives as long as the process. `count` is set to how many there are.
const ctemplates_file *ctemplates_files(size_t *count);

#pragma clang assume_nonnull end
#endif
