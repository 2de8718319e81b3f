// A plugin of a major version before the first: what its entry holds is unknown.
#include "roost/roost.h"

static const roost_plugin *create(const roost_host *host, roost_view config) {
    (void)host, (void)config;
    return NULL;
}
const roost_plugin_entry *roost_plugin_entry_v1(void) {
    static const roost_plugin_descriptor descriptor = {sizeof descriptor, 0, "dev.roost.earlier", "Earlier", "0.9.0", NULL};
    static const roost_plugin_entry entry = {sizeof entry, ROOST_ABI_MAJOR - 1, 0, &descriptor, create};
    return &entry;
}
