// Exact search beside the graph of near neighbours, with the code the memory plugin searches with.
//
//     cc -O3 neighbours.c kernels.c … && neighbours 200000 clustered
//
// Prints one line of JSON. `clustered` vectors lie around a hundredth as many centres, as texts about the same things do; `random` ones
// lie anywhere, the worst case for any graph. Questions are drawn as the vectors are.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "chnsw.h"
#include "kernels.h"

enum { dimensions = 384, questions = 300, wanted = 10, proposed = 200 };

static uint64_t state = 88172645463325252u;

static double uniform(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (double)(state >> 11) / 9007199254740992.0;
}

static float normal(void) { return (float)(sqrt(-2 * log(1 - uniform())) * cos(6.283185307179586 * uniform())); }

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double resident(void) {
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%*d %ld", &pages) != 1) exit(1);
    fclose(file);
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

static void make_unit(float *vector) {
    double length = 0;
    for (int i = 0; i < dimensions; i++) length += (double)vector[i] * vector[i];
    for (int i = 0; i < dimensions; i++) vector[i] /= (float)sqrt(length);
}

static void draw(float *vector, const float *centres, size_t count) {
    const float *centre = centres ? centres + (size_t)(uniform() * (double)count) * dimensions : NULL;
    for (int i = 0; i < dimensions; i++) vector[i] = centre ? centre[i] + normal() * 0.04f : normal();
    make_unit(vector);
}

struct found { float product; size_t row; };

static int better(const void *a, const void *b) {
    float x = ((const struct found *)a)->product, y = ((const struct found *)b)->product;
    return (x < y) - (x > y);
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Keeps the best ten without sorting everything.
static void keep(struct found *best, float product, size_t row) {
    if (product <= best[wanted - 1].product) return;
    int place = wanted - 1;
    for (; place > 0 && best[place - 1].product < product; place--) best[place] = best[place - 1];
    best[place] = (struct found){product, row};
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    size_t rows = strtoul(argv[1], NULL, 10), count = rows / 100 + 1;
    float *centres = NULL;
    if (strcmp(argv[2], "clustered") == 0) {
        centres = malloc(count * dimensions * sizeof *centres);
        if (!centres) return 1;
        for (size_t i = 0; i < count; i++) {
            for (int j = 0; j < dimensions; j++) centres[i * dimensions + j] = normal();
            make_unit(centres + i * dimensions);
        }
    }
    float *vectors = aligned_alloc(64, rows * dimensions * sizeof *vectors);
    float *products = malloc(rows * sizeof *products);
    if (!vectors || !products) return 1;
    for (size_t i = 0; i < rows; i++) draw(vectors + i * dimensions, centres, count);
    static _Alignas(64) float asked[questions][dimensions];
    for (int i = 0; i < questions; i++) draw(asked[i], centres, count);

    static struct found truth[questions][wanted];
    static double exact[questions], graph[questions];
    for (int i = 0; i < questions; i++) {
        double start = now();
        for (int j = 0; j < wanted; j++) truth[i][j] = (struct found){-2, 0};
        kernels_scores(asked[i], vectors, rows, dimensions, products);
        for (size_t row = 0; row < rows; row++) keep(truth[i], products[row], row);
        exact[i] = now() - start;
    }

    double before = resident(), start = now();
    chnsw *neighbours = chnsw_create(dimensions, rows);
    if (!neighbours) return 1;
    for (size_t row = 0; row < rows; row++)
        if (!chnsw_add(neighbours, vectors + row * dimensions, row)) return 1;
    double build = now() - start, memory = resident() - before;

    int hits = 0;
    for (int i = 0; i < questions; i++) {
        uint64_t labels[proposed];
        struct found found[proposed];
        start = now();
        size_t proposals = chnsw_nearest(neighbours, asked[i], proposed, labels);
        for (size_t j = 0; j < proposals; j++) {
            found[j].row = labels[j];
            kernels_scores(asked[i], vectors + labels[j] * dimensions, 1, dimensions, &found[j].product);
        }
        qsort(found, proposals, sizeof *found, better);
        graph[i] = now() - start;
        for (size_t j = 0; j < wanted && j < proposals; j++)
            for (int k = 0; k < wanted; k++) hits += found[j].row == truth[i][k].row;
    }
    chnsw_free(neighbours);
    qsort(exact, questions, sizeof *exact, ascending);
    qsort(graph, questions, sizeof *graph, ascending);
    printf("{\"rows\": %zu, \"vectors\": \"%s\", \"exact_p50_ms\": %.3f, \"exact_p99_ms\": %.3f, \"graph_p50_ms\": %.3f, "
           "\"graph_p99_ms\": %.3f, \"recall\": %.4f, \"build_s\": %.1f, \"vectors_mb\": %.0f, \"graph_mb\": %.0f}\n",
        rows, argv[2], exact[questions / 2] * 1e3, exact[questions * 99 / 100] * 1e3, graph[questions / 2] * 1e3,
        graph[questions * 99 / 100] * 1e3, hits / (double)(questions * wanted), build,
        (double)rows * dimensions * sizeof(float) / 1e6, memory);
    return 0;
}
