/*
 * A plan of a lesson as a teacher writes and reads it: Markdown, of which each
 * step, a heading "### 10–30: Title", may end with what the page does there:
 *
 *	```step
 *	lab: direct-call
 *	moment: ACK@bob
 *	ask: Why is there an ACK here, and none after the BYE?
 *	vote: rung
 *	sheet: direct-call 1-3,5 blank
 *	figure: rung export --machine=ICT -o ict.svg
 *	```
 *
 * `moment` is a record's name (trace/record_name.h) or a filter, whose first
 *record it is; none: the beginning.  `vote` is `rung`, whose own question there
 *it is, or a question, below which each line "- …" is an option and "+ …" the
 * right one.  docs/LESSONS.md describes all of it.
 */
#ifndef LESSON_PLAN_H
#define LESSON_PLAN_H

#include "base/diag.h"
#include "base/str.h"

#define PLAN_SIZE_MAX    (256u << 10)
#define PLAN_STEPS_MAX   32
#define PLAN_OPTIONS_MAX 10
#define PLAN_LINES_MAX   64 /* sheets and figures of all steps */
#define PLAN_MINUTES_MAX 600

struct plan_step {
	unsigned from, to; /* minutes */
	struct str title;
	struct str text; /* Markdown */
	struct str lab, moment, ask, vote;
	struct str options[PLAN_OPTIONS_MAX];
	size_t noptions, right; /* from 1; 0: none */
};

/* A line of a step. */
struct plan_line {
	struct str text;
	size_t step; /* from 0 */
};

struct plan {
	struct str title, aim, wrong, homework; /* Markdown; may be empty */
	struct plan_step steps[PLAN_STEPS_MAX];
	size_t n;
	struct plan_line sheets[PLAN_LINES_MAX], figures[PLAN_LINES_MAX];
	size_t nsheets, nfigures;
};

/* Reads TEXT, which outlives P; FILE is for sentences.  A plan may have no
 * steps.  0 or D's error. */
int
plan_read(struct plan *p, struct str text, const char *file, struct diag *d);

/* What D says is said of FILE and the line of TEXT in which AT begins, where it
 * names no other. */
void plan_say_place(
    const char *file, struct str text, struct str at, struct diag *d);

#endif
