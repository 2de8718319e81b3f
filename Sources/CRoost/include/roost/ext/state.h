// State that outlives a reload: the version that leaves exports it, the version that comes imports it.
//
// Both are asked for at a quiet moment: no call is open and none begins, so nothing that was answered is lost. The bytes are the
// plugin's own; a later version reads them, so let them say which format they have.
#ifndef ROOST_EXT_STATE_H
#define ROOST_EXT_STATE_H

#include "../plugin.h"

#define ROOST_EXT_STATE "roost.state/1"

ROOST_BEGIN

typedef struct roost_plugin_state {
    uint32_t size;
    uint32_t reserved;

    // Writes what the next version has to know to `state`, which the host releases. On failure it says why through the log
    // extension, and this version goes on as if it had not been asked; it does so too when the reload is given up afterwards.
    // [control & started, no call is open]
    roost_status (*ROOST_NONNULL export_state)(const roost_plugin *ROOST_NONNULL plugin,
                                               roost_buffer *ROOST_NONNULL state);

    // Takes what an earlier version exported, before the first call. `state` lives until this returns. On failure it says why
    // through the log extension; the host then stops this instance, and the earlier version goes on.
    // [control & started, no call was made]
    roost_status (*ROOST_NONNULL import_state)(const roost_plugin *ROOST_NONNULL plugin, roost_view state);
} roost_plugin_state;

ROOST_END
#endif
