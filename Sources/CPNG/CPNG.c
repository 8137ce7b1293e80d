#include "CPNG.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/* A chunk is held in memory before it is read. The largest that we let libpng read are PLTE and
 * tRNS, under 1 KB; IDAT is streamed and not counted. */
enum { LARGEST_CHUNK = 1 << 20 };

/* What is known outside the functions that call setjmp, so that it stays defined after longjmp. */
typedef struct {
  const uint8_t *bytes;
  size_t byte_count;
  size_t offset;
  uint8_t *rows_with_alpha;
  /* What an error means, unless a callback knows better. */
  cpng_status failure;
} reading;

typedef struct {
  uint8_t *bytes;
  size_t byte_count;
  size_t capacity;
  cpng_status failure;
} writing;

static void keep_message(png_structp png, png_const_charp text) {
  char *message = png_get_error_ptr(png);
  strncpy(message, text, CPNG_MESSAGE_SIZE - 1);
  message[CPNG_MESSAGE_SIZE - 1] = '\0';
  png_longjmp(png, 1);
}

/* libpng warns about what it can read past, such as a bad checksum of a text chunk. */
static void ignore_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void read_bytes(png_structp png, png_bytep destination, size_t count) {
  reading *job = png_get_io_ptr(png);
  if (count > job->byte_count - job->offset) {
    job->failure = CPNG_TRUNCATED;
    png_error(png, "unexpected end of file");
  }
  memcpy(destination, job->bytes + job->offset, count);
  job->offset += count;
}

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
  writing *job = png_get_io_ptr(png);
  if (count > job->capacity - job->byte_count) {
    size_t capacity = (job->byte_count + count) * 2;
    uint8_t *larger = realloc(job->bytes, capacity);
    if (larger == NULL) {
      job->failure = CPNG_OUT_OF_MEMORY;
      png_error(png, "out of memory");
    }
    job->bytes = larger;
    job->capacity = capacity;
  }
  memcpy(job->bytes + job->byte_count, bytes, count);
  job->byte_count += count;
}

static void flush_bytes(png_structp png) { (void)png; }

/* (color * alpha + background * (255 - alpha)) / 255, rounded. */
static uint8_t blend(uint8_t color, uint8_t alpha, uint8_t background) {
  unsigned sum = color * alpha + background * (255u - alpha) + 128u;
  return (uint8_t)((sum + (sum >> 8)) >> 8);
}

static void lay_over(const uint8_t *rgba, size_t pixel_count, uint8_t background, uint8_t *rgb) {
  for (size_t index = 0; index < pixel_count; index++, rgba += 4, rgb += 3)
    for (int channel = 0; channel < 3; channel++)
      rgb[channel] = blend(rgba[channel], rgba[3], background);
}

static cpng_status read_picture(
    png_structp png, png_infop info, reading *job, uint32_t width, uint32_t height,
    uint8_t background, uint8_t *rgb) {
  if (setjmp(png_jmpbuf(png))) return job->failure;

  png_set_read_fn(png, job, read_bytes);
  /* The caller has judged the size; libpng's own limit of a million pixels a side is arbitrary. */
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_chunk_malloc_max(png, LARGEST_CHUNK);
  /* Every ancillary chunk except tRNS is skipped unread: no text or profile bombs, no gamma. */
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_read_info(png, info);
  if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height)
    png_error(png, "size differs from the one announced");

  png_set_expand(png);
  png_set_strip_16(png);
  png_set_gray_to_rgb(png);
  int pass_count = png_set_interlace_handling(png);
  png_read_update_info(png, info);

  size_t rgb_row = (size_t)width * 3;
  if (png_get_channels(png, info) == 3) {
    for (int pass = 0; pass < pass_count; pass++)
      for (uint32_t row = 0; row < height; row++) png_read_row(png, rgb + row * rgb_row, NULL);
  } else {
    /* The passes of an interlaced picture build on each other, alpha included: keep every row. */
    size_t rgba_row = (size_t)width * 4;
    size_t stride = pass_count > 1 ? rgba_row : 0;
    job->rows_with_alpha = malloc(pass_count > 1 ? rgba_row * height : rgba_row);
    if (job->rows_with_alpha == NULL) return CPNG_OUT_OF_MEMORY;
    for (int pass = 0; pass < pass_count; pass++)
      for (uint32_t row = 0; row < height; row++) {
        uint8_t *rgba = job->rows_with_alpha + row * stride;
        png_read_row(png, rgba, NULL);
        if (pass == pass_count - 1) lay_over(rgba, width, background, rgb + row * rgb_row);
      }
  }
  /* The pixels are complete and their checksum was right: what follows them, if anything, is no
   * reason to lose the picture, so png_read_end is not called. */
  return CPNG_OK;
}

cpng_status cpng_decode(
    const uint8_t *bytes, size_t byte_count, uint32_t width, uint32_t height, uint8_t background,
    uint8_t *rgb, char message[CPNG_MESSAGE_SIZE]) {
  message[0] = '\0';
  png_structp png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, message, keep_message, ignore_warning);
  if (png == NULL) return CPNG_OUT_OF_MEMORY;

  cpng_status status = CPNG_OUT_OF_MEMORY;
  reading job = {bytes, byte_count, 0, NULL, CPNG_DAMAGED};
  png_infop info = png_create_info_struct(png);
  if (info != NULL) status = read_picture(png, info, &job, width, height, background, rgb);
  free(job.rows_with_alpha);
  png_destroy_read_struct(&png, &info, NULL);
  return status;
}

static cpng_status write_picture(
    png_structp png, png_infop info, writing *job, const uint8_t *rgb, uint32_t width,
    uint32_t height) {
  if (setjmp(png_jmpbuf(png))) return job->failure;

  png_set_write_fn(png, job, write_bytes, flush_bytes);
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_IHDR(
      png, info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
      PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  for (uint32_t row = 0; row < height; row++) png_write_row(png, rgb + (size_t)row * width * 3);
  png_write_end(png, info);
  return CPNG_OK;
}

cpng_status cpng_encode(
    const uint8_t *rgb, uint32_t width, uint32_t height, uint8_t **bytes, size_t *byte_count,
    char message[CPNG_MESSAGE_SIZE]) {
  message[0] = '\0';
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, message, keep_message, ignore_warning);
  if (png == NULL) return CPNG_OUT_OF_MEMORY;

  cpng_status status = CPNG_OUT_OF_MEMORY;
  writing job = {NULL, 0, 0, CPNG_DAMAGED};
  png_infop info = png_create_info_struct(png);
  if (info != NULL) status = write_picture(png, info, &job, rgb, width, height);
  png_destroy_write_struct(&png, &info);
  if (status != CPNG_OK) {
    free(job.bytes);
    return status;
  }
  *bytes = job.bytes;
  *byte_count = job.byte_count;
  return CPNG_OK;
}

void cpng_free(uint8_t *bytes) { free(bytes); }
