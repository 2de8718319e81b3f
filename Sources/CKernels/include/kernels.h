// The inner loops of a transformer's forward pass and of exact vector search, for the widest vectors the processor has.
//
// All matrices are float32, row by row, where nothing else is said; halves are finite float16. None of these functions allocates, keeps a pointer, or fails. Any thread.

#ifndef ROOST_KERNELS_H
#define ROOST_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Widths, strides and padded counts are multiples of this many floats.
#define KERNELS_LANES 16

// Rows of bytes are multiples of this long.
#define KERNELS_BYTES 64

// The instruction set in use: "avx512", "avx2" or "portable".
const char *kernels_instruction_set(void);

// Goes on with another instruction set, for tests and measurements; false when the processor does not have it.
bool kernels_use(const char *instruction_set);

// y[m][n] = x[m] · w[n] + bias[n]; bias may be null.
//
// `width` floats of every row of x and w are read, a multiple of KERNELS_LANES. Strides are in floats.
void kernels_linear(
    const float *x, size_t x_stride, size_t m,
    const float *w, size_t w_stride, size_t n,
    const float *bias, size_t width,
    float *y, size_t y_stride);

// The same with w in halves, which take half the memory.
void kernels_linear_of_halves(
    const float *x, size_t x_stride, size_t m,
    const uint16_t *w, size_t w_stride, size_t n,
    const float *bias, size_t width,
    float *y, size_t y_stride);

// y = x, as floats; count is a multiple of KERNELS_LANES.
void kernels_widen(const uint16_t *x, size_t count, float *y);

// x = x · Φ(x), with the exact normal distribution; count is a multiple of KERNELS_LANES.
void kernels_gelu(float *x, size_t count);

// Each row of x becomes softmax(x · scale) over its first `columns` floats, and 0 from there to `padded`.
void kernels_softmax(float *x, size_t stride, size_t rows, size_t columns, size_t padded, float scale);

// x = layer norm of (x + residual), row by row; residual may be null.
void kernels_add_norm(
    float *x, const float *residual, size_t rows, size_t width,
    const float *gamma, const float *beta, float epsilon);

// y[i][j] = x[j][i], and 0 for j from `rows` to `padded`.
void kernels_transpose(
    const float *x, size_t x_stride, size_t rows, size_t columns, float *y, size_t padded);

// sum += the rows of x.
void kernels_add_rows(float *sum, const float *x, size_t rows, size_t width);

// a · b, of bytes; count is a multiple of KERNELS_BYTES and below 100,000.
int32_t kernels_product_of_bytes(const int8_t *a, const int8_t *b, size_t count);

// scores[i] = query · row i; width is a multiple of KERNELS_LANES.
void kernels_scores(const float *query, const float *rows, size_t count, size_t width, float *scores);

#ifdef __cplusplus
}
#endif

#endif
