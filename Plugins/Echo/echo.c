// A whole plugin in one C file, from <roost/roost.h> alone. Read it from the bottom.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "roost/roost.h"

#define TOOL(name, description, schema) "{\"name\":\"" name "\",\"description\":\"" description "\",\"inputSchema\":{\"type\":\"object\"," schema
static const char MANIFEST[] = "{\"id\":\"dev.roost.echo\",\"name\":\"Echo\",\"version\":\"1.0.0\",\"tools\":["
    TOOL("echo", "Gives back the text it is given.", "\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"],"
         "\"additionalProperties\":false}},")
    TOOL("add", "Adds two integers of 64 bits.", "\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"integer\"}},"
         "\"required\":[\"a\",\"b\"],\"additionalProperties\":false},\"outputSchema\":{\"type\":\"object\",\"properties\":"
         "{\"sum\":{\"type\":\"integer\"}},\"required\":[\"sum\"]}},")
    TOOL("sleep", "Waits; reports progress and can be cancelled.", "\"properties\":{\"seconds\":{\"type\":\"number\",\"minimum\":0,"
         "\"maximum\":3600}},\"required\":[\"seconds\"],\"additionalProperties\":false}},")
    TOOL("crash", "Ends its process at once, to show what a crash takes along.", "\"additionalProperties\":false}}]}");

typedef struct echo {
    roost_plugin plugin;
    const roost_host *host;
    const roost_host_progress *progress;  // NULL in a host that does not offer it
    atomic_int sleepers;
    atomic_bool stopping;
} echo;
// Ends a call with JSON made from `text` (for %.*s) and `number` (for %lld). The bytes are the host's from here on.
static void complete(const echo *self, roost_call call, roost_status status, const char *format, roost_view text, long long number) {
    size_t room = strlen(format) + text.size + 32;
    char *json = malloc(room);
    if (json == NULL) abort();
    int size = snprintf(json, room, format, (int)text.size, (const char *)text.data, number);
    self->host->complete(self->host, call, status, (roost_buffer){(uint8_t *)json, (size_t)size, json, free});
}
static void refuse(const echo *self, roost_call call, const char *reason) {
    const char *format = "{\"content\":[{\"type\":\"text\",\"text\":\"%.*s\"}],\"isError\":true}";
    complete(self, call, ROOST_OK, format, (roost_view){(const uint8_t *)reason, strlen(reason)}, 0);
}

// The arguments are one valid JSON object, so every bracket and quote has its match and no bound need be checked.
static const char *blanks(const char *at) { while (*at == ' ' || (*at >= '\t' && *at <= '\r')) at++; return at; }
static const char *after(const char *at) {  // the value that begins here
    for (int depth = 0;;) {
        if (*at == '"') while (*++at != '"') at += *at == '\\';
        depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
        bool ends = *at == '"' || *at == '}' || *at == ']';
        if (at++, depth == 0 && (ends || *at == ',' || *at == '}' || *at == ']' || blanks(at) != at)) return at;
    }
}
static bool spells(const char *key, const char *name) {  // a client may write any character as \u00xx
    for (key++; *name != '\0'; name++) {
        bool escaped = key[0] == '\\' && key[1] == 'u';
        char code[5] = {0};
        if ((escaped ? strtol(memcpy(code, key + 2, 4), NULL, 16) : *key) != *name) return false;
        key += escaped ? 6 : 1;
    }
    return *key == '"';
}
static roost_view member(roost_view object, const char *name) {  // its text as it stands there
    for (const char *key = blanks(blanks((const char *)object.data) + 1); *key == '"';) {
        const char *value = blanks(blanks(after(key)) + 1), *end = after(value);
        if (spells(key, name)) return (roost_view){(const uint8_t *)value, (size_t)(end - value)};
        key = blanks(end);
        if (*key == ',') key = blanks(key + 1);
    }
    return (roost_view){(const uint8_t *)"\"\"", 2};
}
// 42, 42.0 and 4.2e1 are one integer to JSON Schema. A long double of 64 bits or more holds every int64_t exactly.
static bool integer(roost_view text, long long *value) {
    char *end;
    long double number = strtold((const char *)text.data, &end);
    if (end == (const char *)text.data || !(number >= -0x1p63L && number < 0x1p63L)) return false;
    return (long double)(*value = (long long)number) == number;
}
typedef struct nap { echo *self; roost_call call; double seconds; } nap;
static void *sleeper(void *argument) {
    nap nap = *(struct nap *)argument;
    free(argument);
    const roost_host *host = nap.self->host;
    double done = 0, step = 0.01;
    for (int i = 0; done < nap.seconds && !host->is_cancelled(host, nap.call) && !nap.self->stopping; i++, done += step) {
        if (i % 10 == 0 && nap.self->progress != NULL)
            nap.self->progress->report(host, nap.call, done, nap.seconds, (roost_view){NULL, 0});
        nanosleep(&(struct timespec){.tv_nsec = (long)((nap.seconds - done < step ? nap.seconds - done : step) * 1e9)}, NULL);
    }
    if (done < nap.seconds) host->complete(host, nap.call, ROOST_CANCELLED, (roost_buffer){0});
    else complete(nap.self, nap.call, ROOST_OK, "{\"content\":[{\"type\":\"text\",\"text\":\"rested%.*s\"}]}", (roost_view){0}, 0);
    nap.self->sleepers--;
    return NULL;
}
static void sleep_for(echo *self, roost_call call, roost_view seconds) {
    pthread_t thread;
    nap *nap = malloc(sizeof *nap);
    if (nap == NULL) abort();
    *nap = (struct nap){self, call, strtod((const char *)seconds.data, NULL)};
    self->sleepers++;
    if (pthread_create(&thread, NULL, sleeper, nap) == 0) return (void)pthread_detach(thread);
    self->sleepers--;
    free(nap);
    refuse(self, call, "No thread is free to sleep on. Try again later.");
}
static bool is(roost_view text, const char *name) { return text.size == strlen(name) && memcmp(text.data, name, text.size) == 0; }
static void call(const roost_plugin *plugin, roost_call call, const roost_request *request) {
    echo *self = plugin->context;
    const roost_view none = {0}, tool = is(request->method, "tools/call") ? request->target : none, given = request->arguments;
    if (is(tool, "crash")) abort();
    if (is(tool, "sleep")) return sleep_for(self, call, member(given, "seconds"));
    if (is(tool, "echo")) {
        const char *format = "{\"content\":[{\"type\":\"text\",\"text\":%.*s}]}";
        return complete(self, call, ROOST_OK, format, member(given, "text"), 0);
    }
    if (!is(tool, "add")) {
        const char *format = "{\"code\":-32602,\"message\":\"Echo has the tools echo, add, sleep and crash%.*s\"}";
        return complete(self, call, ROOST_ERROR, format, none, 0);
    }
    long long a, b, sum;
    if (!integer(member(given, "a"), &a) || !integer(member(given, "b"), &b) || __builtin_add_overflow(a, b, &sum))
        return refuse(self, call, "a, b and their sum must be integers of 64 bits. Give smaller numbers.");
    char digits[24];
    roost_view text = {(uint8_t *)digits, (size_t)snprintf(digits, sizeof digits, "%lld", sum)};
    const char *format = "{\"content\":[{\"type\":\"text\",\"text\":\"%.*s\"}],\"structuredContent\":{\"sum\":%lld}}";
    complete(self, call, ROOST_OK, format, text, sum);
}
static roost_status start(const roost_plugin *plugin) { ((echo *)plugin->context)->stopping = false; return ROOST_OK; }
static void stop(const roost_plugin *plugin) {
    echo *self = plugin->context;
    self->stopping = true;
    while (self->sleepers > 0) nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}
static void destroy(const roost_plugin *plugin) { free(plugin->context); }
static void cancel(const roost_plugin *plugin, roost_call call) { (void)plugin, (void)call; }  // sleepers ask is_cancelled
static const void *get_extension(const roost_plugin *plugin, const char *id) { (void)plugin, (void)id; return NULL; }
static roost_view manifest(const roost_plugin *plugin) { (void)plugin; return (roost_view){(const uint8_t *)MANIFEST, sizeof MANIFEST - 1}; }
static const roost_plugin *create(const roost_host *host, roost_view config) {
    (void)config;
    echo *self = calloc(1, sizeof *self);
    if (self == NULL) return NULL;
    self->plugin = (roost_plugin){sizeof self->plugin, 0, self, start, stop, destroy, manifest, call, cancel, get_extension};
    self->host = host;
    self->progress = host->get_extension(host, ROOST_EXT_PROGRESS);
    return &self->plugin;
}
const roost_plugin_entry *roost_plugin_entry_v1(void) {
    static const roost_plugin_descriptor descriptor = {sizeof descriptor, 0, "dev.roost.echo", "Echo", "1.0.0", NULL};
    static const roost_plugin_entry entry = {sizeof entry, ROOST_ABI_MAJOR, ROOST_ABI_MINOR, &descriptor, create};
    return &entry;
}
