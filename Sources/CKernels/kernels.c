#include "kernels.h"

#include <math.h>
#include <string.h>

#define STRING_(text) #text
#define STRING(text) STRING_(text)

typedef float four __attribute__((vector_size(16)));
typedef float four_unaligned __attribute__((vector_size(16), aligned(4)));
typedef float eight __attribute__((vector_size(32)));

struct kernels {
    const char *name;
    void (*linear)(
        const float *, size_t, size_t, const float *, size_t, size_t, const float *, size_t, float *, size_t);
    void (*linear_of_halves)(
        const float *, size_t, size_t, const uint16_t *, size_t, size_t, const float *, size_t, float *, size_t);
    void (*widen)(const uint16_t *, size_t, float *);
    void (*gelu)(float *, size_t);
    void (*softmax)(float *, size_t, size_t, size_t, size_t, float);
    void (*add_norm)(float *, const float *, size_t, size_t, const float *, const float *, float);
    void (*add_rows)(float *, const float *, size_t, size_t);
    void (*scores)(const float *, const float *, size_t, size_t, float *);
    int32_t (*product_of_bytes)(const int8_t *, const int8_t *, size_t);
};

#if defined(__x86_64__)
#define SUFFIX avx512
#define LANES 16
#define TARGET __attribute__((target("avx512f,avx512vl,avx512dq,avx2,fma,f16c")))
#define ROWS 4
#define COLUMNS 6
#include "kernels.inc.h"

#define SUFFIX avx2
#define LANES 8
#define TARGET __attribute__((target("avx2,fma,f16c")))
#define ROWS 4
#define COLUMNS 3
#include "kernels.inc.h"
#endif

#define SUFFIX portable
#define LANES 4
#define TARGET
#define ROWS 4
#define COLUMNS 3
#include "kernels.inc.h"

static const struct kernels *chosen = &kernels_portable;

static bool is_supported(const struct kernels *kernels) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (kernels == &kernels_avx512)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
            && __builtin_cpu_supports("avx512dq");
    // Every processor with avx2 has f16c, which came before it.
    if (kernels == &kernels_avx2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
    return kernels == &kernels_portable;
}

static const struct kernels *const known[] = {
#if defined(__x86_64__)
    &kernels_avx512,
    &kernels_avx2,
#endif
    &kernels_portable,
};

// Before main, or before dlopen returns: no call can come earlier.
__attribute__((constructor)) static void choose(void) {
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!is_supported(known[i])) continue;
        chosen = known[i];
        return;
    }
}

bool kernels_use(const char *instruction_set) {
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i]->name, instruction_set) != 0 || !is_supported(known[i])) continue;
        chosen = known[i];
        return true;
    }
    return false;
}

const char *kernels_instruction_set(void) { return chosen->name; }

void kernels_linear(
    const float *x, size_t x_stride, size_t m, const float *w, size_t w_stride, size_t n, const float *bias,
    size_t width, float *y, size_t y_stride)
{
    chosen->linear(x, x_stride, m, w, w_stride, n, bias, width, y, y_stride);
}

void kernels_linear_of_halves(
    const float *x, size_t x_stride, size_t m, const uint16_t *w, size_t w_stride, size_t n, const float *bias,
    size_t width, float *y, size_t y_stride)
{
    chosen->linear_of_halves(x, x_stride, m, w, w_stride, n, bias, width, y, y_stride);
}

void kernels_widen(const uint16_t *x, size_t count, float *y) { chosen->widen(x, count, y); }

void kernels_gelu(float *x, size_t count) { chosen->gelu(x, count); }

void kernels_softmax(float *x, size_t stride, size_t rows, size_t columns, size_t padded, float scale) {
    chosen->softmax(x, stride, rows, columns, padded, scale);
}

void kernels_add_norm(
    float *x, const float *residual, size_t rows, size_t width, const float *gamma, const float *beta,
    float epsilon)
{
    chosen->add_norm(x, residual, rows, width, gamma, beta, epsilon);
}

void kernels_transpose(
    const float *x, size_t x_stride, size_t rows, size_t columns, float *y, size_t padded)
{
    for (size_t i = 0; i < columns; i++) {
        for (size_t j = 0; j < rows; j++) y[i * padded + j] = x[j * x_stride + i];
        for (size_t j = rows; j < padded; j++) y[i * padded + j] = 0;
    }
}

void kernels_add_rows(float *sum, const float *x, size_t rows, size_t width) {
    chosen->add_rows(sum, x, rows, width);
}

void kernels_scores(const float *query, const float *rows, size_t count, size_t width, float *scores) {
    chosen->scores(query, rows, count, width, scores);
}

int32_t kernels_product_of_bytes(const int8_t *a, const int8_t *b, size_t count) {
    return chosen->product_of_bytes(a, b, count);
}
