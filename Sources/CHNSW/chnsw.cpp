#include "chnsw.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

// hnswlib 0.6.2 compares its signed and unsigned numbers.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wreorder"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wunused-variable"
#include <hnswlib/hnswlib.h>
#pragma GCC diagnostic pop

#include "kernels.h"

namespace {

// Neighbours of a vector, and how many are weighed while it is put in: measured, see Plugins/Memory/README.md.
constexpr size_t neighbours = 16;
constexpr size_t weighed = 120;

using Graph = hnswlib::HierarchicalNSW<float>;

// How a vector lies in the graph: its largest absolute value / 127, then a byte for each float, and zeros up to a full row.
class Bytes : public hnswlib::SpaceInterface<float> {
public:
    explicit Bytes(size_t dimensions)
        : dimensions(dimensions), width((dimensions + KERNELS_BYTES - 1) / KERNELS_BYTES * KERNELS_BYTES) {}

    size_t get_data_size() override { return sizeof(float) + width; }
    hnswlib::DISTFUNC<float> get_dist_func() override { return distance; }
    void *get_dist_func_param() override { return &width; }

    std::vector<char> encode(const float *vector) const {
        std::vector<char> row(sizeof(float) + width, 0);
        float largest = 0;
        for (size_t i = 0; i < dimensions; i++) largest = std::max(largest, std::fabs(vector[i]));
        float scale = largest / 127;
        std::memcpy(row.data(), &scale, sizeof scale);
        for (size_t i = 0; i < dimensions && scale > 0; i++)
            row[sizeof scale + i] = static_cast<char>(std::lrintf(vector[i] / scale));
        return row;
    }

    const size_t dimensions;

private:
    size_t width;

    static float distance(const void *a, const void *b, const void *width) {
        float of_a, of_b;
        std::memcpy(&of_a, a, sizeof of_a);
        std::memcpy(&of_b, b, sizeof of_b);
        int32_t product = kernels_product_of_bytes(
            static_cast<const int8_t *>(a) + sizeof of_a, static_cast<const int8_t *>(b) + sizeof of_b,
            *static_cast<const size_t *>(width));
        return 1 - of_a * of_b * static_cast<float>(product);
    }
};

// What a file of this graph has to be long; hnswlib does not say whether it could write.
size_t size_of_file(const Graph &graph) {
    size_t head = 8 * sizeof(size_t) + sizeof(int) + sizeof(hnswlib::tableint) + 2 * sizeof(size_t) + sizeof(double);
    size_t size = head + graph.cur_element_count * (graph.size_data_per_element_ + sizeof(unsigned int));
    for (size_t i = 0; i < graph.cur_element_count; i++)
        size += graph.size_links_per_element_ * static_cast<size_t>(graph.element_levels_[i]);
    return size;
}

// True when every link leads to a vector on its level: what a search relies on.
bool has_sound_links(Graph &graph) {
    if (graph.cur_element_count == 0) return true;
    if (graph.enterpoint_node_ >= graph.cur_element_count || graph.maxlevel_ < 0
        || graph.element_levels_[graph.enterpoint_node_] != graph.maxlevel_)
        return false;
    for (size_t i = 0; i < graph.cur_element_count; i++) {
        auto id = static_cast<hnswlib::tableint>(i);
        for (int level = 0; level <= graph.element_levels_[i]; level++) {
            auto *list = graph.get_linklist_at_level(id, level);
            size_t count = graph.getListCount(list);
            if (count > (level == 0 ? graph.maxM0_ : graph.maxM_)) return false;
            for (size_t j = 1; j <= count; j++)
                if (list[j] >= graph.cur_element_count || graph.element_levels_[list[j]] < level) return false;
        }
    }
    return true;
}

// hnswlib believes the numbers at the head of a file: they are looked at before it does.
bool has_sound_head(const char *path, const Graph &like) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return false;
    auto size = static_cast<size_t>(file.tellg());
    file.seekg(0);
    size_t begin, room, vectors, bytes, label, data, upper, lowest, wanted, considered;
    int level;
    hnswlib::tableint entry;
    double spread;
    auto read = [&file](auto &...values) {
        return (file.read(reinterpret_cast<char *>(&values), sizeof values) && ...);
    };
    if (!read(begin, room, vectors, bytes, label, data, level, entry, upper, lowest, wanted, spread, considered))
        return false;
    return begin == like.offsetLevel0_ && bytes == like.size_data_per_element_ && label == like.label_offset_
        && data == like.offsetData_ && upper == like.maxM_ && lowest == like.maxM0_ && wanted == like.M_
        && spread == like.mult_ && considered == like.ef_construction_ && vectors <= size / bytes && vectors <= room
        && room <= vectors * 2 + 4096;
}

}  // namespace

struct chnsw {
    explicit chnsw(size_t dimensions) : space(dimensions) {}
    Bytes space;
    std::unique_ptr<Graph> graph;
    std::shared_mutex access;
};

chnsw *chnsw_create(size_t dimensions, size_t capacity) try {
    auto made = std::make_unique<chnsw>(dimensions);
    made->graph = std::make_unique<Graph>(&made->space, std::max<size_t>(1, capacity), neighbours, weighed);
    return made.release();
} catch (...) {
    return nullptr;
}

void chnsw_free(chnsw *graph) { delete graph; }

size_t chnsw_count(chnsw *graph) {
    std::shared_lock lock(graph->access);
    return graph->graph->cur_element_count;
}

size_t chnsw_removed(chnsw *graph) {
    std::shared_lock lock(graph->access);
    return graph->graph->num_deleted_;
}

size_t chnsw_labels(chnsw *graph, uint64_t *labels, size_t most) {
    std::shared_lock lock(graph->access);
    size_t written = 0;
    for (size_t i = 0; i < graph->graph->cur_element_count && written < most; i++) {
        auto id = static_cast<hnswlib::tableint>(i);
        if (!graph->graph->isMarkedDeleted(id)) labels[written++] = graph->graph->getExternalLabel(id);
    }
    return written;
}

bool chnsw_add(chnsw *graph, const float *vector, uint64_t label) try {
    auto row = graph->space.encode(vector);
    std::unique_lock lock(graph->access);
    Graph &inner = *graph->graph;
    if (inner.cur_element_count == inner.max_elements_)
        inner.resizeIndex(inner.max_elements_ + std::max<size_t>(1024, inner.max_elements_ / 4));
    inner.addPoint(row.data(), label);
    return true;
} catch (...) {
    return false;
}

bool chnsw_remove(chnsw *graph, uint64_t label) try {
    std::unique_lock lock(graph->access);
    // Throws when there is no such label, or it was taken out before.
    graph->graph->markDelete(label);
    return true;
} catch (...) {
    return false;
}

bool chnsw_holds(chnsw *graph, const float *vector, uint64_t label) try {
    auto row = graph->space.encode(vector);
    std::shared_lock lock(graph->access);
    auto found = graph->graph->label_lookup_.find(label);
    if (found == graph->graph->label_lookup_.end() || graph->graph->isMarkedDeleted(found->second)) return false;
    return std::memcmp(graph->graph->getDataByInternalId(found->second), row.data(), row.size()) == 0;
} catch (...) {
    return false;
}

size_t chnsw_nearest(chnsw *graph, const float *query, size_t limit, uint64_t *labels) try {
    auto row = graph->space.encode(query);
    std::shared_lock lock(graph->access);
    auto found = graph->graph->searchKnn(row.data(), limit);
    size_t count = std::min(limit, found.size());
    for (size_t i = count; i > 0; i--, found.pop()) labels[i - 1] = found.top().second;
    return count;
} catch (...) {
    return 0;
}

bool chnsw_save(chnsw *graph, const char *path) try {
    std::shared_lock lock(graph->access);
    graph->graph->saveIndex(path);
    std::ifstream written(path, std::ios::binary | std::ios::ate);
    return written && static_cast<size_t>(written.tellg()) == size_of_file(*graph->graph);
} catch (...) {
    return false;
}

chnsw *chnsw_open(const char *path, size_t dimensions) try {
    auto made = std::make_unique<chnsw>(dimensions);
    if (!has_sound_head(path, Graph(&made->space, 1, neighbours, weighed))) return nullptr;
    // Room for nothing yet: the file says how much is in it. hnswlib leaves these members as they were in memory.
    made->graph = std::make_unique<Graph>(&made->space);
    Graph &inner = *made->graph;
    inner.cur_element_count = inner.num_deleted_ = 0;
    inner.data_level0_memory_ = nullptr;
    inner.linkLists_ = nullptr;
    inner.visited_list_pool_ = nullptr;
    bool is_sound = false;
    try {
        inner.loadIndex(path, &made->space);
        is_sound = has_sound_links(inner);
    } catch (...) {
        // What was read so far cannot be told from what was not: it is left, not freed.
        inner.cur_element_count = 0;
        inner.linkLists_ = nullptr;
    }
    return is_sound ? made.release() : nullptr;
} catch (...) {
    return nullptr;
}
