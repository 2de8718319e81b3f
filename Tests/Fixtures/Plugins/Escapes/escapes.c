// A plugin whose tools each try one way out of its confinement, and answer with what became of it.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "attempts.h"
#include "roost/roost.h"

static const struct { const char *name; attempt *run; } TOOLS[] = {
    {"read_file", read_file}, {"write_file", write_file}, {"list_folder", list_folder}, {"make_file", make_file},
    {"change_mode", change_mode}, {"rename_file", rename_file}, {"open_socket", open_socket}, {"open_pair", open_pair},
    {"make_ring", make_ring}, {"make_child", make_child}, {"make_children", make_children},
    {"leave_child", leave_child}, {"run_program", run_program}, {"run_copy", run_copy},
    {"signal_host", signal_host}, {"trace_host", trace_host}, {"host_environment", host_environment},
    {"host_memory", host_memory}, {"limit_host", limit_host}, {"leave_session", leave_session}, {"variables", variables},
    {"take_memory", take_memory}, {"take_files", take_files}, {"spin", spin}, {"close_descriptors", close_descriptors},
    {"write_output", write_output}, {"count_descriptors", count_descriptors}, {"administer", administer},
};
enum { COUNT = sizeof TOOLS / sizeof *TOOLS };

typedef struct escapes {
    roost_plugin plugin;
    const roost_host *host;
    // {"permissions":…} of the config goes into the manifest as it is.
    char manifest[8192];
} escapes;

void report(int succeeded, char *answer, size_t size) {
    const char *name = strerrorname_np(errno);
    snprintf(answer, size, "%s", succeeded ? "allowed" : name ? name : "?");
}

// The text of {"word":"…"}; tests send no escapes.
static void find_word(roost_view json, char *word, size_t size) {
    const char *key = "\"word\":\"", *start = memmem(json.data, json.size, key, strlen(key));
    word[0] = 0;
    if (start == NULL) return;
    start += strlen(key);
    const char *end = memchr(start, '"', json.size - (size_t)(start - (const char *)json.data));
    if (end != NULL && (size_t)(end - start) < size) snprintf(word, size, "%.*s", (int)(end - start), start);
}

static void call(const roost_plugin *plugin, roost_call call, const roost_request *request) {
    escapes *self = plugin->context;
    char word[1024], answer[4096] = "no such attempt";
    find_word(request->arguments, word, sizeof word);
    for (size_t place = 0; place < COUNT; place++)
        if (request->target.size == strlen(TOOLS[place].name) && memcmp(request->target.data, TOOLS[place].name, request->target.size) == 0)
            TOOLS[place].run(word, answer, sizeof answer);
    char *json = malloc(sizeof answer + 64);
    sprintf(json, "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}", answer);
    self->host->complete(self->host, call, ROOST_OK, (roost_buffer){(uint8_t *)json, strlen(json), json, free});
}

static roost_status start(const roost_plugin *plugin) { (void)plugin; return ROOST_OK; }
static void stop(const roost_plugin *plugin) { (void)plugin; }
static void destroy(const roost_plugin *plugin) { free(plugin->context); }
static void cancel(const roost_plugin *plugin, roost_call call) { (void)plugin, (void)call; }
static const void *get_extension(const roost_plugin *plugin, const char *id) { (void)plugin, (void)id; return NULL; }
static roost_view manifest(const roost_plugin *plugin) {
    const char *text = ((const escapes *)plugin->context)->manifest;
    return (roost_view){(const uint8_t *)text, strlen(text)};
}

static const roost_plugin *create(const roost_host *host, roost_view config) {
    escapes *self = calloc(1, sizeof *self);
    if (self == NULL) return NULL;
    size_t used = (size_t)sprintf(self->manifest, "{\"id\":\"dev.roost.escapes\",\"name\":\"Escapes\",\"version\":\"1.0.0\",");
    const char *asked = memmem(config.data, config.size, "\"permissions\"", 13);
    if (asked != NULL) {
        int size = (int)(config.size - (size_t)(asked - (const char *)config.data)) - 1;
        used += (size_t)sprintf(self->manifest + used, "%.*s,", size, asked);
    }
    used += (size_t)sprintf(self->manifest + used, "\"tools\":[");
    for (size_t place = 0; place < COUNT; place++)
        used += (size_t)sprintf(self->manifest + used, "%s{\"name\":\"%s\",\"description\":\"Tries it.\",\"inputSchema\":{\"type\":\"object\"}}",
                                place ? "," : "", TOOLS[place].name);
    strcpy(self->manifest + used, "]}");
    self->plugin = (roost_plugin){sizeof self->plugin, 0, self, start, stop, destroy, manifest, call, cancel, get_extension};
    self->host = host;
    return &self->plugin;
}
const roost_plugin_entry *roost_plugin_entry_v1(void) {
    static const roost_plugin_descriptor descriptor = {sizeof descriptor, 0, "dev.roost.escapes", "Escapes", "1.0.0", NULL};
    static const roost_plugin_entry entry = {sizeof entry, ROOST_ABI_MAJOR, ROOST_ABI_MINOR, &descriptor, create};
    return &entry;
}
