/* The way through a machine; see pictures/machines/machine_path.h. */
#include "pictures/machines/machine_path.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "pictures/machines/machines_view_in.h"

#include <string.h>

bool
machine_leads(
    const struct machine_edge *e, enum state_id from, enum state_id to)
{
	return e->from == from && e->to == to;
}

int
machine_path_init(struct machine_path *p, const struct machine *m)
{
	*p = (struct machine_path){ .m = m };
	p->taken = mem_zalloc(m->nedges, sizeof(*p->taken));
	p->open = mem_zalloc(m->nedges, sizeof(*p->open));
	return p->taken != NULL && p->open != NULL ? 0 : ERR_NOMEM;
}

void
machine_path_free(struct machine_path *p)
{
	mem_free(p->taken);
	mem_free(p->open);
	p->taken = p->open = NULL;
}

/* The machine of REC, a step of one; NULL where it is unknown. */
static const struct machine *
machine_of(const struct trace_rec *rec, struct buf *scratch)
{
	return machine_find(rec->kind == TRACE_FSM
				? trace_str(rec, "machine", scratch)
			    : rec->kind == TRACE_DIALOG ? STR("dialog")
							: STR("call"));
}

/* A dialog's record may tell of no step at all: only of another target. */
static bool
is_step(const struct trace_rec *rec, const struct machine_edge *e,
    struct buf *a, struct buf *b)
{
	return e != NULL || rec->kind != TRACE_DIALOG ||
	       !str_eq(trace_str(rec, "from", a), trace_str(rec, "to", b));
}

/* The first edge FROM … to where REC goes, which names no event itself. */
static const struct machine_edge *
first_between(const struct machine *m, const struct trace_rec *rec,
    struct str from, struct buf *scratch)
{
	const char *to = rec->kind == TRACE_CALL ? "state" : "to";

	if (trace_str(rec, "event", scratch).n > 0)
		return NULL;
	return machine_step(m, from, STR_NULL, trace_str(rec, to, scratch));
}

static void
take_path_step(struct machine_path *p, const struct trace *t,
    const struct trace_rec *rec, struct buf *a, struct buf *b)
{
	const struct machine_edge *e = machines_edge(t, p->m, rec->seq);
	const struct machine_edge *first;
	struct str from;

	if (!is_step(rec, e, a, b))
		return;
	p->steps++;
	from = trace_str(rec, "from", a);
	p->begun += from.n == 0 || str_is(from, state_word(p->m->start)) ||
		    str_is(from, "none");
	first = e == NULL ? first_between(p->m, rec, from, b) : NULL;
	if (e != NULL)
		p->taken[e - p->m->edges]++;
	else if (first != NULL)
		p->open[first - p->m->edges]++;
	else
		p->other++;
}

void
machine_paths_take(struct machine_path *paths, size_t n, const struct trace *t,
    const struct machine_path_options *o)
{
	struct buf a = BUF_INIT, b = BUF_INIT;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		enum trace_kind kind = trace_kind_of(t, seq);
		const struct machine *m;
		struct trace_rec rec;

		progress_count(
		    N_("following the machines"), seq, trace_count(t));
		if (kind != TRACE_FSM && kind != TRACE_DIALOG &&
		    kind != TRACE_CALL)
			continue;
		trace_get(t, seq, &rec);
		m = machine_of(&rec, &a);
		if (m == NULL ||
		    (o != NULL && o->keep != NULL && !o->keep(t, &rec, o->arg)))
			continue;
		for (size_t i = 0; i < n; i++)
			if (paths[i].m == m)
				take_path_step(&paths[i], t, &rec, &a, &b);
	}
	buf_free(&a);
	buf_free(&b);
}
