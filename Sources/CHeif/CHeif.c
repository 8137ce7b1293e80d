#include "CHeif.h"

#include <CDynamicLibrary.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* From libheif's public header, whose numbers and layouts do not change within version 1. */
typedef struct {
  int code;
  int subcode;
  const char *message;
} heif_error;
enum { COLORSPACE_RGB = 1, CHROMA_INTERLEAVED_RGB = 10, CHROMA_INTERLEAVED_RGBA = 11 };
enum { CHANNEL_INTERLEAVED = 10 };

static struct {
  void *(*context_alloc)(void);
  void (*context_free)(void *context);
  heif_error (*context_read)(void *context, const void *bytes, size_t count, const void *options);
  heif_error (*primary_handle)(void *context, void **handle);
  void (*handle_release)(const void *handle);
  int (*handle_width)(const void *handle);
  int (*handle_height)(const void *handle);
  int (*handle_has_alpha)(const void *handle);
  heif_error (*decode)(
      const void *handle, void **image, int colorspace, int chroma, const void *options);
  int (*image_width)(const void *image, int channel);
  int (*image_height)(const void *image, int channel);
  const uint8_t *(*image_plane)(const void *image, int channel, int *stride);
  void (*image_release)(const void *image);
} heif;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool is_available = false;

static void load(void) {
  const CDynamicLibrary_Function functions[] = {
      {"heif_context_alloc", (void **)&heif.context_alloc},
      {"heif_context_free", (void **)&heif.context_free},
      {"heif_context_read_from_memory_without_copy", (void **)&heif.context_read},
      {"heif_context_get_primary_image_handle", (void **)&heif.primary_handle},
      {"heif_image_handle_release", (void **)&heif.handle_release},
      {"heif_image_handle_get_width", (void **)&heif.handle_width},
      {"heif_image_handle_get_height", (void **)&heif.handle_height},
      {"heif_image_handle_has_alpha_channel", (void **)&heif.handle_has_alpha},
      {"heif_decode_image", (void **)&heif.decode},
      {"heif_image_get_width", (void **)&heif.image_width},
      {"heif_image_get_height", (void **)&heif.image_height},
      {"heif_image_get_plane_readonly", (void **)&heif.image_plane},
      {"heif_image_release", (void **)&heif.image_release},
  };
  is_available =
      CDynamicLibrary_load("libheif.so.1", functions, sizeof functions / sizeof *functions) == NULL;
}

bool cheif_isAvailable(void) {
  pthread_once(&once, load);
  return is_available;
}

struct cheif_picture {
  void *context;
  void *handle;
  int width;
  int height;
  bool has_alpha;
};

static void keep(const char *text, char message[CHEIF_MESSAGE_SIZE]) {
  strncpy(message, text == NULL ? "no reason given" : text, CHEIF_MESSAGE_SIZE - 1);
  message[CHEIF_MESSAGE_SIZE - 1] = '\0';
}

void cheif_close(cheif_picture *picture) {
  if (picture->handle != NULL) heif.handle_release(picture->handle);
  if (picture->context != NULL) heif.context_free(picture->context);
  free(picture);
}

cheif_picture *cheif_open(
    const uint8_t *bytes, size_t byte_count, uint32_t *width, uint32_t *height, bool *hasAlpha,
    char message[CHEIF_MESSAGE_SIZE]) {
  keep("out of memory", message);
  if (!cheif_isAvailable()) return NULL;
  cheif_picture *picture = calloc(1, sizeof *picture);
  if (picture == NULL) return NULL;
  picture->context = heif.context_alloc();
  heif_error error = {0, 0, NULL};
  if (picture->context != NULL)
    error = heif.context_read(picture->context, bytes, byte_count, NULL);
  if (picture->context != NULL && error.code == 0)
    error = heif.primary_handle(picture->context, &picture->handle);
  if (error.code != 0) keep(error.message, message);
  if (picture->context == NULL || error.code != 0 || picture->handle == NULL) {
    cheif_close(picture);
    return NULL;
  }
  picture->width = heif.handle_width(picture->handle);
  picture->height = heif.handle_height(picture->handle);
  picture->has_alpha = heif.handle_has_alpha(picture->handle) != 0;
  if (picture->width <= 0 || picture->height <= 0) {
    keep("no size", message);
    cheif_close(picture);
    return NULL;
  }
  *width = (uint32_t)picture->width;
  *height = (uint32_t)picture->height;
  *hasAlpha = picture->has_alpha;
  return picture;
}

bool cheif_decode(
    cheif_picture *picture, uint8_t *rows, char message[CHEIF_MESSAGE_SIZE]) {
  void *image = NULL;
  heif_error error = heif.decode(
      picture->handle, &image, COLORSPACE_RGB,
      picture->has_alpha ? CHROMA_INTERLEAVED_RGBA : CHROMA_INTERLEAVED_RGB, NULL);
  if (error.code != 0 || image == NULL) {
    keep(error.message, message);
    return false;
  }
  int stride = 0;
  const uint8_t *plane = heif.image_plane(image, CHANNEL_INTERLEAVED, &stride);
  size_t row_length = (size_t)picture->width * (picture->has_alpha ? 4 : 3);
  /* What is coded in the file may have another size than the file announced. */
  bool fits = plane != NULL && stride > 0 && (size_t)stride >= row_length &&
              heif.image_width(image, CHANNEL_INTERLEAVED) == picture->width &&
              heif.image_height(image, CHANNEL_INTERLEAVED) == picture->height;
  if (fits)
    for (int y = 0; y < picture->height; y++)
      memcpy(rows + (size_t)y * row_length, plane + (size_t)y * (size_t)stride, row_length);
  else
    keep("size differs from the one announced", message);
  heif.image_release(image);
  return fits;
}
