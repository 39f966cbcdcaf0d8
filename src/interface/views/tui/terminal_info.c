/*
 * What terminfo says of the terminal.  <term.h> makes macros of plain words:
 * it is included here and nowhere else.
 */
#include "views/tui/terminal.h"

#include <ncursesw/curses.h>
#include <ncursesw/term.h>

/* A capability's string; terminfo answers -1 for a name that is none. */
static bool
has_string(const char *name)
{
	/* NOLINTNEXTLINE: tigetstr wants a char *, which it only reads */
	const char *value = tigetstr((char *)(uintptr_t)name);

	return value != NULL && value != (const char *)-1;
}

void
terminal_look_up(struct terminal_facts *f)
{
	TERMINAL *before = cur_term, *own;
	int answer = 0, colours;
	char number[] = "colors";

	f->kind = TERMINAL_UNSET;
	if (f->term[0] == '\0')
		return;
	f->kind = TERMINAL_UNKNOWN;
	/* "dumb" and "unknown" answer 0 (generic), yet they are in the book;
	 * neither moves a cursor. */
	if (setupterm(f->term, 1, &answer) != OK) {
		if (strcmp(f->term, "dumb") == 0)
			f->kind = TERMINAL_DUMB;
		return;
	}
	f->kind = has_string("cup") && has_string("clear") ? TERMINAL_SCREEN
							   : TERMINAL_DUMB;
	colours = tigetnum(number);
	f->colours = colours > 0 ? (unsigned)colours : 0;
	f->mouse = has_string("kmous");
	own = cur_term;
	set_curterm(before);
	if (own != NULL)
		del_curterm(own);
}
