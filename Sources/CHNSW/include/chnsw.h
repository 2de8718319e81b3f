// A graph of near neighbours (HNSW, Malkov and Yashunin 2016), by Debian's hnswlib.
//
// It proposes candidates and decides nothing: vectors lie in it with a byte for each float, so whoever asks takes the products of
// the candidates himself. Every vector has a label that its user chooses. Any thread may call anything but chnsw_free; searches
// and chnsw_save run beside each other, a change waits for them. No function throws; false and null mean that memory or
// space ran out, or what is stated.

#ifndef ROOST_CHNSW_H
#define ROOST_CHNSW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct chnsw chnsw;

// An empty graph for vectors of `dimensions` floats, with room for `capacity` of them.
chnsw *chnsw_create(size_t dimensions, size_t capacity);
void chnsw_free(chnsw *graph);

// Vectors in it, those taken out included: they stay as ways to others.
size_t chnsw_count(chnsw *graph);
size_t chnsw_removed(chnsw *graph);

// The labels of the vectors that are in it and not taken out; at most `most`, and how many were written.
size_t chnsw_labels(chnsw *graph, uint64_t *labels, size_t most);

// Adds a vector, or moves the one with this label. Grows when it is full.
bool chnsw_add(chnsw *graph, const float *vector, uint64_t label);

// Takes a vector out; false when there is none with this label.
bool chnsw_remove(chnsw *graph, uint64_t label);

// True when exactly this vector, as far as its bytes tell, is there under the label.
bool chnsw_holds(chnsw *graph, const float *vector, uint64_t label);

// The labels of the vectors whose products with the query seem largest; at most `limit`, and how many were written.
size_t chnsw_nearest(chnsw *graph, const float *query, size_t limit, uint64_t *labels);

// Writes the graph to a file; false when it did not come there whole.
bool chnsw_save(chnsw *graph, const char *path);

// Reads a file that chnsw_save wrote; null when it is none, is damaged, or has other dimensions.
chnsw *chnsw_open(const char *path, size_t dimensions);

#ifdef __cplusplus
}
#endif

#endif
