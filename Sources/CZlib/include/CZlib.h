// Raw deflate streams and CRC-32 by zlib; its own entry points are macros over a struct of pointers.
#ifndef TAGBENCH_CZLIB_H
#define TAGBENCH_CZLIB_H

#include <stddef.h>
#include <stdint.h>

/// Unpacks a raw deflate stream (RFC 1951) that must end exactly with its input and fill the output
/// exactly; 0, or -1 for any other stream. Writes nothing beyond the output.
int CZlib_inflate(const uint8_t *input, size_t inputCount, uint8_t *output, size_t outputCount);

/// CRC-32 as in zip files.
uint32_t CZlib_crc32(const uint8_t *bytes, size_t count);

#endif
