/* A report as a file.  Text is for people, JSON and CSV for programs, HTML is
 * one page with its style and plots in it, SVG the plot of the delays. */
#ifndef INSPECT_REPORT_H
#define INSPECT_REPORT_H

#include "base/buf.h"
#include "draw/table.h"
#include "inspect/inspect.h"

/* Of so many calls text and page say what became of their media; so many
 * sentences text has of calls that did not go well; of so many nodes it says
 * the roles of each. */
#define REPORT_VERDICTS 100
#define REPORT_TROUBLES 20
#define REPORT_NODES    20

/* Of text: cells of a line; the matrix of clauses is wanted as well. */
struct report_look {
	size_t width;
	bool matrix;
};

/* Appends the report to OUT, which keeps an error. */
typedef void report_fn(
    const struct inspect *in, const struct report_look *look, struct buf *out);

#define X(name, fn) report_fn fn;

/* X(name, function) */
#define REPORT_FORMATS(X)      \
	X("txt", report_text)  \
	X("html", report_html) \
	X("json", report_json) \
	X("csv", report_csv)   \
	X("svg", report_svg)

REPORT_FORMATS(X)
#undef X

/* The function of the format NAME, or NULL. */
report_fn *report_format(struct str name);

/* The same as lines with styles, for a terminal. */
void report_doc(
    const struct inspect *in, const struct report_look *look, struct doc *d);
/* The table of clauses that are checked. */
void report_clauses(size_t width, struct buf *out);

/* ---- what several formats share ---- */

/* "T-R" */
void report_put_roles(unsigned roles, const char *between, struct buf *out);
/* "RFC 3261 17.1.1.3" */
void report_put_section(enum rule_id rule, struct buf *out);
/* "Findings: errors 1, warnings 0, remarks 2, meant 0" */
void report_put_counts(const struct inspect *in, struct buf *out);
/* A and B stand under one heading: the same rule, both meant or neither. */
bool report_same_clause(
    const struct inspect_finding *a, const struct inspect_finding *b);
/* The rule came up at least once. */
bool report_has(const struct inspect *in, enum rule_id rule);
/* "to be tried: --set …", or the result of that; V has a possible remedy. */
void report_put_remedy(const struct inspect_verdict *v, struct buf *out);

struct troubles_look;
/* How calls that did not go well are shown. */
struct troubles_look report_troubles_look(const struct inspect *in);

/* Fill T, which is empty: RFC 6076, what was measured in seconds; what share of
 * what. */
void report_delays(const struct inspect *in, struct table *t);
void report_ratios(const struct inspect *in, struct table *t);

#endif
