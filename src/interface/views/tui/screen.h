/*
 * The terminal: the one place that knows curses.  A grid goes out, keys come
 * in.  However the program ends, the terminal is left as it was found.
 */
#ifndef VIEWS_TUI_SCREEN_H
#define VIEWS_TUI_SCREEN_H

#include "base/diag.h"
#include "draw/grid.h"
#include "draw/theme.h"
#include "views/tui/key.h"

struct screen;

/* Takes the terminal over, in the locale as it is; the caller has checked both
 * (terminal_look, terminal_check).  ERR_UNSUPPORTED with a sentence where it
 * can't do what a screen needs. */
int screen_open(struct screen **s, struct diag *d);
void screen_close(struct screen *s);

/* G, which may be empty, becomes as large as the terminal: 0 or ERR_NOMEM. */
int screen_fit(struct screen *s, struct grid *g);
void screen_draw(struct screen *s, const struct grid *g, enum theme theme);
/* Where typing goes; hidden with x == SIZE_MAX. */
void screen_cursor(struct screen *s, size_t x, size_t y);
/* Draws everything again at the next screen_draw. */
void screen_redraw(struct screen *s);

/* Waits for a key, or until FD (-1: none) can be read, at most TIMEOUT_MS (-1:
 * for ever); a signal ends it. */
void screen_wait(struct screen *s, int timeout_ms, int fd);
/* Bytes as if they came from the keyboard now, before all others. */
void screen_type(struct screen *s, struct str bytes);
/* A key that was pressed; false: there is none. */
bool screen_key(struct screen *s, struct key *key);

/* The shell, or an editor, has the terminal for a while. */
void screen_leave(struct screen *s);
void screen_return(struct screen *s);
/* Stops the program as C-z does elsewhere; back when it goes on. */
void screen_suspend(struct screen *s);

/* The signal that wants the program to end (SIGHUP: the terminal is gone), or
 * 0. */
int screen_gone(const struct screen *s);
/* The terminal's other end is closed: again and again there was something to
 * read, and no key came. */
bool screen_ended(struct screen *s);

#endif
