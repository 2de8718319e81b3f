// A plugin that cannot use any configuration, and says so.
#include <string.h>
#include "roost/roost.h"

static const roost_plugin *create(const roost_host *host, roost_view config) {
    (void)config;
    const roost_host_log *log = host->get_extension(host, ROOST_EXT_LOG);
    const char *line = "\"config.city is missing\"";
    log->write(host, 0, ROOST_LOG_ERROR, (roost_view){NULL, 0}, (roost_view){(const uint8_t *)line, strlen(line)});
    return NULL;
}
const roost_plugin_entry *roost_plugin_entry_v1(void) {
    static const roost_plugin_descriptor descriptor = {sizeof descriptor, 0, "dev.roost.none", "None", "1.0.0", NULL};
    static const roost_plugin_entry entry = {sizeof entry, ROOST_ABI_MAJOR, ROOST_ABI_MINOR, &descriptor, create};
    return &entry;
}
