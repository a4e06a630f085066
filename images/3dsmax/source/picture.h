/* What the stand-in draws: a test picture that tells scene, camera and frame apart. */
#pragma once
#include <stdint.h>

struct picture {
  int width;
  int height;
  /** Rows from the top, three bytes a point: blue, green, red. */
  uint8_t *points;
};

/** `seed`: of the scene's bytes; `camera`: "" for the scene's own. False when there is no room for it. */
int draw_picture(struct picture *picture, uint64_t seed, const char *camera, int frame);
