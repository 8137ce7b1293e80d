// Without this, ncurses declares its functions for narrow characters only.
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE 1

#include "CNcurses.h"
#include "restore.h"

#include <ncurses.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static bool mouse_enabled;
static bool default_colors;

static void send(const char *sequence) {
  fputs(sequence, stdout);
  fflush(stdout);
}

// Modes that terminfo has no names for: bracketed paste; presses, drags and wheel in SGR
// coordinates.
static void enter_modes(void) {
  send(RESTORE_PASTE_ON);
  if (mouse_enabled) send(RESTORE_MOUSE_ON);
}

static void leave_modes(void) {
  if (mouse_enabled) send(RESTORE_MOUSE_OFF);
  send(RESTORE_PASTE_OFF);
}

static const char *capability(const char *name) {
  const char *value = tigetstr((char *)name);
  // (char *)-1: the name is not that of a string.
  return value == (char *)-1 ? NULL : value;
}

cncurses_open_result cncurses_open(bool with_mouse) {
  if (screen != NULL) return CNCURSES_ALREADY_OPEN;
  restore_remember_settings();
  screen = newterm(NULL, stdout, stdin);
  if (screen == NULL) return CNCURSES_UNKNOWN_TERMINAL;
  if (capability("cup") == NULL) {
    endwin();
    delscreen(screen);
    screen = NULL;
    return CNCURSES_TERMINAL_TOO_SIMPLE;
  }
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  leaveok(stdscr, FALSE);
  scrollok(stdscr, FALSE);
  // Otherwise ncurses stops in the middle of a frame when a key is waiting.
  typeahead(-1);
  if (has_colors()) {
    start_color();
    default_colors = use_default_colors() == OK;
  }
  mouse_enabled = with_mouse;
  enter_modes();
  restore_prepare(
      with_mouse, capability("rmkx"), capability("sgr0"), capability("cnorm"),
      capability("rmcup"));
  return CNCURSES_OPENED;
}

void cncurses_suspend(void) {
  leave_modes();
  endwin();
  restore_set_active(false);
}

void cncurses_resume(void) {
  restore_set_active(true);
  // A refresh after endwin() enters the alternate screen and raw mode again.
  clearok(curscr, TRUE);
  refresh();
  enter_modes();
}

bool cncurses_is_foreground(void) {
  pid_t group = tcgetpgrp(STDIN_FILENO);
  return group < 0 || group == getpgrp();
}

void cncurses_close(void) {
  // While suspended, or in the background, the terminal is somebody else's.
  if (!isendwin() && cncurses_is_foreground()) cncurses_suspend();
  restore_set_active(false);
  delscreen(screen);
  screen = NULL;
}

void cncurses_stop_process(void) {
  struct sigaction previous;
  struct sigaction action = {.sa_handler = SIG_IGN};
  sigset_t stop;
  sigset_t previous_mask;
  sigemptyset(&action.sa_mask);
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  // The rest of the job first, such as the make that started us; then this thread stops itself, so
  // that nothing here runs before the stop.
  sigaction(SIGTSTP, &action, &previous);
  kill(0, SIGTSTP);
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &action, NULL);
  // Who listens for this signal with signalfd keeps it blocked.
  pthread_sigmask(SIG_UNBLOCK, &stop, &previous_mask);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &previous_mask, NULL);
  sigaction(SIGTSTP, &previous, NULL);
}

int cncurses_color_count(void) { return has_colors() ? COLORS : 0; }

int cncurses_pair_count(void) { return has_colors() ? COLOR_PAIRS : 0; }

bool cncurses_has_default_colors(void) { return default_colors; }

void cncurses_define_pair(int pair, int foreground, int background) {
  init_extended_pair(pair, foreground, background);
}

int cncurses_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

void cncurses_put(
    int row, int column, const uint32_t *scalars, int count, int attributes, int pair) {
  wchar_t text[CCHARW_MAX + 1];
  if (count > CCHARW_MAX) count = CCHARW_MAX;
  for (int index = 0; index < count; index++) text[index] = (wchar_t)scalars[index];
  text[count] = L'\0';
  attr_t rendition = A_NORMAL;
  if (attributes & CNCURSES_BOLD) rendition |= A_BOLD;
  if (attributes & CNCURSES_DIM) rendition |= A_DIM;
  if (attributes & CNCURSES_ITALIC) rendition |= A_ITALIC;
  if (attributes & CNCURSES_UNDERLINE) rendition |= A_UNDERLINE;
  if (attributes & CNCURSES_REVERSE) rendition |= A_REVERSE;
  cchar_t cell;
  // The last argument carries pairs beyond the 15 bits of the one before.
  if (setcchar(&cell, text, rendition, 0, &pair) == OK) mvadd_wch(row, column, &cell);
}

void cncurses_erase(void) { erase(); }

void cncurses_show(int cursor_row, int cursor_column) {
  curs_set(cursor_row >= 0);
  if (cursor_row >= 0) move(cursor_row, cursor_column);
  wnoutrefresh(stdscr);
  doupdate();
}

void cncurses_resize(int rows, int columns) { resizeterm(rows, columns); }

const char *cncurses_key_sequence(const char *name) { return capability(name); }

void cncurses_terminal_size(int *rows, int *columns, int *pixel_width, int *pixel_height) {
  struct winsize size = {0};
  bool is_known =
      ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0;
  *rows = is_known ? size.ws_row : LINES;
  *columns = is_known ? size.ws_col : COLS;
  *pixel_width = size.ws_xpixel;
  *pixel_height = size.ws_ypixel;
}
