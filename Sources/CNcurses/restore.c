#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE 1

#include "restore.h"
#include "CNcurses.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios settings;
static bool has_settings;
static char sequences[512];
static volatile sig_atomic_t active;
static volatile sig_atomic_t error_descriptor = -1;

static const int fatal_signals[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE};
enum { FATAL_SIGNAL_COUNT = sizeof fatal_signals / sizeof *fatal_signals };
static struct sigaction previous[FATAL_SIGNAL_COUNT];

void restore_remember_settings(void) {
  has_settings = tcgetattr(STDIN_FILENO, &settings) == 0;
}

// Appends a terminfo string without its padding, "$<5>", which only tputs() may interpret.
static void append(const char *text) {
  if (text == NULL) return;
  size_t end = strlen(sequences);
  while (*text != '\0' && end + 1 < sizeof sequences) {
    if (text[0] == '$' && text[1] == '<') {
      const char *close = strchr(text, '>');
      if (close == NULL) break;
      text = close + 1;
    } else {
      sequences[end++] = *text++;
    }
  }
  sequences[end] = '\0';
}

void restore_prepare(
    bool with_mouse, const char *keypad_off, const char *plain, const char *cursor_on,
    const char *leave_screen) {
  sequences[0] = '\0';
  append(with_mouse ? RESTORE_MOUSE_OFF : NULL);
  append(RESTORE_PASTE_OFF);
  append(keypad_off);
  append(plain);
  append(cursor_on);
  append(leave_screen);
  active = 1;
}

void restore_set_active(bool is_active) { active = is_active; }

// Only async-signal-safe calls: it also runs in signal handlers.
static void restore(void) {
  if (!active) return;
  active = 0;
  size_t length = strlen(sequences);
  size_t sent = 0;
  while (sent < length) {
    ssize_t count = write(STDOUT_FILENO, sequences + sent, length - sent);
    if (count <= 0 && errno != EINTR) break;
    if (count > 0) sent += (size_t)count;
  }
  if (has_settings) tcsetattr(STDIN_FILENO, TCSANOW, &settings);
}

static void die(int number) {
  restore();
  if (error_descriptor >= 0) dup2(error_descriptor, STDERR_FILENO);
  for (int index = 0; index < FATAL_SIGNAL_COUNT; index++) {
    if (fatal_signals[index] == number) sigaction(number, &previous[index], NULL);
  }
  raise(number);
}

void cncurses_guard(int standard_error) {
  static bool is_installed;
  error_descriptor = standard_error;
  if (is_installed) return;
  is_installed = true;
  atexit(restore);
  at_quick_exit(restore);
  // A stack overflow leaves no stack to handle it on.
  static char stack[64 * 1024];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  stack_t present;
  if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE)) {
    sigaltstack(&alternate, NULL);
  }
  for (int index = 0; index < FATAL_SIGNAL_COUNT; index++) {
    struct sigaction action = {.sa_handler = die, .sa_flags = SA_ONSTACK | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    sigaction(fatal_signals[index], &action, &previous[index]);
  }
}
