// A plugin that says it was built by a compiler that built no host.
#include "roost/roost.h"

static const roost_plugin *create(const roost_host *host, roost_view config) {
    (void)host, (void)config;
    return NULL;
}
const roost_plugin_entry *roost_plugin_entry_v1(void) {
    static const roost_plugin_descriptor descriptor = {sizeof descriptor, 0, "dev.roost.foreign", "Foreign", "1.0.0", "Swift 5.9"};
    static const roost_plugin_entry entry = {sizeof entry, ROOST_ABI_MAJOR, ROOST_ABI_MINOR, &descriptor, create};
    return &entry;
}
