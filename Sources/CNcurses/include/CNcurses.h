#ifndef CNCURSES_H
#define CNCURSES_H

// What TerminalScreen needs of ncurses. Swift imports neither its macros nor its globals, so they
// stay behind these functions. All but the crash handler's must be called from one thread.

#include <stdbool.h>
#include <stdint.h>

// Renditions that can be combined in `attributes` below.
enum {
  CNCURSES_BOLD = 1,
  CNCURSES_DIM = 2,
  CNCURSES_ITALIC = 4,
  CNCURSES_UNDERLINE = 8,
  CNCURSES_REVERSE = 16
};

typedef enum {
  CNCURSES_OPENED,
  CNCURSES_ALREADY_OPEN,
  // TERM is unset or names nothing in terminfo.
  CNCURSES_UNKNOWN_TERMINAL,
  // The terminal cannot place its cursor.
  CNCURSES_TERMINAL_TOO_SIMPLE
} cncurses_open_result;

// Takes the terminal on standard input and output: alternate screen, raw keys, no echo.
cncurses_open_result cncurses_open(bool with_mouse);
// Gives the terminal back until `cncurses_resume`.
void cncurses_suspend(void);
// Takes the terminal again; the next `cncurses_show` repaints everything.
void cncurses_resume(void);
// Gives the terminal back for good and frees the screen.
void cncurses_close(void);
// Stops this process and the others of its job, as Ctrl-Z does; returns when it is continued, or at
// once where no shell could continue it. To be called while suspended.
void cncurses_stop_process(void);

/// Whether the terminal is this process's to write to: not while it was continued in the background.
/// True, too, when the terminal has gone away.
bool cncurses_is_foreground(void);

// Colours and pairs that the terminal has; 0 without colours.
int cncurses_color_count(void);
int cncurses_pair_count(void);
// Whether -1 names the terminal's own foreground and background.
bool cncurses_has_default_colors(void);
void cncurses_define_pair(int pair, int foreground, int background);

// The columns that the C library, and so ncurses, gives a character; -1 if it cannot be shown.
int cncurses_width(uint32_t scalar);
// Puts one spacing character with up to four marks into the next frame.
void cncurses_put(
    int row, int column, const uint32_t *scalars, int count, int attributes, int pair);
// Makes the next frame blank.
void cncurses_erase(void);
// Sends what differs from what the terminal shows; a negative row hides the cursor.
void cncurses_show(int cursor_row, int cursor_column);
// The terminal has this size now.
void cncurses_resize(int rows, int columns);
// What the terminal sends for a key by its terminfo name, such as "kcuu1"; NULL if it has none.
const char *cncurses_key_sequence(const char *name);

// Reads the terminal's size, or what terminfo says where it tells none; pixels are 0 where unknown.
void cncurses_terminal_size(int *rows, int *columns, int *pixel_width, int *pixel_height);

// Restores the terminal before a fatal signal takes the process down, and on exit() without
// `cncurses_close`. Works between `cncurses_open` and `cncurses_close`; call it once after opening.
// On a crash, `standard_error` becomes standard error again, so that what follows is seen.
void cncurses_guard(int standard_error);

#endif
