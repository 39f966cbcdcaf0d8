/*
 * The screen on a terminal: the one loop that waits for keys, for time to pass
 * and for a run to go on; none of these holds up another.
 */
#ifndef VIEWS_TUI_TUI_H
#define VIEWS_TUI_TUI_H

#include "draw/theme.h"
#include "views/menu/menu.h"
#include "views/tui/source.h"

struct tui_options {
	bool ascii;       /* no character outside ASCII */
	bool present;     /* for the lecture hall */
	bool tour;        /* begin with the tour */
	bool tasks;       /* begin at the tasks of the lab */
	enum theme theme; /* THEME_NONE: what suits the terminal */
	struct str typed; /* bytes of keys that were struck before */
};

/*
 * Takes the terminal over until the user leaves.  0; ERR_UNSUPPORTED where
 * there is no terminal for it; D's error.  However it ends, the terminal is as
 * it was.  *ENDED (may be NULL) is the signal that ended it, or 0.
 */
int tui_run(const struct play_source *src, const struct tui_options *o,
    int *ended, struct diag *d);

/* Lets the user choose from M, m->chosen: MENU_NONE where it was left.  0 or
 * D's error. */
int tui_menu(struct menu *m, const struct tui_options *o, struct diag *d);

#endif
