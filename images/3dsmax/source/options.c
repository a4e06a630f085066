#include "options.h"

#include <stdlib.h>
#include <windows.h>

#define MOST_WORDS 256
#define LARGEST_SIDE 16384

enum kind { TEXT, NUMBER, SWITCH, IGNORED };

struct option {
  const wchar_t *names[3];
  enum kind kind;
  void *place;
};

/** Splits as described in options.h. Answers the number of words. */
static int split(wchar_t *line, wchar_t **words) {
  int count = 0;
  wchar_t *to = line;
  for (const wchar_t *from = line; count < MOST_WORDS;) {
    while (*from == L' ' || *from == L'\t') from++;
    if (*from == 0) break;
    words[count++] = to;
    bool quoted = false;
    for (; *from != 0 && (quoted || (*from != L' ' && *from != L'\t')); from++) {
      if (*from == L'"') quoted = !quoted;
      else *to++ = *from;
    }
    if (*from != 0) from++;
    *to++ = 0;
  }
  return count;
}

/** The length of `name` when `word` begins with it and goes on as an option may: with `:`, `=`, or not at all. */
static size_t matches(const wchar_t *word, const wchar_t *name) {
  size_t length = wcslen(name);
  if (_wcsnicmp(word, name, length) != 0) return 0;
  return wcschr(L":=", word[length]) != NULL ? length : 0;
}

static bool is_number(const wchar_t *text) {
  return *text != 0 && wcsspn(text, L"0123456789") == wcslen(text) && wcslen(text) < 7;
}

static const char *set(const struct option *option, const wchar_t *value) {
  switch (option->kind) {
    case TEXT:
      *(const wchar_t **)option->place = value;
      return *value == 0 ? "the option has no value" : NULL;
    case NUMBER:
      if (!is_number(value)) return "the option's value is no number";
      *(int *)option->place = _wtoi(value);
      return NULL;
    case SWITCH:
      *(bool *)option->place = wcscmp(value, L"0") != 0 && _wcsicmp(value, L"false") != 0;
      return NULL;
    default:
      return NULL;
  }
}

const char *read_options(struct options *options, const wchar_t **about) {
  const struct option known[] = {
      {{L"?", L"help"}, SWITCH, &options->help},
      {{L"o", L"outputName", L"output"}, TEXT, &options->output},
      {{L"c", L"cam", L"camera"}, TEXT, &options->camera},
      {{L"f", L"frames"}, TEXT, &options->frames},
      {{L"w", L"width"}, NUMBER, &options->width},
      {{L"h", L"height"}, NUMBER, &options->height},
      {{L"v"}, NUMBER, &options->verbosity},
      {{L"stillFrame"}, SWITCH, &options->still},
      {{L"skipRenderedFrames"}, SWITCH, &options->skip_rendered},
      {{L"continueOnError"}, SWITCH, &options->continue_on_error},
      {{L"rfw", L"showRFW"}, IGNORED, NULL},
      {{L"gammaCorrection"}, IGNORED, NULL},
  };
  *options = (struct options){.camera = L"", .width = 640, .height = 480, .verbosity = 2};
  wchar_t *words[MOST_WORDS];
  int count = split(_wcsdup(GetCommandLineW()), words);
  for (int index = 1; index < count; index++) {
    wchar_t *word = words[index];
    *about = word;
    if (*word != L'-' && *word != L'/') {
      if (options->scene != NULL) return "there is a second scene";
      options->scene = word;
      continue;
    }
    const struct option *found = NULL;
    size_t length = 0;
    for (size_t at = 0; found == NULL && at < sizeof known / sizeof *known; at++) {
      for (int name = 0; name < 3 && known[at].names[name] != NULL && length == 0; name++) {
        length = matches(word + 1, known[at].names[name]);
        if (length > 0) found = &known[at];
      }
    }
    if (found == NULL) return "this option is not known";
    bool has_value = word[1 + length] != 0;
    const wchar_t *value = has_value ? word + 2 + length : L"1";
    if (!has_value && (found->kind == TEXT || found->kind == NUMBER)) {
      if (index + 1 == count) return "the option has no value";
      value = words[++index];
    }
    const char *wrong = set(found, value);
    if (wrong != NULL) return wrong;
  }
  *about = L"";
  if (options->help) return NULL;
  if (options->scene == NULL) return "no scene is named";
  if (options->width < 1 || options->width > LARGEST_SIDE || options->height < 1 || options->height > LARGEST_SIDE) {
    return "a picture has 1 to 16384 points a side";
  }
  return NULL;
}
