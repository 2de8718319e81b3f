// A plugin whose tools each have one vice, for the tests of supervision. Its config chooses vices of the life cycle:
// {"vice":"slow_start"}, "crash_in_start", "deaf".
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "faults.h"

static const struct vice {
    const char *name;
    void (*run)(const roost_host *host, roost_call call);
} vices[] = {
    {"segv", write_to_nowhere},   {"abort", give_up},          {"trap", hit_a_trap},
    {"overflow", exhaust_the_stack}, {"jump", jump_to_nowhere}, {"thread", fault_on_a_thread},
    {"hang", sleep_for_ever},     {"spin", spin_for_ever},     {"leak", leak_until_it_hurts},
    {"chatty", chatter},          {"child", have_a_child},
};
enum { VICES = sizeof vices / sizeof *vices };

typedef struct faults {
    roost_plugin plugin;
    const roost_host *host;
    char vice[32];
} faults;

void answer(const roost_host *host, roost_call call, const char *text) {
    char *json = malloc(strlen(text) + 64);
    if (json == NULL) abort();
    sprintf(json, "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}", text);
    host->complete(host, call, ROOST_OK, (roost_buffer){(uint8_t *)json, strlen(json), json, free});
}

static void call(const roost_plugin *plugin, roost_call call, const roost_request *request) {
    const faults *self = plugin->context;
    for (int i = 0; i < VICES; i++)
        if (request->target.size == strlen(vices[i].name) && memcmp(request->target.data, vices[i].name, request->target.size) == 0)
            return vices[i].run(self->host, call);
    answer(self->host, call, "here");
}

static roost_status start(const roost_plugin *plugin) {
    const faults *self = plugin->context;
    if (strcmp(self->vice, "crash_in_start") == 0) abort();
    if (strcmp(self->vice, "slow_start") == 0) usleep(700000);
    if (strcmp(self->vice, "deaf") == 0) become_deaf();
    return ROOST_OK;
}
static void stop(const roost_plugin *plugin) {
    const faults *self = plugin->context;
    if (strcmp(self->vice, "deaf") == 0) sleep_for_ever(self->host, 0);
}
static void destroy(const roost_plugin *plugin) { free(plugin->context); }
static roost_view manifest(const roost_plugin *plugin) {
    (void)plugin;
    static char text[4096];
    if (text[0] == 0) {
        strcpy(text, "{\"id\":\"dev.roost.faults\",\"name\":\"Faults\",\"version\":\"1.0.0\",\"tools\":[");
        for (int i = 0; i <= VICES; i++)
            sprintf(text + strlen(text), "%s{\"name\":\"%s\",\"description\":\"Has a vice.\",\"inputSchema\":{\"type\":\"object\"}}",
                    i > 0 ? "," : "", i < VICES ? vices[i].name : "answer");
        strcat(text, "]}");
    }
    return (roost_view){(const uint8_t *)text, strlen(text)};
}
static void cancel(const roost_plugin *plugin, roost_call call) { (void)plugin, (void)call; }
static const void *get_extension(const roost_plugin *plugin, const char *id) { (void)plugin, (void)id; return NULL; }

static const roost_plugin *create(const roost_host *host, roost_view config) {
    static const char *const names[] = {"slow_start", "crash_in_start", "deaf"};
    faults *self = calloc(1, sizeof *self);
    if (self == NULL) return NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (memmem(config.data, config.size, names[i], strlen(names[i]))) strcpy(self->vice, names[i]);
    self->plugin = (roost_plugin){sizeof self->plugin, 0, self, start, stop, destroy, manifest, call, cancel, get_extension};
    self->host = host;
    return &self->plugin;
}
const roost_plugin_entry *roost_plugin_entry_v1(void) {
    static const roost_plugin_descriptor descriptor = {sizeof descriptor, 0, "dev.roost.faults", "Faults", "1.0.0", NULL};
    static const roost_plugin_entry entry = {sizeof entry, ROOST_ABI_MAJOR, ROOST_ABI_MINOR, &descriptor, create};
    return &entry;
}
