/*
 * What the doctor finds, a line each: a mark, what was looked at, what is the
 * case; and below what is wrong one line with what to do.
 */
#ifndef CLI_DOCTOR_IN_H
#define CLI_DOCTOR_IN_H

#include "draw/doc.h"
#include "views/tui/terminal.h"

enum doctor_mark {
	DOCTOR_FINE,
	DOCTOR_NOTE,  /* play runs, and something is missing */
	DOCTOR_WRONG, /* play can't run */
};

struct doctor {
	struct terminal_facts facts;
	struct doc out;
	size_t width;
	const char *label;  /* of the present line */
	size_t label_cells; /* of the widest one */
	bool ascii;
	unsigned notes, wrong;
};

/* The fact of the present line. */
void doctor_say(struct doctor *d, enum doctor_mark mark, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* What to do about it. */
void doctor_remedy(struct doctor *d, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* One line each, in cli/doctor_terminal.c and cli/doctor_place.c. */
void doctor_locale(struct doctor *d);
void doctor_language(struct doctor *d);
void doctor_ends(struct doctor *d);
void doctor_term(struct doctor *d);
void doctor_size(struct doctor *d);
void doctor_colours(struct doctor *d);
void doctor_lines(struct doctor *d);
void doctor_arrows(struct doctor *d);
void doctor_chinese(struct doctor *d);
void doctor_mouse(struct doctor *d);
void doctor_labs(struct doctor *d);
void doctor_here(struct doctor *d);
void doctor_state(struct doctor *d);
void doctor_editor(struct doctor *d);

#endif
