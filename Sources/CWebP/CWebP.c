#include "CWebP.h"

#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>

static cwebp_status meaning(VP8StatusCode status) {
  switch (status) {
    case VP8_STATUS_OK: return CWEBP_OK;
    case VP8_STATUS_NOT_ENOUGH_DATA: return CWEBP_TRUNCATED;
    case VP8_STATUS_OUT_OF_MEMORY: return CWEBP_OUT_OF_MEMORY;
    default: return CWEBP_DAMAGED;
  }
}

cwebp_status cwebp_size(const uint8_t *bytes, size_t byte_count, uint32_t *width, uint32_t *height) {
  WebPBitstreamFeatures features;
  cwebp_status status = meaning(WebPGetFeatures(bytes, byte_count, &features));
  if (status != CWEBP_OK) return status;
  *width = (uint32_t)features.width;
  *height = (uint32_t)features.height;
  return CWEBP_OK;
}

/* Decodes a frame's data to rows of `channel_count` samples a pixel, `stride` bytes apart. */
static cwebp_status decode_frame(
    const WebPIterator *frame, int channel_count, uint8_t *rows, size_t stride) {
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig(&config)) return CWEBP_DAMAGED;
  config.output.colorspace = channel_count == 4 ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = rows;
  config.output.u.RGBA.stride = (int)stride;
  config.output.u.RGBA.size =
      stride * ((size_t)frame->height - 1) + (size_t)frame->width * (size_t)channel_count;
  VP8StatusCode status = WebPDecode(frame->fragment.bytes, frame->fragment.size, &config);
  /* The data of a frame says its size once more. */
  if (status == VP8_STATUS_OK &&
      (config.output.width != frame->width || config.output.height != frame->height))
    status = VP8_STATUS_BITSTREAM_ERROR;
  WebPFreeDecBuffer(&config.output);
  return meaning(status);
}

/* (color * alpha + background * (255 - alpha)) / 255, rounded. */
static uint8_t blend(uint8_t color, uint8_t alpha, uint8_t background) {
  unsigned sum = color * alpha + background * (255u - alpha) + 128u;
  return (uint8_t)((sum + (sum >> 8)) >> 8);
}

/* Decodes a frame with transparency and lays it over a canvas that is `background` already. */
static cwebp_status lay_over(
    const WebPIterator *frame, uint8_t background, uint8_t *rgb, size_t stride) {
  size_t row_length = (size_t)frame->width * 4;
  uint8_t *rgba = malloc(row_length * (size_t)frame->height);
  if (rgba == NULL) return CWEBP_OUT_OF_MEMORY;
  cwebp_status status = decode_frame(frame, 4, rgba, row_length);
  if (status == CWEBP_OK)
    for (int y = 0; y < frame->height; y++) {
      const uint8_t *from = rgba + (size_t)y * row_length;
      uint8_t *to = rgb + (size_t)y * stride;
      for (int x = 0; x < frame->width; x++, from += 4, to += 3)
        for (int channel = 0; channel < 3; channel++)
          to[channel] = blend(from[channel], from[3], background);
    }
  free(rgba);
  return status;
}

static cwebp_status decode_first(
    WebPDemuxer *demuxer, uint32_t width, uint32_t height, uint8_t background, uint8_t *rgb) {
  if (WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_WIDTH) != width ||
      WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_HEIGHT) != height)
    return CWEBP_DAMAGED;
  int is_transparent = (WebPDemuxGetI(demuxer, WEBP_FF_FORMAT_FLAGS) & ALPHA_FLAG) != 0;
  WebPIterator frame;
  if (!WebPDemuxGetFrame(demuxer, 1, &frame)) return CWEBP_DAMAGED;
  cwebp_status status = CWEBP_DAMAGED;
  size_t stride = (size_t)width * 3;
  if (frame.x_offset >= 0 && frame.y_offset >= 0 && frame.width > 0 && frame.height > 0 &&
      (uint64_t)frame.x_offset + (uint64_t)frame.width <= width &&
      (uint64_t)frame.y_offset + (uint64_t)frame.height <= height) {
    if ((uint32_t)frame.width != width || (uint32_t)frame.height != height)
      memset(rgb, is_transparent ? background : 0, stride * height);
    uint8_t *start = rgb + (size_t)frame.y_offset * stride + (size_t)frame.x_offset * 3;
    status = is_transparent ? lay_over(&frame, background, start, stride)
                            : decode_frame(&frame, 3, start, stride);
  }
  WebPDemuxReleaseIterator(&frame);
  return status;
}

cwebp_status cwebp_decode(
    const uint8_t *bytes, size_t byte_count, uint32_t width, uint32_t height, uint8_t background,
    uint8_t *rgb) {
  WebPData data = {bytes, byte_count};
  WebPDemuxState state;
  WebPDemuxer *demuxer = WebPDemuxPartial(&data, &state);
  if (demuxer == NULL) return state == WEBP_DEMUX_PARSE_ERROR ? CWEBP_DAMAGED : CWEBP_TRUNCATED;
  cwebp_status status = state == WEBP_DEMUX_DONE
                            ? decode_first(demuxer, width, height, background, rgb)
                            : CWEBP_TRUNCATED;
  WebPDemuxDelete(demuxer);
  return status;
}
