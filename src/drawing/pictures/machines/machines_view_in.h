/* Shared by the files of the machines' pane. */
#ifndef PICTURES_MACHINES_MACHINES_VIEW_IN_H
#define PICTURES_MACHINES_MACHINES_VIEW_IN_H

#include "pictures/machines/machines_view.h"

/* One line of the list. */
struct machines_entry {
	const struct machine *m; /* NULL: unknown to the vocabulary */
	struct str node, name, id, state;
	const struct state_at_transaction *tr; /* where it is one that lives */
	const struct state_at_dialog *dialog;
	const struct state_at_call *call;
	uint64_t first, last;
	int64_t since;
	bool ended; /* by the record at the position */
};

struct machines_walk {
	const struct machines_view *v;
	struct str node;
	struct machines_entry ended; /* its node is empty where there is none */
	const struct machine *dialog, *call;
	int stage;
	size_t at;
	struct buf scratch; /* what the ended one's slices point into */
};

/* Begins a walk over the entries in the order of the list.  Entries last as
 * long as the walk. */
void
machines_walk_begin(struct machines_walk *w, const struct machines_view *v);
bool machines_walk_next(struct machines_walk *w, struct machines_entry *e);
void machines_walk_end(struct machines_walk *w);

/* The node whose machines are shown. */
struct str machines_node(const struct machines_view *v);
/* Which of the entries is drawn. */
size_t machines_find(const struct machines_view *v, size_t count);

/* machines_view_steps.c: the edge that record SEQ, a step of M, took; NULL
 * where the table has none, or more than one that could be meant. */
const struct machine_edge *
machines_edge(const struct trace *t, const struct machine *m, uint64_t seq);
/* The rule that record SEQ names; NULL where it names none that is known. */
const struct rule *machines_rule(const struct trace *t, uint64_t seq);
/* The method of transaction E; empty where E is none, or its method is not
 * known.  A slice of the trace or of SCRATCH. */
struct str machines_method(const struct machines_view *v,
    const struct machines_entry *e, struct buf *scratch);
/* Whether TIMER, set at the position's time, had been set before. */
bool machines_rearmed(
    const struct machines_view *v, const struct state_at_timer *timer);
/* TIMER is E's. */
bool machines_owns(
    const struct machines_entry *e, const struct state_at_timer *timer);

#endif
