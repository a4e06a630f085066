/*
 * Runs a task's command line as Windows would, and says its whole exit code.
 *
 *   REBATCH_COMMAND_LINE   the line as the job gave it; handed on letter for letter, as the program itself splits it
 *   REBATCH_EXIT_CODE      file, by its path on the Linux side, that gets the exit code; "" for none. Linux keeps eight bits
 *                          of the code only, and would take 256 for success
 *   REBATCH_ENV_NAME       becomes NAME: what Linux or Wine would take for themselves (PATH, TEMP, ...) comes through like this
 *
 * Programs get pipes that Windows made, as some (Node among them) cannot write to those of the Linux side.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#define MARK L"REBATCH_ENV_"
#define MARK_LENGTH 12
/** What CreateProcess takes. */
#define LONGEST_LINE 32767
/** What children may hold their parent's output open after it ended, in milliseconds. */
#define PATIENCE 2000
#define NO_PROGRAM 9009

/** What the way here left in the environment. */
static const wchar_t *const LINUX_ONLY[] = {L"LANG", L"HOSTNAME", L"OLDPWD", L"SHLVL", L"_", L"USER"};

static void say(const wchar_t *text, const wchar_t *about) {
  fprintf(stderr, "rebatch: %ls%ls\r\n", text, about);
  fflush(stderr);
}

/** The variable's value, allocated; NULL when it is not set. */
static wchar_t *variable(const wchar_t *name) {
  DWORD size = GetEnvironmentVariableW(name, NULL, 0);
  if (size == 0) return NULL;
  wchar_t *value = malloc(size * sizeof(wchar_t));
  if (value != NULL) GetEnvironmentVariableW(name, value, size);
  return value;
}

static wchar_t *take_variable(const wchar_t *name) {
  wchar_t *value = variable(name);
  SetEnvironmentVariableW(name, NULL);
  return value;
}

/** The list is read anew after each change, as a change may move it. */
static bool unmark_one(void) {
  wchar_t *block = GetEnvironmentStringsW();
  bool found = false;
  for (wchar_t *entry = block; !found && *entry != 0; entry += wcslen(entry) + 1) {
    if (_wcsnicmp(entry, MARK, MARK_LENGTH) != 0) continue;
    wchar_t *value = wcschr(entry, L'=');
    if (value == NULL) continue;
    *value = 0;
    SetEnvironmentVariableW(entry + MARK_LENGTH, value + 1);
    SetEnvironmentVariableW(entry, NULL);
    found = true;
  }
  FreeEnvironmentStringsW(block);
  return found;
}

/** True when `%NAME%` begins at `text` and NAME is set. */
static bool names_variable(const wchar_t *text) {
  const wchar_t *end = wcschr(text + 1, L'%');
  if (end == NULL || end == text + 1 || end - text > 255) return false;
  wchar_t name[256];
  wmemcpy(name, text + 1, end - text - 1);
  name[end - text - 1] = 0;
  return GetEnvironmentVariableW(name, NULL, 0) != 0;
}

/** True for lines that only a shell understands: with unquoted operators, or variables. */
static bool needs_shell(const wchar_t *line) {
  bool quoted = false;
  for (const wchar_t *at = line; *at != 0; at++) {
    if (*at == L'"') quoted = !quoted;
    if (*at == L'%' && names_variable(at)) return true;
    if (!quoted && wcschr(L"&|<>", *at) != NULL) return true;
  }
  return false;
}

struct pump {
  HANDLE from;
  HANDLE to;
  HANDLE thread;
};

static DWORD WINAPI run_pump(void *argument) {
  struct pump *pump = argument;
  char buffer[65536];
  DWORD got;
  while (ReadFile(pump->from, buffer, sizeof buffer, &got, NULL)) {
    for (DWORD done = 0, written; done < got; done += written) {
      if (!WriteFile(pump->to, buffer + done, got - done, &written, NULL)) return 1;
    }
  }
  return 0;
}

/** A pipe whose content goes to one of our own streams; answers the end that the program gets. */
static HANDLE open_pump(struct pump *pump, DWORD stream) {
  SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
  HANDLE inside;
  if (!CreatePipe(&pump->from, &inside, &inherited, 65536)) return NULL;
  SetHandleInformation(pump->from, HANDLE_FLAG_INHERIT, 0);
  pump->to = GetStdHandle(stream);
  pump->thread = CreateThread(NULL, 0, run_pump, pump, 0, NULL);
  return pump->thread == NULL ? NULL : inside;
}

static bool start(const wchar_t *line, STARTUPINFOW *startup, PROCESS_INFORMATION *process) {
  static wchar_t buffer[LONGEST_LINE + 1];
  if (wcslen(line) > LONGEST_LINE) {
    SetLastError(ERROR_FILENAME_EXCED_RANGE);
    return false;
  }
  wcscpy(buffer, line);
  return CreateProcessW(NULL, buffer, NULL, NULL, TRUE, 0, NULL, NULL, startup, process);
}

static bool start_in_shell(const wchar_t *line, STARTUPINFOW *startup, PROCESS_INFORMATION *process) {
  static wchar_t shell[LONGEST_LINE + 32];
  swprintf(shell, LONGEST_LINE + 32, L"cmd.exe /s /c \"%ls\"", line);
  return start(shell, startup, process);
}

/** Names without a program behind them may be the shell's own words: `echo`, `dir`. */
static bool start_somehow(const wchar_t *line, STARTUPINFOW *startup, PROCESS_INFORMATION *process) {
  if (needs_shell(line)) return start_in_shell(line, startup, process);
  if (start(line, startup, process)) return true;
  DWORD why = GetLastError();
  if (why != ERROR_FILE_NOT_FOUND && why != ERROR_PATH_NOT_FOUND) return false;
  return start_in_shell(line, startup, process);
}

/** As `%ERRORLEVEL%` shows it. */
static void write_exit_code(const wchar_t *linux_path, DWORD code) {
  wchar_t path[MAX_PATH + 16];
  swprintf(path, MAX_PATH + 16, L"\\\\?\\unix%ls", linux_path);
  for (wchar_t *at = path; *at != 0; at++) {
    if (*at == L'/') *at = L'\\';
  }
  HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return;
  char text[16];
  DWORD written;
  WriteFile(file, text, snprintf(text, sizeof text, "%d\n", (int)code), &written, NULL);
  CloseHandle(file);
}

int main(void) {
  wchar_t *line = take_variable(L"REBATCH_COMMAND_LINE");
  wchar_t *exit_code_file = take_variable(L"REBATCH_EXIT_CODE");
  for (size_t index = 0; index < sizeof LINUX_ONLY / sizeof *LINUX_ONLY; index++) {
    SetEnvironmentVariableW(LINUX_ONLY[index], NULL);
  }
  while (unmark_one()) {
  }
  if (line == NULL) {
    say(L"there is no command line", L"");
    return 1;
  }

  SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
  STARTUPINFOW startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES};
  struct pump out, err;
  startup.hStdInput = CreateFileW(L"NUL", GENERIC_READ, 0, &inherited, OPEN_EXISTING, 0, NULL);
  startup.hStdOutput = open_pump(&out, STD_OUTPUT_HANDLE);
  startup.hStdError = open_pump(&err, STD_ERROR_HANDLE);
  if (startup.hStdOutput == NULL || startup.hStdError == NULL) {
    say(L"no pipe could be made", L"");
    return 1;
  }

  PROCESS_INFORMATION process;
  DWORD code = NO_PROGRAM;
  if (start_somehow(line, &startup, &process)) {
    CloseHandle(startup.hStdOutput);
    CloseHandle(startup.hStdError);
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    HANDLE pumps[] = {out.thread, err.thread};
    WaitForMultipleObjects(2, pumps, TRUE, PATIENCE);
  } else {
    say(L"this cannot be started: ", line);
  }
  if (exit_code_file != NULL && *exit_code_file != 0) write_exit_code(exit_code_file, code);
  ExitProcess(code != 0 && (code & 0xff) == 0 ? 255 : code);
}
