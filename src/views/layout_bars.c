/*
 * States beside the lifelines.  Every transaction has a machine and showing
 * them all would hide the ladder; those are shown whose timers stand in it,
 * one for each column, since they are what the timer's reader asks about.
 */
#include "base/err.h"
#include "base/mem.h"
#include "views/layout_in.h"

/* The machine that a column shows, and the bar that is still open. */
struct shown {
	struct str id;      /* kept; empty: the column shows none */
	struct str machine; /* kept: a CANCEL shares the INVITE's id */
	size_t bar;         /* or LAYOUT_NONE */
};

/* Timer C is a proxy's, and watches over its INVITE client transaction. */
static struct str
machine_of(struct layout_making *m, const struct trace_rec *timer)
{
	struct str machine = trace_str(timer, "machine", &m->name);

	return machine.n > 0 ? machine : STR("ICT");
}

static int
choose(struct layout_making *m, struct shown *shown)
{
	for (size_t i = 0; i < m->l->nrows; i++) {
		const struct layout_row *r = &m->l->rows[i];
		struct trace_rec rec;
		int err;

		if (r->item != LAYOUT_TIMER || shown[r->from].id.n > 0)
			continue;
		trace_get(m->trace, r->seq, &rec);
		err = layout_keep(m->l->store, trace_str(&rec, "id", &m->name),
		    &shown[r->from].id);
		if (err == 0)
			err = layout_keep(m->l->store, machine_of(m, &rec),
			    &shown[r->from].machine);
		if (err != 0)
			return err;
	}
	return 0;
}

static int
enter(struct layout_making *m, const struct trace_rec *rec, struct shown *s,
    size_t column, size_t *cap)
{
	struct layout *l = m->l;
	struct layout_bar *bar;
	struct str to = trace_str(rec, "to", &m->name);
	int err;

	/* Timer A fires in calling and leaves it there. */
	if (s->bar != LAYOUT_NONE && str_eq(l->bars[s->bar].state, to))
		return 0;
	if (s->bar != LAYOUT_NONE)
		l->bars[s->bar].t_end = rec->t;
	s->bar = LAYOUT_NONE;
	if (to.n == 0 || str_iis(to, "terminated"))
		return 0;
	if (l->nbars == *cap) {
		size_t more = *cap ? 2 * *cap : 8;

		bar = mem_realloc_array(l->bars, more, sizeof(*bar));
		if (bar == NULL)
			return ERR_NOMEM;
		l->bars = bar;
		*cap = more;
	}
	bar = &l->bars[l->nbars];
	*bar = (struct layout_bar){ .column = column,
		.seq = rec->seq,
		.t = rec->t,
		.t_end = INT64_MAX };
	if ((err = layout_keep(l->store, to, &bar->state)) != 0)
		return err;
	err = layout_keep(
	    l->store, trace_str(rec, "machine", &m->name), &bar->machine);
	s->bar = l->nbars++;
	return err;
}

/* Bars lie within what the ladder shows. */
static void
trim(struct layout *l)
{
	int64_t first = INT64_MAX, last = 0;
	size_t n = 0;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		if (r->t < first)
			first = r->t;
		if (r->t > last)
			last = r->t;
		if (r->t_end > last)
			last = r->t_end;
	}
	for (size_t i = 0; i < l->nbars; i++) {
		struct layout_bar b = l->bars[i];

		if (b.t < first)
			b.t = first;
		if (b.t_end > last)
			b.t_end = last;
		if (b.t < b.t_end)
			l->bars[n++] = b;
	}
	l->nbars = n;
}

int
layout_bars_make(struct layout_making *m)
{
	struct shown *shown = mem_zalloc(m->l->ncolumns, sizeof(*shown));
	size_t cap = 0;
	int err;

	if (shown == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < m->l->ncolumns; i++)
		shown[i].bar = LAYOUT_NONE;
	err = choose(m, shown);
	for (uint64_t seq = 1; err == 0 && seq <= trace_count(m->trace);
	     seq++) {
		struct trace_rec rec;
		uintptr_t at;

		if (trace_kind_of(m->trace, seq) != TRACE_FSM)
			continue;
		trace_get(m->trace, seq, &rec);
		at = (uintptr_t)map_get(m->nodes, rec.node);
		if (at == 0 || shown[at - 1].id.n == 0 ||
		    !str_eq(trace_str(&rec, "id", &m->name), shown[at - 1].id))
			continue;
		if (!str_eq(trace_str(&rec, "machine", &m->name),
			shown[at - 1].machine))
			continue;
		err = enter(m, &rec, &shown[at - 1], at - 1, &cap);
	}
	mem_free(shown);
	if (err == 0)
		trim(m->l);
	return err;
}
