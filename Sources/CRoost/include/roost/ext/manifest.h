// A manifest that changes while the plugin runs: tools, prompts or resources that come and go.
#ifndef ROOST_EXT_MANIFEST_H
#define ROOST_EXT_MANIFEST_H

#include "../host.h"

#define ROOST_EXT_MANIFEST "roost.manifest/1"

ROOST_BEGIN

typedef struct roost_host_manifest {
    uint32_t size;
    uint32_t reserved;

    // Says that plugin.manifest would now answer differently. The host asks for it soon, on its control thread, compares,
    // and tells clients about the lists that really changed.
    // [any]
    void (*ROOST_NONNULL ROOST_SENDABLE changed)(const roost_host *ROOST_NONNULL host);
} roost_host_manifest;

ROOST_END
#endif
