// How far a call has come. Reaches the client when it asked for progress, and counts as a sign of life.
#ifndef ROOST_EXT_PROGRESS_H
#define ROOST_EXT_PROGRESS_H

#include "../host.h"

#define ROOST_EXT_PROGRESS "roost.progress/1"

ROOST_BEGIN

typedef struct roost_host_progress {
    uint32_t size;
    uint32_t reserved;

    // `progress` rises with every report; `total` is 0 or less when unknown; `message` may be empty and is copied.
    // Returns ROOST_CANCELLED when the call should stop, ROOST_UNKNOWN_CALL when it has ended.
    // A report that does not rise is dropped.
    // [any]
    roost_status (*ROOST_NONNULL ROOST_SENDABLE report)(const roost_host *ROOST_NONNULL host, roost_call call, double progress,
                                                        double total, roost_view message);
} roost_host_progress;

ROOST_END
#endif
