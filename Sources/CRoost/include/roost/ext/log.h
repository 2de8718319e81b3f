// Log lines, to the operator's log and, for a call whose client asked for them, to that client.
#ifndef ROOST_EXT_LOG_H
#define ROOST_EXT_LOG_H

#include "../host.h"

#define ROOST_EXT_LOG "roost.log/1"

ROOST_BEGIN

// The levels of MCP, which are those of RFC 5424 with the most severe last.
typedef int32_t roost_log_level;
enum {
    ROOST_LOG_DEBUG = 0,
    ROOST_LOG_INFO = 1,
    ROOST_LOG_NOTICE = 2,
    ROOST_LOG_WARNING = 3,
    ROOST_LOG_ERROR = 4,
    ROOST_LOG_CRITICAL = 5,
    ROOST_LOG_ALERT = 6,
    ROOST_LOG_EMERGENCY = 7,
};

typedef struct roost_host_log {
    uint32_t size;
    uint32_t reserved;

    // True when somebody would read a line of this level: ask before formatting. `call` 0: outside of any call.
    // [any]
    bool (*ROOST_NONNULL ROOST_SENDABLE is_enabled)(const roost_host *ROOST_NONNULL host, roost_call call, roost_log_level level);

    // Writes one line. `data` is any JSON value (a string for plain text); `logger` may be empty. Both are copied.
    // A line for an ended call goes to the operator's log only. Data that is not JSON is logged as a fault of the plugin.
    // [any]
    void (*ROOST_NONNULL ROOST_SENDABLE write)(const roost_host *ROOST_NONNULL host, roost_call call, roost_log_level level,
                                               roost_view logger, roost_view data);
} roost_host_log;

ROOST_END
#endif
