// A plugin in C++: classes inside, the C contract at the edge, and no exception that crosses it.
#include <exception>
#include <memory>
#include <random>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>
#include <roost/roost.h>

using nlohmann::json;

namespace {

const json manifest = {
    {"id", "dev.example.dice"},
    {"name", "dice"},
    {"version", "1.0.0"},
    {"tools",
     {{{"name", "roll"},
       {"description", "Rolls dice and gives each result and the sum."},
       {"inputSchema",
        {{"type", "object"},
         {"properties",
          {{"sides", {{"type", "integer"}, {"description", "How many sides each die has"}, {"minimum", 2}, {"maximum", 100}}},
           {"count", {{"type", "integer"}, {"description", "How many dice"}, {"minimum", 1}, {"maximum", 20}}}}},
         {"required", {"sides"}},
         {"additionalProperties", false}}}}}},
};

// Bytes that move to the host, who frees them.
roost_buffer moved(std::string text) {
    auto *owned = new std::string(std::move(text));
    auto release = [](void *context) { delete static_cast<std::string *>(context); };
    return {reinterpret_cast<const uint8_t *>(owned->data()), owned->size(), owned, release};
}

std::string_view text(roost_view view) { return {reinterpret_cast<const char *>(view.data), view.size}; }

class Dice {
public:
    explicit Dice(const roost_host &host) : host(host) {
        table.size = sizeof table;
        table.context = this;
        table.start = [](const roost_plugin *) -> roost_status { return ROOST_OK; };
        table.stop = [](const roost_plugin *) {};
        table.destroy = [](const roost_plugin *plugin) { delete self(plugin); };
        table.manifest = [](const roost_plugin *plugin) { return self(plugin)->described(); };
        table.call = [](const roost_plugin *plugin, roost_call call, const roost_request *request) {
            self(plugin)->serve(call, *request);
        };
        table.cancel = [](const roost_plugin *, roost_call) {};
        table.get_extension = [](const roost_plugin *, const char *) -> const void * { return nullptr; };
    }

    roost_plugin table{};

private:
    const roost_host &host;
    const std::string description = manifest.dump();

    static Dice *self(const roost_plugin *plugin) { return static_cast<Dice *>(plugin->context); }

    roost_view described() const { return {reinterpret_cast<const uint8_t *>(description.data()), description.size()}; }

    // [worker]: on several threads at once, so nothing of the instance is changed.
    void serve(roost_call call, const roost_request &request) noexcept {
        try {
            const json rolled = roll(json::parse(text(request.arguments)));
            const json block = {{"type", "text"}, {"text", rolled.dump()}};
            finish(call, {{"content", json::array({block})}, {"structuredContent", rolled}});
        } catch (const std::exception &error) {
            const json block = {{"type", "text"}, {"text", std::string("The dice fell off the table: ") + error.what()}};
            finish(call, {{"content", json::array({block})}, {"isError", true}});
        }
    }

    static json roll(const json &arguments) {
        thread_local std::mt19937 generator{std::random_device{}()};
        std::uniform_int_distribution<int> die(1, arguments.at("sides").get<int>());
        json results = json::array();
        int sum = 0;
        for (int left = arguments.value("count", 1); left > 0; left--) {
            results.push_back(die(generator));
            sum += results.back().get<int>();
        }
        return {{"results", results}, {"sum", sum}};
    }

    void finish(roost_call call, const json &result) { host.complete(&host, call, ROOST_OK, moved(result.dump())); }
};

const roost_plugin *create(const roost_host *host, roost_view) noexcept {
    try {
        return &(new Dice(*host))->table;
    } catch (const std::exception &) {
        return nullptr;
    }
}

}  // namespace

const roost_plugin_entry *roost_plugin_entry_v1(void) {
    static const roost_plugin_descriptor descriptor = {sizeof descriptor, 0, "dev.example.dice", "dice", "1.0.0", nullptr};
    static const roost_plugin_entry entry = {sizeof entry, ROOST_ABI_MAJOR, ROOST_ABI_MINOR, &descriptor, create};
    return &entry;
}
