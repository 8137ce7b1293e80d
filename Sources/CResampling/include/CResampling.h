/* Resizing for processors with AVX2.
 *
 * The functions do the arithmetic of `Imaging`'s portable ones with the same results to the bit, on vectors
 * twice as wide. Swift can compile a function only for the processor of the whole program. */
#ifndef CRESAMPLING_H
#define CRESAMPLING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The weights of two neighbouring pixels, in two parts: `high << 11 + low` is a weight in fixed point
 * with 22 bits behind the point. Each part holds two 16-bit integers, the first pixel's in the lower
 * half. */
typedef struct {
  uint32_t high;
  uint32_t low;
} CResampling_WeightPair;

/* Where a pixel of the result finds its pixels and their weights. Pixels are taken in pairs that
 * begin at even places; one that takes no part has the weight 0. */
typedef struct {
  /* The first pixel of the source, halved. */
  int32_t firstPair;
  int32_t pairCount;
  /* Index of the first pair's weights. */
  int32_t firstWeight;
} CResampling_Taps;

/* One pair of each of eight samples: what a pass makes of the source before it weighs. */
typedef struct {
  int16_t samples[16];
} CResampling_Block;

/* Blocks that both passes make of a pair: of eight rows, or of 32 columns. */
enum { CRESAMPLING_BLOCKS = 4 };

/* Whether this processor can run the functions below. */
bool CResampling_isAvailable(void);

/* Resizes each of `rowCount` rows of RGB pixels.
 *
 * `source` points to the first row, `sourceEnd` behind the last byte that may be read; rows are
 * `width` pixels long. `blocks` has room for CRESAMPLING_BLOCKS for each pair that takes part
 * and for one pair more, `results` for one block a pixel of the result, and `target` for rowCount * count pixels. */
void CResampling_across(
    const uint8_t *source, const uint8_t *sourceEnd, size_t width, size_t rowCount,
    const CResampling_Taps *taps, size_t count, const CResampling_WeightPair *weights,
    CResampling_Block *blocks, CResampling_Block *results, uint8_t *target);

/* Resizes `columnCount` columns of samples, at least 32.
 *
 * `source` points to the first sample of the first column; rows are `rowLength` samples long and
 * `rowCount` in number. Pairs from `firstPair` to before `endPair` take part. `blocks` has room for
 * CRESAMPLING_BLOCKS for each of them, and `target` for columnCount * count samples. */
void CResampling_down(
    const uint8_t *source, size_t rowLength, size_t rowCount, size_t columnCount,
    const CResampling_Taps *taps, size_t count, const CResampling_WeightPair *weights,
    size_t firstPair, size_t endPair, CResampling_Block *blocks, uint8_t *target);

/* Averages pixels of two rows two by two: each pixel of `target` is the rounded mean of four.
 *
 * Returns how many pixels it made, always fewer than pixelCount / 2: the last ones are left out. */
size_t CResampling_halve(
    const uint8_t *upper, const uint8_t *lower, size_t pixelCount, uint8_t *target);

#endif
