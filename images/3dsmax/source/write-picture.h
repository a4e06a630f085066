/* Writes pictures in the kind that their name tells. */
#pragma once
#include <wchar.h>

#include "picture.h"

/** NULL when it is written, else what went wrong. Kinds: .png .jpg .jpeg .bmp .tif .tiff .tga */
const char *write_picture(const struct picture *picture, const wchar_t *path);
