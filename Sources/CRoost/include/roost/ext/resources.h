// Resources whose contents change: clients that subscribed to them are told.
#ifndef ROOST_EXT_RESOURCES_H
#define ROOST_EXT_RESOURCES_H

#include "../host.h"

#define ROOST_EXT_RESOURCES "roost.resources/1"

ROOST_BEGIN

typedef struct roost_host_resources {
    uint32_t size;
    uint32_t reserved;

    // Says that the resource at `uri` reads differently now. `uri` is copied. Costs nothing when nobody subscribed.
    // [any]
    void (*ROOST_NONNULL ROOST_SENDABLE updated)(const roost_host *ROOST_NONNULL host, roost_view uri);
} roost_host_resources;

ROOST_END
#endif
