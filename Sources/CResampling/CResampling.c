#include "CResampling.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))

bool CResampling_isAvailable(void) { return __builtin_cpu_supports("avx2"); }

/* Blocks that are weighed together, each of four pairs of two rows' samples or of eight pairs of one
 * row's. */
enum { BLOCKS = CRESAMPLING_BLOCKS, PAIRS_AT_ONCE = 160 };

/* The sums of two blocks in the two parts of their weights, rounded, as words. */
AVX2 static inline __m256i words(__m256i high, __m256i low) {
  __m256i half = _mm256_set1_epi32(1 << 21);
  __m256i sum = _mm256_add_epi32(_mm256_slli_epi32(high, 11), _mm256_add_epi32(low, half));
  return _mm256_srai_epi32(sum, 22);
}

/* Weighs the blocks of each of a result's pairs, and rounds the sums to samples of 0 to 255. Each
 * half of the result holds four samples of each block in turn. */
AVX2 static inline __m256i weighed(
    const CResampling_Block *blocks, const CResampling_WeightPair *weights, int32_t pairCount) {
  __m256i highs[BLOCKS], lows[BLOCKS];
  for (int index = 0; index < BLOCKS; index++)
    highs[index] = lows[index] = _mm256_setzero_si256();
  for (int32_t pair = 0; pair < pairCount; pair++) {
    __m256i high = _mm256_set1_epi32((int32_t)weights[pair].high);
    __m256i low = _mm256_set1_epi32((int32_t)weights[pair].low);
#pragma clang loop unroll(full)
    for (int index = 0; index < BLOCKS; index++) {
      __m256i pairs = _mm256_loadu_si256((const __m256i *)&blocks[BLOCKS * pair + index]);
      highs[index] = _mm256_add_epi32(highs[index], _mm256_madd_epi16(pairs, high));
      lows[index] = _mm256_add_epi32(lows[index], _mm256_madd_epi16(pairs, low));
    }
  }
  return _mm256_packus_epi16(
      _mm256_packs_epi32(words(highs[0], lows[0]), words(highs[1], lows[1])),
      _mm256_packs_epi32(words(highs[2], lows[2]), words(highs[3], lows[3])));
}

/* Lays out two pairs of pixels of two rows, read as 16 bytes of which 12 count: red, green and blue
 * of the first row's pair side by side, then the second's. */
AVX2 static inline void layOutPairs(__m128i upper, __m128i lower, CResampling_Block *blocks) {
  __m256i first = _mm256_broadcastsi128_si256(_mm_setr_epi8(
      0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1));
  __m256i second = _mm256_broadcastsi128_si256(_mm_setr_epi8(
      6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1));
  __m256i bytes = _mm256_inserti128_si256(_mm256_castsi128_si256(upper), lower, 1);
  _mm256_storeu_si256((__m256i *)blocks, _mm256_shuffle_epi8(bytes, first));
  _mm256_storeu_si256((__m256i *)(blocks + BLOCKS), _mm256_shuffle_epi8(bytes, second));
}

/* Lays out the first pairs of two rows, and one more when their number is odd. */
AVX2 static inline void layOut(
    const uint8_t *upper, const uint8_t *lower, const uint8_t *end, size_t pairCount,
    CResampling_Block *blocks) {
  const uint8_t *later = upper > lower ? upper : lower;
  size_t readable = end - later < 16 ? 0 : (size_t)(end - later - 16) / 6 + 1;
  size_t pair = 0;
  for (; pair < pairCount && pair < readable; pair += 2)
    layOutPairs(
        _mm_loadu_si128((const __m128i *)(upper + 6 * pair)),
        _mm_loadu_si128((const __m128i *)(lower + 6 * pair)), blocks + BLOCKS * pair);
  /* The last bytes of the picture are read singly. */
  for (; pair < pairCount; pair += 2) {
    uint8_t bytes[2][16] = {{0}};
    for (size_t place = 0; place < 16; place++) {
      if (upper + 6 * pair + place < end) bytes[0][place] = upper[6 * pair + place];
      if (lower + 6 * pair + place < end) bytes[1][place] = lower[6 * pair + place];
    }
    layOutPairs(
        _mm_loadu_si128((const __m128i *)bytes[0]), _mm_loadu_si128((const __m128i *)bytes[1]),
        blocks + BLOCKS * pair);
  }
}

/* Stores pixels of eight rows, of four bytes each, as rows of pixels of three bytes. The first half
 * of the rows lies in the first half of each vector. */
AVX2 static void storeRows(const __m256i *pixels, size_t count, uint8_t *const to[2 * BLOCKS]) {
  __m256i withoutFourth = _mm256_broadcastsi128_si256(_mm_setr_epi8(
      0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1));
  size_t x = 0;
  /* Sixteen bytes are written of which twelve count: the rest is overwritten by the next four
   * pixels, and must not reach into the next row. */
  for (; x + 6 <= count; x += 4) {
    __m256i at[4];
    for (int index = 0; index < 4; index++) at[index] = _mm256_loadu_si256(&pixels[x + index]);
    __m256i left = _mm256_unpacklo_epi32(at[0], at[1]);
    __m256i right = _mm256_unpacklo_epi32(at[2], at[3]);
    __m256i leftRest = _mm256_unpackhi_epi32(at[0], at[1]);
    __m256i rightRest = _mm256_unpackhi_epi32(at[2], at[3]);
    __m256i rows[BLOCKS] = {
        _mm256_unpacklo_epi64(left, right), _mm256_unpackhi_epi64(left, right),
        _mm256_unpacklo_epi64(leftRest, rightRest), _mm256_unpackhi_epi64(leftRest, rightRest)};
    for (int index = 0; index < BLOCKS; index++) {
      __m256i bytes = _mm256_shuffle_epi8(rows[index], withoutFourth);
      _mm_storeu_si128((__m128i *)(to[index] + 3 * x), _mm256_castsi256_si128(bytes));
      _mm_storeu_si128(
          (__m128i *)(to[BLOCKS + index] + 3 * x), _mm256_extracti128_si256(bytes, 1));
    }
  }
  for (; x < count; x++) {
    const uint8_t *bytes = (const uint8_t *)&pixels[x];
    for (int row = 0; row < 2 * BLOCKS; row++) memcpy(to[row] + 3 * x, bytes + 4 * row, 3);
  }
}

AVX2 void CResampling_across(
    const uint8_t *source, const uint8_t *sourceEnd, size_t width, size_t rowCount,
    const CResampling_Taps *taps, size_t count, const CResampling_WeightPair *weights,
    CResampling_Block *blocks, CResampling_Block *results, uint8_t *target) {
  for (size_t y = 0; y < rowCount; y += 2 * BLOCKS) {
    const uint8_t *from[2 * BLOCKS];
    uint8_t *to[2 * BLOCKS];
    for (size_t index = 0; index < 2 * BLOCKS; index++) {
      /* The last row stands in for those that are missing after it. */
      size_t row = y + index < rowCount ? y + index : rowCount - 1;
      from[index] = source + row * width * 3;
      to[index] = target + row * count * 3;
    }
    for (size_t start = 0, end; start < count; start = end) {
      /* As many pixels as can be made from blocks that stay in the processor's nearest cache. */
      int32_t firstPair = taps[start].firstPair, endPair = 0;
      for (end = start; end < count; end++) {
        int32_t next = taps[end].firstPair + taps[end].pairCount;
        if (end > start && next - firstPair > PAIRS_AT_ONCE) break;
        endPair = next;
      }
      for (int index = 0; index < BLOCKS; index++)
        layOut(
            from[index] + 6 * firstPair, from[BLOCKS + index] + 6 * firstPair, sourceEnd,
            (size_t)(endPair - firstPair), blocks + index);
      for (size_t x = start; x < end; x++)
        _mm256_storeu_si256(
            (__m256i *)&results[x],
            weighed(
                blocks + BLOCKS * (taps[x].firstPair - firstPair), weights + taps[x].firstWeight,
                taps[x].pairCount));
    }
    storeRows((const __m256i *)results, count, to);
  }
}

AVX2 void CResampling_down(
    const uint8_t *source, size_t rowLength, size_t rowCount, size_t columnCount,
    const CResampling_Taps *taps, size_t count, const CResampling_WeightPair *weights,
    size_t firstPair, size_t endPair, CResampling_Block *blocks, uint8_t *target) {
  enum { COLUMNS = 8 * BLOCKS };
  for (size_t column = 0; column < columnCount; column += COLUMNS) {
    /* The last columns are resized with some that were before. */
    size_t left = column + COLUMNS <= columnCount ? column : columnCount - COLUMNS;
    for (size_t pair = firstPair; pair < endPair; pair++) {
      const uint8_t *upper = source + 2 * pair * rowLength + left;
      /* The last row of an odd number is its own partner, whose weight is 0. */
      const uint8_t *lower = 2 * pair + 1 < rowCount ? upper + rowLength : upper;
      __m256i above = _mm256_loadu_si256((const __m256i *)upper);
      __m256i below = _mm256_loadu_si256((const __m256i *)lower);
      __m256i zero = _mm256_setzero_si256();
      __m256i *to = (__m256i *)(blocks + BLOCKS * (pair - firstPair));
      /* Eight samples of each half go to a block of their own half. */
      __m256i first = _mm256_unpacklo_epi8(above, below);
      __m256i second = _mm256_unpackhi_epi8(above, below);
      _mm256_storeu_si256(to, _mm256_unpacklo_epi8(first, zero));
      _mm256_storeu_si256(to + 1, _mm256_unpackhi_epi8(first, zero));
      _mm256_storeu_si256(to + 2, _mm256_unpacklo_epi8(second, zero));
      _mm256_storeu_si256(to + 3, _mm256_unpackhi_epi8(second, zero));
    }
    for (size_t y = 0; y < count; y++)
      _mm256_storeu_si256(
          (__m256i *)(target + y * columnCount + left),
          weighed(
              blocks + BLOCKS * ((size_t)taps[y].firstPair - firstPair),
              weights + taps[y].firstWeight, taps[y].pairCount));
  }
}

/* Averages two by two of four pixels of two rows, in each half: samples 0 to 5 of each half's first
 * eight bytes are the two pixels that come of it. */
AVX2 static inline __m256i halved(__m256i upper, __m256i lower) {
  __m256i neighbours = _mm256_broadcastsi128_si256(_mm_setr_epi8(
      0, 3, 1, 4, 2, 5, -1, -1, 6, 9, 7, 10, 8, 11, -1, -1));
  __m256i withoutFourth = _mm256_broadcastsi128_si256(_mm_setr_epi8(
      0, 1, 2, 4, 5, 6, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1));
  __m256i ones = _mm256_set1_epi8(1);
  __m256i sums = _mm256_add_epi16(
      _mm256_maddubs_epi16(_mm256_shuffle_epi8(upper, neighbours), ones),
      _mm256_maddubs_epi16(_mm256_shuffle_epi8(lower, neighbours), ones));
  __m256i averages = _mm256_srli_epi16(_mm256_add_epi16(sums, _mm256_set1_epi16(2)), 2);
  return _mm256_shuffle_epi8(_mm256_packus_epi16(averages, averages), withoutFourth);
}

AVX2 static inline __m256i eightPixels(const uint8_t *from) {
  return _mm256_inserti128_si256(
      _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)from)),
      _mm_loadu_si128((const __m128i *)(from + 12)), 1);
}

AVX2 size_t CResampling_halve(
    const uint8_t *upper, const uint8_t *lower, size_t pixelCount, uint8_t *target) {
  size_t done = 0;
  /* 28 bytes are read of which 24 count, and 14 written of which 12 count. */
  for (; 2 * done + 10 <= pixelCount; done += 4) {
    __m256i pixels = halved(eightPixels(upper + 6 * done), eightPixels(lower + 6 * done));
    _mm_storel_epi64((__m128i *)(target + 3 * done), _mm256_castsi256_si128(pixels));
    _mm_storel_epi64((__m128i *)(target + 3 * done + 6), _mm256_extracti128_si256(pixels, 1));
  }
  return done;
}

#else

#include <stdlib.h>

bool CResampling_isAvailable(void) { return false; }

void CResampling_across(
    const uint8_t *source, const uint8_t *sourceEnd, size_t width, size_t rowCount,
    const CResampling_Taps *taps, size_t count, const CResampling_WeightPair *weights,
    CResampling_Block *blocks, CResampling_Block *results, uint8_t *target) {
  abort();
}

void CResampling_down(
    const uint8_t *source, size_t rowLength, size_t rowCount, size_t columnCount,
    const CResampling_Taps *taps, size_t count, const CResampling_WeightPair *weights,
    size_t firstPair, size_t endPair, CResampling_Block *blocks, uint8_t *target) {
  abort();
}

size_t CResampling_halve(
    const uint8_t *upper, const uint8_t *lower, size_t pixelCount, uint8_t *target) {
  abort();
}

#endif
