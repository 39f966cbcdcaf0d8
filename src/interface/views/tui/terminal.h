/*
 * What the terminal can do: what the locale, the environment and terminfo say
 * of it, and how wide it really draws the characters that rung draws with,
 * which only the terminal itself knows.  In some code pages of East Asia
 * lines and arrows take two cells, and a ladder drawn with them falls apart;
 * there rung draws in ASCII.  All of this happens before a screen is opened.
 */
#ifndef VIEWS_TUI_TERMINAL_H
#define VIEWS_TUI_TERMINAL_H

#include "base/diag.h"

/* The size that everything fits into, and the size below which nothing does. */
#define TERMINAL_COLUMNS       80
#define TERMINAL_ROWS          24
#define TERMINAL_COLUMNS_LEAST 40
#define TERMINAL_ROWS_LEAST    10

/* How long a terminal may take for its first answer. */
#define TERMINAL_WAIT_MS 300

enum terminal_kind {
	TERMINAL_UNSET,   /* there is no TERM */
	TERMINAL_UNKNOWN, /* terminfo has no such entry */
	TERMINAL_DUMB,    /* its cursor can't be moved */
	TERMINAL_SCREEN,  /* all that a screen needs */
};

/* Strings are borrowed from the environment. */
struct terminal_facts {
	bool in, out;         /* standard input, output: terminals? */
	bool someone;         /* one of these, or standard error, is */
	const char *variable; /* that names the locale; NULL: none is set */
	const char *locale;   /* its value; "C" where none is set */
	bool locale_known;    /* it is installed */
	bool utf8;            /* the locale's charset is UTF-8 */
	char charset[32];
	const char *term; /* $TERM; "" where there is none */
	enum terminal_kind kind;
	unsigned columns, rows; /* 0: unknown */
	unsigned colours;       /* 0: none */
	bool no_colour;         /* $NO_COLOR */
	bool mouse;
	/* Measured: cells of the widest line, of the widest arrow or mark, of a
	 * Chinese character; 0: not known. */
	unsigned line_cells, arrow_cells, wide_cells;
	char odd[8];   /* the first glyph that doesn't take one cell; "" */
	bool asked;    /* terminal_probe has asked */
	bool answered; /* and the terminal has answered */
};

/*
 * What can be known without a byte written.  Sets LC_CTYPE, for the whole
 * program, to what the environment says; where that names UTF-8 and is not
 * installed, to C.UTF-8, which does as well.
 */
void terminal_look(struct terminal_facts *f);

/* LC_CTYPE becomes UTF-8 in any way, for a user who has asked for Chinese;
 * false where the system has no such locale. */
bool terminal_use_utf8(void);

/*
 * Measures, on standard input and output: draws each glyph of draw/canvas.h
 * once and asks for the cursor's position (ECMA-48 8.3.35, DSR), then wipes it
 * away.  Waits WAIT_MS for the first answer, some more for the rest.  Signals
 * that would end or stop the program wait until the terminal is as it was.
 *
 * Keys that were struck before and meanwhile go into TYPED.  Where that is
 * NULL and keys are waiting, nothing is asked, so that none is lost.  Nothing
 * is asked either where there is no terminal or rung is in the background;
 * where the locale isn't UTF-8 only the Chinese character is tried.
 * An answer that comes too late looks like a key: CSI number ; number R.
 */
void
terminal_probe(struct terminal_facts *f, unsigned wait_ms, struct buf *typed);
/* The same on any two descriptors (tests). */
void terminal_probe_at(struct terminal_facts *f, int in, int out,
    unsigned wait_ms, struct buf *typed);

/* Whether it is worth asking before a screen is opened: where the language is
 * one of East Asia.  Elsewhere lines take one cell, and on a slow line asking
 * costs. */
bool terminal_worth_probing(const struct terminal_facts *f);

/* Draw in ASCII? */
bool terminal_wants_ascii(const struct terminal_facts *f);

/* Why no screen can be opened: 0, or D's error with a sentence that says what
 * to do. */
int terminal_check(const struct terminal_facts *f, struct diag *d);

/* What terminfo knows: kind, colours, mouse (terminal_look calls it). */
void terminal_look_up(struct terminal_facts *f);

#endif
