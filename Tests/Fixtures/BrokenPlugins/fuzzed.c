// A plugin whose tools, prompts and resources each break under some arguments, for the tests of roost plugin fuzz.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "roost/roost.h"

#define TOOL(name, properties) \
    "{\"name\":\"" name "\",\"description\":\"Breaks.\",\"inputSchema\":{\"type\":\"object\",\"properties\":{" properties \
    "},\"additionalProperties\":false}}"

#define PROMPT(name, argument) \
    "{\"name\":\"" name "\",\"arguments\":[{\"name\":\"" argument "\",\"required\":true}]}"

static const char MANIFEST[] =
    "{\"id\":\"dev.roost.fuzzed\",\"name\":\"fuzzed\",\"version\":\"1.0.0\",\"tools\":["
    TOOL("crash", "\"days\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":1000000},\"city\":{\"type\":\"string\"}") ","
    TOOL("third", "") "," TOOL("never", "") "," TOOL("broken", "") "," TOOL("twice", "") ","
    TOOL("shape", "\"loud\":{\"type\":\"boolean\"}") ","
    TOOL("healthy", "\"text\":{\"type\":\"string\"},\"list\":{\"type\":\"array\",\"items\":{\"type\":\"number\"}}") ","
    "{\"name\":\"promise\",\"description\":\"Breaks.\",\"inputSchema\":{\"type\":\"object\"},"
    "\"outputSchema\":{\"type\":\"object\",\"properties\":{\"sum\":{\"type\":\"integer\"}},\"required\":[\"sum\"]}}],"
    "\"resources\":[{\"uri\":\"fuzzed://broken\",\"name\":\"broken\"},{\"uri\":\"fuzzed://healthy\",\"name\":\"healthy\"}],"
    "\"resourceTemplates\":[{\"uriTemplate\":\"fuzzed://{day}/text\",\"name\":\"day\"},"
    "{\"uriTemplate\":\"fuzzed://{+path}.md\",\"name\":\"page\"}],"
    "\"prompts\":[" PROMPT("review", "path") "," PROMPT("mute", "path") "," PROMPT("healthy", "path") ","
    PROMPT("suggesting", "city") "],\"completions\":true}";

static const roost_host *host;
static int thirds;

static void complete(roost_call call, const char *text) {
    host->complete(host, call, ROOST_OK, (roost_buffer){(const uint8_t *)text, strlen(text), NULL, NULL});
}

// The compiler must not know where it leads.
static int *volatile nowhere;

__attribute__((noinline)) static void parse_days(long days) {
    if (days > 40000) *nowhere = 1;
}

static bool is(roost_view text, const char *word) {
    return text.size == strlen(word) && !memcmp(text.data, word, text.size);
}

// Everything but tools; `arguments` ends with a zero.
static const char *other(const roost_request *request, const char *arguments) {
    if (is(request->method, "resources/read")) {
        if (is(request->target, "fuzzed://broken")) return "{\"contents\":[{\"uri\":\"fuzzed://broken\"}]}";
        // The page is well with any path.
        if (request->target.size > 1000 && request->target.data[request->target.size - 1] == 't') abort();
        return "{\"contents\":[{\"uri\":\"fuzzed://healthy\",\"text\":\"well\"}]}";
    }
    if (is(request->method, "prompts/get")) {
        if (is(request->target, "review") && strstr(arguments, "\"path\"") == NULL) abort();
        if (is(request->target, "mute")) return "{\"messages\":[{\"role\":\"plugin\",\"content\":{\"type\":\"text\",\"text\":\"\"}}]}";
        return "{\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"well\"}}]}";
    }
    if (is(request->target, "suggesting")) return "{\"completion\":{\"values\":[42]}}";
    return "{\"completion\":{\"values\":[\"Oslo\"],\"total\":1}}";
}

static void call(const roost_plugin *plugin, roost_call call, const roost_request *request) {
    (void)plugin;
    char *arguments = malloc(request->arguments.size + 1), tool[16] = {0};
    memcpy(arguments, request->arguments.data, request->arguments.size);
    arguments[request->arguments.size] = 0;
    memcpy(tool, request->target.data, request->target.size < 15 ? request->target.size : 15);
    const char *days = strstr(arguments, "\"days\":");
    const char *answer = "{\"content\":[{\"type\":\"text\",\"text\":\"well\"}]}";
    if (!strcmp(tool, "crash") && days != NULL) parse_days(atol(days + 7));
    if (!strcmp(tool, "third") && ++thirds == 3) abort();
    if (!strcmp(tool, "broken")) answer = "{\"content\":[";
    if (!strcmp(tool, "shape") && strstr(arguments, "true") != NULL) answer = "{\"content\":\"LOUD\"}";
    if (!strcmp(tool, "promise")) answer = "{\"content\":[],\"structuredContent\":{\"sum\":\"four\"}}";
    if (!is(request->method, "tools/call")) answer = other(request, arguments);
    if (!strcmp(tool, "twice")) complete(call, answer);
    if (strcmp(tool, "never") != 0) complete(call, answer);
    free(arguments);
}

static roost_status start(const roost_plugin *plugin) { (void)plugin; return ROOST_OK; }
static void stop(const roost_plugin *plugin) { (void)plugin; }
static void destroy(const roost_plugin *plugin) { (void)plugin; }
static void cancel(const roost_plugin *plugin, roost_call call) { (void)plugin; (void)call; }
static roost_view manifest(const roost_plugin *plugin) {
    (void)plugin;
    return (roost_view){(const uint8_t *)MANIFEST, sizeof MANIFEST - 1};
}
static const void *get_extension(const roost_plugin *plugin, const char *id) { (void)plugin; (void)id; return NULL; }
static const roost_plugin PLUGIN = {sizeof PLUGIN, 0, NULL, start, stop, destroy, manifest, call, cancel, get_extension};
static const roost_plugin *create(const roost_host *given, roost_view config) {
    (void)config;
    host = given;
    return &PLUGIN;
}
static const roost_plugin_descriptor DESCRIPTOR = {sizeof DESCRIPTOR, 1, "dev.roost.fuzzed", "fuzzed", "1.0.0", NULL};
static const roost_plugin_entry ENTRY = {sizeof ENTRY, ROOST_ABI_MAJOR, ROOST_ABI_MINOR, &DESCRIPTOR, create};
const roost_plugin_entry *roost_plugin_entry_v1(void) { return &ENTRY; }
