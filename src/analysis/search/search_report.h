/*
 * The report of a search, what it has found: its cases by what became of them,
 * each kind with its number and its smallest example.
 */
#ifndef SEARCH_SEARCH_REPORT_H
#define SEARCH_SEARCH_REPORT_H

#include "draw/table.h"
#include "search/search.h"

/* Cases of which the same became: the same outcome, mended by the same timer,
 * given up by the same node with the same status, or the same invariant
 * broken by the same hole of the protocol. */
struct search_group {
	struct verdict v; /* of the example */
	size_t example;   /* the case with the fewest faults, of these that with
			     the fewest messages, of these the first */
	unsigned weight;  /* of its faults */
	size_t n, spared; /* cases, and those of them that were not run */
	int64_t later_ns; /* at most */
};

struct search_report {
	const struct search *s; /* borrowed */
	struct search_group *groups;
	size_t n, cap;
	size_t cases, known, spared[SPARED_COUNT];
};

/* Free R in any case.  0 or ERR_NOMEM. */
int search_report_make(struct search_report *r, const struct search *s);
void search_report_free(struct search_report *r);

/* "timer ICT A", "alice, 408", the words of invariant and hole; may be empty.
 */
void search_put_how(
    const struct search *s, const struct verdict *v, struct buf *out);
/* What it has cost, " +0.500 s, timer ICT A"; may be empty.  Returns the bytes
 * of how much later it was. */
size_t search_put_cost(
    const struct search *s, const struct verdict *v, struct buf *out);
/* The verdict on the loss of the message that record SEND of the run without
 * faults sends, or NULL where it was not tried. */
const struct verdict *search_tell_loss(const struct search *s, uint64_t send);
/* The next crash of a node right behind a record of the run without faults, *AT
 * being 0 at first: *NODE, its verdict (NULL: not tried), the time *T from
 * which it holds, and the time *END of the node's next one.  False behind the
 * last. */
bool search_tell_crash(const struct search *s, size_t *at, uint32_t *node,
    const struct verdict **v, int64_t *t, int64_t *end);
/* The acts of case I, "9:message.drop 41:bob.crash"; in front of each BEFORE.
 * 0, ERR_NOMEM or D's error. */
int search_put_acts(const struct search *s, size_t i, const char *before,
    struct buf *out, struct diag *d);

/* A line for each group; programs get other heads, and nanoseconds.  0 or D's
 * error. */
int search_report_table(const struct search_report *r, bool programs,
    struct table *t, struct diag *d);
/* How many cases there are, and how many were not run, a line; with what the
 * run without faults breaks already, a line each. */
void search_report_head(const struct search_report *r, struct buf *out);
/* Describes the broken invariants: each one's sentence and section, and how to
 * see the smallest example by WORDS, which name the file and the command;
 * several lines each.  0 or D's error. */
int search_report_broken(const struct search_report *r, const char *words,
    struct buf *out, struct diag *d);
/* All of it for people, with the table T of R; may end where it is to be shown
 * in a terminal: names are untrusted.  0 or D's error. */
int search_report_text(const struct search_report *r, const struct table *t,
    const char *words, struct buf *out, struct diag *d);
int search_report_json(
    const struct search_report *r, struct buf *out, struct diag *d);

/* ---- shared by the files of a search's report: words for its cases ---- */

/* "goal 2"; its text, "" where it has none. */
void search_put_goal(unsigned goal, struct buf *out);
const char *search_goal_text(const struct search *s, unsigned goal);
/* "+0.5 s", nothing for 0; for programs the nanoseconds. */
void search_put_later(int64_t ns, bool programs, struct buf *out);
/* It is broken, and no row of the holes explains it. */
bool search_is_unexplained(const struct verdict *v);

#endif
