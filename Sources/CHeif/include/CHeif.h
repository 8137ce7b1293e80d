/* libheif behind four functions.
 *
 * The library is loaded when first needed and may be missing; its headers are not needed to build. */
#ifndef CHEIF_H
#define CHEIF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cheif_picture cheif_picture;

/* Room for libheif's reason and the final NUL. */
enum { CHEIF_MESSAGE_SIZE = 128 };

/* Whether libheif is there; it is looked for once. Any thread may ask. */
bool cheif_isAvailable(void);

/* Opens the main picture of a file whose bytes stay in place until it is closed.
 *
 * Returns NULL and fills `message` when there is none. No pixels are decoded. */
cheif_picture *cheif_open(
    const uint8_t *bytes, size_t byte_count, uint32_t *width, uint32_t *height, bool *hasAlpha,
    char message[CHEIF_MESSAGE_SIZE]);

/* Decodes to 8-bit RGB, or RGBA with transparency, turned upright.
 *
 * `rows` has room for width * height pixels as `cheif_open` told them. */
bool cheif_decode(
    cheif_picture *picture, uint8_t *rows, char message[CHEIF_MESSAGE_SIZE]);

void cheif_close(cheif_picture *picture);

#endif
