/*
 * For tests that use the screen as a person does: keys in, a grid out, no
 * terminal.
 */
#ifndef PLAY_DRIVER_H
#define PLAY_DRIVER_H

#include "cli/play_lab.h"
#include "cli/play_source.h"
#include "views/tui/play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct driver {
	struct session *s;
	struct engine *e;    /* of S */
	struct cli_lab *lab; /* its tasks; NULL where nobody asks for them */
	struct play_source src;
	struct play *p;
	struct grid g;
	struct buf text;
};

void driver_close(struct driver *v);

/* Until nothing is left to do. */
void driver_settle(struct driver *v);

/* The screen of W × H for V's source. */
bool driver_show(struct driver *v, const char *file, size_t w, size_t h);

/* FILE on a screen of W × H; false, with a word, where it can't be opened. */
bool driver_open(struct driver *v, const char *file, size_t w, size_t h);
void driver_resize(struct driver *v, size_t w, size_t h);

/* KEYS by name with spaces between; a word that is no key's name is typed. */
void driver_press(struct driver *v, const char *keys);

/* The screen as text, until the next call. */
const char *driver_screen(struct driver *v);

/* TEXT is on the screen; if not, the screen is printed. */
bool driver_shows(struct driver *v, const char *text);

#endif
