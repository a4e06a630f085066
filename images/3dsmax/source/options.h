/* The command line of 3dsmaxcmd, as far as the stand-in follows it. */
#pragma once
#include <stdbool.h>
#include <wchar.h>

struct options {
  bool help;
  const wchar_t *scene;
  const wchar_t *output;
  const wchar_t *camera;
  /** "1,3,5-7"; NULL: frame 0. */
  const wchar_t *frames;
  int width;
  int height;
  int verbosity;
  bool still;
  bool skip_rendered;
  bool continue_on_error;
};

/**
 * Reads the program's own command line: quotes join, and a backslash before one means nothing, so that "D:\"scene.max is
 * D:\scene.max, as farm scripts write it. NULL when it is right, else what is wrong, and in `about` with which word.
 */
const char *read_options(struct options *options, const wchar_t **about);
