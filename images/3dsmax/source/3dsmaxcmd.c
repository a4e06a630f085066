/*
 * Stands in for Autodesk's 3dsmaxcmd.exe, which cannot be given away: takes its command line, draws test pictures, fails as
 * it fails. STANDIN_3DSMAX says how: `error` (a frame cannot be rendered), `settings` (an installation is broken), `license`,
 * `silent` (success without a picture), `crash`; STANDIN_3DSMAX_FRAME names the frame, else it is the first.
 */
#include <objbase.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#include "options.h"
#include "picture.h"
#include "write-picture.h"

#define LONGEST_PATH 4096
#define MOST_FRAMES 1000000

static const char HELP[] =
    "usage: 3dsmaxcmd [options] scene.max\r\n"
    "  -o:FILE  -outputName:FILE   picture; the frame's number, four digits, goes before its ending\r\n"
    "  -f:LIST  -frames:LIST       1-10 or 1,3,5-7\r\n"
    "  -w:N -width:N, -h:N -height:N, -cam:NAME, -v:0-5, -stillFrame, -skipRenderedFrames, -continueOnError\r\n"
    "  instead of a colon there may be = or a blank\r\n"
    "This is a stand-in of Rebatch which draws test pictures. It is not 3ds Max and renders no scene.\r\n";

/** For a message; overwritten by the next call. */
static const char *utf8(const wchar_t *text) {
  static char bytes[4 * LONGEST_PATH];
  if (WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL) == 0) return "?";
  return bytes;
}

static int fail(const char *what, const wchar_t *about) {
  printf("Error: %s%s%s\r\n", what, *about == 0 ? "" : ": ", utf8(about));
  return 1;
}

/** A number of the scene's bytes (FNV-1a); false when it cannot be read. */
static bool read_scene(const wchar_t *path, uint64_t *seed) {
  FILE *file = _wfopen(path, L"rb");
  if (file == NULL) return false;
  *seed = 0xcbf29ce484222325;
  static uint8_t buffer[65536];
  size_t got;
  while ((got = fread(buffer, 1, sizeof buffer, file)) > 0) {
    for (size_t at = 0; at < got; at++) *seed = (*seed ^ buffer[at]) * 0x100000001b3;
  }
  fclose(file);
  return true;
}

/** c:\out\test.jpg and 7 make c:\out\test0007.jpg. */
static void name_frame(wchar_t *name, const struct options *options, int frame) {
  if (options->still) {
    swprintf(name, LONGEST_PATH, L"%ls", options->output);
    return;
  }
  const wchar_t *ending = wcsrchr(options->output, L'.');
  const wchar_t *folder = wcspbrk(ending == NULL ? L"" : ending, L"\\/");
  if (ending == NULL || folder != NULL) ending = options->output + wcslen(options->output);
  swprintf(name, LONGEST_PATH, L"%.*ls%04d%ls", (int)(ending - options->output), options->output, frame, ending);
}

static bool is_told(const char *failure, int frame, int first) {
  const char *told = getenv("STANDIN_3DSMAX"), *at = getenv("STANDIN_3DSMAX_FRAME");
  if (told == NULL || strcmp(told, failure) != 0) return false;
  return frame == (at == NULL ? first : atoi(at));
}

/** 0 when the picture is there, or the stand-in was told to pretend so. */
static int render(const struct options *options, uint64_t seed, int frame, int first) {
  wchar_t name[LONGEST_PATH];
  name_frame(name, options, frame);
  if (is_told("crash", frame, first)) TerminateProcess(GetCurrentProcess(), EXCEPTION_ACCESS_VIOLATION);
  if (is_told("error", frame, first)) {
    printf("Error rendering frame %d: An unexpected exception has occurred\r\n", frame);
    return 1;
  }
  if (options->verbosity > 0) printf("Frame %d assigned\r\n", frame);
  if (is_told("silent", frame, first)) return 0;
  if (options->skip_rendered && GetFileAttributesW(name) != INVALID_FILE_ATTRIBUTES) return 0;
  struct picture picture = {options->width, options->height, NULL};
  DWORD start = GetTickCount();
  if (!draw_picture(&picture, seed, utf8(options->camera), frame)) return fail("there is no memory for the picture", L"");
  const char *wrong = write_picture(&picture, name);
  free(picture.points);
  if (wrong != NULL) {
    printf("Error rendering frame %d: %s: %s\r\n", frame, wrong, utf8(name));
    return 1;
  }
  if (options->verbosity > 0) {
    printf("Frame %d completed; %.2f s; %s\r\n", frame, (GetTickCount() - start) / 1000.0, utf8(name));
  }
  fflush(stdout);
  return 0;
}

/** Reads one range of a list, moves on behind it; false when there is none. */
static bool next_range(const wchar_t **list, int *from, int *to) {
  wchar_t *end;
  *from = *to = (int)wcstol(*list, &end, 10);
  if (end == *list) return false;
  if (*end == L'-') {
    const wchar_t *second = end + 1;
    *to = (int)wcstol(second, &end, 10);
    if (end == second) return false;
  }
  if (*end != L',' && *end != 0) return false;
  *list = *end == L',' ? end + 1 : end;
  return *to >= *from && *to - *from < MOST_FRAMES;
}

/** All frames of the list, or up to the first that fails. */
static int render_all(const struct options *options, uint64_t seed) {
  const wchar_t *list = options->frames == NULL ? L"0" : options->frames;
  int code = 0, from, to, first = (int)wcstol(list, NULL, 10);
  for (const wchar_t *at = list; *at != 0;) {
    if (!next_range(&at, &from, &to)) return fail("this is no list of frames", list);
  }
  for (const wchar_t *at = list; *at != 0;) {
    next_range(&at, &from, &to);
    for (int frame = from; frame <= to; frame++) {
      if (render(options, seed, frame, first) == 0) continue;
      code = 1;
      if (!options->continue_on_error) return code;
    }
  }
  return code;
}

int main(void) {
  struct options options;
  const wchar_t *about;
  printf("3dsmaxcmd: a stand-in of Rebatch for tests; this is not Autodesk 3ds Max\r\n");
  const char *wrong = read_options(&options, &about);
  if (wrong != NULL) return fail(wrong, about);
  if (options.help) {
    printf("%s", HELP);
    return 0;
  }
  if (is_told("settings", 0, 0)) {
    printf("Could not find the specified file in DefaultSettings: MaxStartup.ini\r\n");
    return 0;
  }
  if (is_told("license", 0, 0)) {
    printf("Error: 3ds Max could not obtain a license. The license server is not available [0.0.0]\r\n");
    return 1;
  }
  uint64_t seed;
  if (!read_scene(options.scene, &seed)) return fail("the scene cannot be opened", options.scene);
  if (options.output == NULL) return fail("no output file is named", L"");
  CoInitializeEx(NULL, COINIT_MULTITHREADED);
  return render_all(&options, seed);
}
