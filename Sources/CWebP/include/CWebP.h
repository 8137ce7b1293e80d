/* libwebp and its demuxer behind two functions. */
#ifndef CWEBP_H
#define CWEBP_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
  CWEBP_OK = 0,
  /* The bytes end before the picture does. */
  CWEBP_TRUNCATED = 1,
  /* libwebp refused; it gives no reason in words. */
  CWEBP_DAMAGED = 2,
  CWEBP_OUT_OF_MEMORY = 3,
} cwebp_status;

/* Tells the size of the picture, or of an animation's canvas, from the first bytes of the file. */
cwebp_status cwebp_size(const uint8_t *bytes, size_t byte_count, uint32_t *width, uint32_t *height);

/* Decodes a picture, or the first frame of an animation on its canvas, to 8-bit RGB, row after row
 * from the top.
 *
 * Transparency is laid over `background`; where a frame leaves the canvas empty, it is transparent, or
 * black in a file without transparency. The picture must be exactly `width` × `height`, and `rgb` have
 * room for width * height * 3 bytes; it may be partly written on failure. */
cwebp_status cwebp_decode(
    const uint8_t *bytes, size_t byte_count, uint32_t width, uint32_t height, uint8_t background,
    uint8_t *rgb);

#endif
