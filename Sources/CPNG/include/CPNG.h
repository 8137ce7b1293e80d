/* libpng behind two functions.
 *
 * libpng reports errors with longjmp, which must not cross Swift: each function below sets its own
 * jump target, and no callback of Swift runs inside libpng. */
#ifndef CPNG_H
#define CPNG_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
  CPNG_OK = 0,
  /* The bytes end before the picture does. */
  CPNG_TRUNCATED = 1,
  /* libpng refused; its reason is in `message`. */
  CPNG_DAMAGED = 2,
  CPNG_OUT_OF_MEMORY = 3,
} cpng_status;

/* Room for libpng's longest reason and the final NUL. */
enum { CPNG_MESSAGE_SIZE = 128 };

/* Decodes a PNG to 8-bit RGB, row after row from the top.
 *
 * Bits deeper than 8 are cut to the upper 8; transparency is laid over `background` in the file's
 * own values; gAMA, sRGB, iCCP and cHRM are ignored. The picture must be exactly `width` × `height`,
 * and `rgb` have room for width * height * 3 bytes; it may be partly written on failure. */
cpng_status cpng_decode(
    const uint8_t *bytes, size_t byte_count, uint32_t width, uint32_t height, uint8_t background,
    uint8_t *rgb, char message[CPNG_MESSAGE_SIZE]);

/* Encodes 8-bit RGB as a PNG. On CPNG_OK the caller passes `*bytes` to cpng_free. */
cpng_status cpng_encode(
    const uint8_t *rgb, uint32_t width, uint32_t height, uint8_t **bytes, size_t *byte_count,
    char message[CPNG_MESSAGE_SIZE]);

void cpng_free(uint8_t *bytes);

#endif
