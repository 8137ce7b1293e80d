#include "CZlib.h"

#include <limits.h>
#include <zlib.h>

int CZlib_inflate(const uint8_t *input, size_t inputCount, uint8_t *output, size_t outputCount) {
  // zlib counts in 32 bits; the files that are unpacked here are far smaller.
  if (inputCount > UINT_MAX || outputCount > UINT_MAX) return -1;
  uint8_t nothing;
  z_stream stream = {0};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return -1;
  stream.next_in = (Bytef *)input;
  stream.avail_in = (uInt)inputCount;
  stream.next_out = outputCount > 0 ? output : &nothing;
  stream.avail_out = (uInt)outputCount;
  int status = inflate(&stream, Z_FINISH);
  int isWhole = status == Z_STREAM_END && stream.avail_in == 0 && stream.avail_out == 0;
  inflateEnd(&stream);
  return isWhole ? 0 : -1;
}

uint32_t CZlib_crc32(const uint8_t *bytes, size_t count) {
  return (uint32_t)crc32_z(crc32_z(0, NULL, 0), bytes, count);
}
