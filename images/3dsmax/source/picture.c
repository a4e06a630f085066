#include "picture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FRAMES_A_TURN 24

struct color {
  double red, green, blue;
};

/** Seven rows of five points for each of the letters, the top one first; the highest of five bits is the left point. */
static const struct {
  char letter;
  uint8_t rows[7];
} FONT[] = {
    {'0', {14, 17, 19, 21, 25, 17, 14}}, {'1', {4, 12, 4, 4, 4, 4, 14}},      {'2', {14, 17, 1, 2, 4, 8, 31}},
    {'3', {31, 2, 4, 2, 1, 17, 14}},     {'4', {2, 6, 10, 18, 31, 2, 2}},     {'5', {31, 16, 30, 1, 1, 17, 14}},
    {'6', {6, 8, 16, 30, 17, 17, 14}},   {'7', {31, 1, 2, 4, 8, 8, 8}},       {'8', {14, 17, 17, 14, 17, 17, 14}},
    {'9', {14, 17, 17, 15, 1, 2, 12}},   {'A', {14, 17, 17, 31, 17, 17, 17}}, {'D', {30, 17, 17, 17, 17, 17, 30}},
    {'E', {31, 16, 16, 30, 16, 16, 31}}, {'F', {31, 16, 16, 30, 16, 16, 16}}, {'I', {14, 4, 4, 4, 4, 4, 14}},
    {'M', {17, 27, 21, 21, 17, 17, 17}}, {'N', {17, 25, 21, 19, 17, 17, 17}}, {'R', {30, 17, 17, 30, 20, 18, 17}},
    {'S', {15, 16, 16, 14, 1, 1, 30}},   {'T', {31, 4, 4, 4, 4, 4, 4}},       {'-', {0, 0, 0, 31, 0, 0, 0}},
};

static const uint8_t *rows_of(char letter) {
  for (size_t index = 0; index < sizeof FONT / sizeof *FONT; index++) {
    if (FONT[index].letter == letter) return FONT[index].rows;
  }
  return NULL;
}

static uint8_t byte_of(double share) {
  return (uint8_t)(255 * fmin(1, fmax(0, share)) + 0.5);
}

static void set_point(struct picture *picture, int x, int y, struct color color) {
  if (x < 0 || y < 0 || x >= picture->width || y >= picture->height) return;
  uint8_t *point = picture->points + ((size_t)y * picture->width + x) * 3;
  point[0] = byte_of(color.blue);
  point[1] = byte_of(color.green);
  point[2] = byte_of(color.red);
}

static void write_text(struct picture *picture, const char *text, int left, int top, int size) {
  const struct color white = {1, 1, 1};
  for (; *text != 0; text++, left += 6 * size) {
    const uint8_t *rows = rows_of(*text);
    for (int y = 0; rows != NULL && y < 7 * size; y++) {
      for (int x = 0; x < 5 * size; x++) {
        if (rows[y / size] >> (4 - x / size) & 1) set_point(picture, left + x, top + y, white);
      }
    }
  }
}

static struct color mix(struct color from, struct color to, double share) {
  return (struct color){from.red + (to.red - from.red) * share, from.green + (to.green - from.green) * share,
                        from.blue + (to.blue - from.blue) * share};
}

/** One of all the hues, by a number. */
static struct color hue(unsigned number) {
  double angle = number % 360 * M_PI / 180;
  return (struct color){0.5 + 0.45 * cos(angle), 0.5 + 0.45 * cos(angle - 2 * M_PI / 3),
                        0.5 + 0.45 * cos(angle + 2 * M_PI / 3)};
}

/** A ball above a checked floor; light and checks turn with the frame, colours come with the scene, the ball's place with the camera. */
static struct color point_color(double x, double y, uint64_t seed, double offset, double turn) {
  const struct color dark = {0.05, 0.06, 0.1};
  struct color ball = hue((unsigned)(seed & 0xffff)), ground = hue((unsigned)(seed >> 16 & 0xffff));
  double ball_x = (x - offset) / 0.45, ball_y = (y + 0.05) / 0.45;
  double inside = 1 - ball_x * ball_x - ball_y * ball_y;
  if (inside > 0) {
    double depth = sqrt(inside);
    double light = ball_x * cos(turn) * 0.7 - ball_y * 0.5 + depth * (0.5 + 0.3 * sin(turn));
    return mix(dark, ball, 0.15 + fmax(0, light));
  }
  if (y < 0.15) return mix(dark, ground, 0.25 * (1 + y));
  double far = 0.3 / (y - 0.1), u = x * far * 2 + turn, v = far * 3 + turn;
  int checked = ((int)floor(u) + (int)floor(v)) & 1;
  return mix(dark, ground, checked ? 0.8 : 0.4);
}

int draw_picture(struct picture *picture, uint64_t seed, const char *camera, int frame) {
  picture->points = malloc((size_t)picture->width * picture->height * 3);
  if (picture->points == NULL) return 0;
  double turn = 2 * M_PI * frame / FRAMES_A_TURN, offset = 0;
  for (const char *at = camera; *at != 0; at++) offset += ((unsigned char)*at % 11 - 5) * 0.04;
  for (int y = 0; y < picture->height; y++) {
    for (int x = 0; x < picture->width; x++) {
      double across = (2.0 * x - picture->width) / picture->height, down = 2.0 * y / picture->height - 1;
      set_point(picture, x, y, point_color(across, down, seed, offset, turn));
    }
  }
  char text[32];
  int size = picture->height / 120 + 1;
  write_text(picture, "STAND-IN", 4 * size, 4 * size, size);
  snprintf(text, sizeof text, "FRAME %04d", frame);
  write_text(picture, text, 4 * size, picture->height - 11 * size, size);
  return 1;
}
