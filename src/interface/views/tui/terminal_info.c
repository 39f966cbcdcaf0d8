/*
 * What terminfo says of the terminal.  <term.h> makes macros of plain words:
 * it is included here and nowhere else.
 */
#include "views/tui/terminal.h"

#include "base/library.h"

#define NCURSES_NOMACROS 1
#include <ncursesw/curses.h>
#include <ncursesw/term.h>

#define TERMINFO_NAMES(X) \
	X(setupterm)      \
	X(tigetstr) X(tigetnum) X(set_curterm) X(del_curterm) X(cur_term)

static struct {
	TERMINFO_NAMES(LIBRARY_POINTER)
} terminfo;

/* A capability's string; terminfo answers -1 for a name that is none. */
static bool
has_string(const char *name)
{
	/* NOLINTNEXTLINE: tigetstr wants a char *, which it only reads */
	const char *value = terminfo.tigetstr((char *)(uintptr_t)name);

	return value != NULL && value != (const char *)-1;
}

void
terminal_look_up(struct terminal_facts *f)
{
	struct diag none = DIAG_INIT;
	TERMINAL *before, *own;
	int answer = 0, colours;
	char number[] = "colors";

	f->kind = TERMINAL_UNSET;
	if (f->term[0] == '\0')
		return;
	/* Without the library screen_open names it. */
	f->kind = TERMINAL_SCREEN;
	if (LIBRARY_LOAD(RUNG_LIBNCURSESW, TERMINFO_NAMES, terminfo, &none) !=
	    0)
		return;
	f->kind = TERMINAL_UNKNOWN;
	before = *terminfo.cur_term;
	/* "dumb" and "unknown" answer 0 (generic), yet they are in the book;
	 * neither moves a cursor. */
	if (terminfo.setupterm(f->term, 1, &answer) != OK) {
		if (strcmp(f->term, "dumb") == 0)
			f->kind = TERMINAL_DUMB;
		return;
	}
	f->kind = has_string("cup") && has_string("clear") ? TERMINAL_SCREEN
							   : TERMINAL_DUMB;
	colours = terminfo.tigetnum(number);
	f->colours = colours > 0 ? (unsigned)colours : 0;
	f->mouse = has_string("kmous");
	own = *terminfo.cur_term;
	terminfo.set_curterm(before);
	if (own != NULL)
		terminfo.del_curterm(own);
}
