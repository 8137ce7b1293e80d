#ifndef CNCURSES_RESTORE_H
#define CNCURSES_RESTORE_H

#include <stdbool.h>

#define RESTORE_PASTE_ON "\033[?2004h"
#define RESTORE_PASTE_OFF "\033[?2004l"
#define RESTORE_MOUSE_ON "\033[?1002h\033[?1006h"
#define RESTORE_MOUSE_OFF "\033[?1006l\033[?1002l"

// Keeps the line settings that a crash must bring back; call it before they are changed.
void restore_remember_settings(void);
// Keeps the sequences that leave the screen, since a signal handler may not ask terminfo for them.
void restore_prepare(
    bool with_mouse, const char *keypad_off, const char *plain, const char *cursor_on,
    const char *leave_screen);
// Whether the terminal is ours now, so that there is something to restore.
void restore_set_active(bool is_active);

#endif
