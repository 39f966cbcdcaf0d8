/*
 * What is told in the trace of a capture: which calls, and what happens in them
 * and around them, in the order of time.
 */
#include "inference/trace_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <stdlib.h>

/* Of one time packets come behind all else, then who hears them. */
static int
rank_of(const struct trace_event *e)
{
	return e->what < TRACE_PACKETS ? 0 : (int)e->what;
}

int
making_compare(const void *pa, const void *pb)
{
	const struct trace_event *a = pa, *b = pb;

	if (a->t != b->t)
		return a->t < b->t ? -1 : 1;
	if (rank_of(a) != rank_of(b))
		return rank_of(a) < rank_of(b) ? -1 : 1;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (int)a->what - (int)b->what;
}

void
making_sort(struct making *k)
{
	if (k->n > 1)
		qsort(k->events, k->n, sizeof(*k->events), making_compare);
}

int
making_add(struct making *k, struct trace_event e)
{
	if (ARRAY_ROOM(&k->events, &k->cap, k->n + 1) != 0)
		return ERR_NOMEM;
	k->events[k->n++] = e;
	return 0;
}

static bool
is_chosen(const struct making *k, size_t i)
{
	return k->o->ncalls == 0 || k->co->calls[k->co->m[i].call].chosen;
}

static bool
is_call(const struct correlation *co, uint32_t call)
{
	return call != 0 && call < co->ncalls &&
	       co->calls[call].first != CORRELATION_NONE;
}

/* The call with this Call-ID, else those whose Call-ID begins so. */
static bool
choose_call(struct making *k, struct str id)
{
	const struct correlation *co = k->co;
	uint32_t call = numbers_find(co->ids, id);
	bool any = is_call(co, call);

	if (any) {
		correlation_choose_call(k->co, call);
		return true;
	}
	for (call = 1; id.n > 0 && call < co->ncalls; call++) {
		struct str text = numbers_text(co->ids, call);

		if (!is_call(co, call) || text.n < id.n ||
		    !str_eq(str_slice(text, 0, id.n), id))
			continue;
		correlation_choose_call(k->co, call);
		any = true;
	}
	return any;
}

int
making_choose_calls(struct making *k)
{
	const struct correlation *co = k->co;
	bool any = k->o->ncalls == 0;

	for (size_t i = 0; i < co->ncalls; i++)
		co->calls[i].chosen = false;
	for (size_t i = 0; i < k->o->ncalls; i++)
		any |= choose_call(k, k->o->calls[i]);
	return any ? 0 : ERR_NOTFOUND;
}

bool
making_has_remark(const struct making *k, size_t i, int64_t *t)
{
	const struct correlation *co = k->co;
	const struct capture_remark *r = &co->src->remarks[i];
	uint32_t src = correlation_node_at(co, &r->src),
		 dst = correlation_node_at(co, &r->dst);

	*t = correlation_time(co, r->t);
	return r->kind != CAPTURE_ICMP && r->kind != CAPTURE_OTHER &&
	       src != CORRELATION_NONE && dst != CORRELATION_NONE &&
	       co->nodes[src].used && co->nodes[dst].used;
}

static int
look_at_chosen(const struct making *k, struct making_chosen *c)
{
	const struct correlation *co = k->co;

	*c = (struct making_chosen){ .from = INT64_MAX, .before = INT64_MIN };
	c->used = mem_zalloc(co->nnodes + 1, sizeof(*c->used));
	if (c->used == NULL)
		return ERR_NOMEM;
	for (uint32_t i = 0; i < co->n; i++) {
		const struct correlation_message *m = &co->m[i];

		if (!is_chosen(k, i))
			continue;
		c->used[m->src] = c->used[m->dst] = true;
		c->from = m->t < c->from ? m->t : c->from;
		c->to = m->t_last > c->to ? m->t_last : c->to;
	}
	for (uint32_t i = 0; i < co->n && co->m[i].t < c->from; i++)
		if (c->used[co->m[i].src] || c->used[co->m[i].dst])
			c->before = co->m[i].t;
	return 0;
}

/* Remarks about the nodes of chosen messages, while there were some; messages
 * of other protocols that serve them. */
static int
collect_remarks(struct making *k)
{
	const struct correlation *co = k->co;
	struct making_chosen c;
	int err = look_at_chosen(k, &c);

	for (uint32_t i = 0; err == 0 && i < co->src->nremarks; i++) {
		const struct capture_remark *r = &co->src->remarks[i];
		int64_t t;

		if (making_has_remark(k, i, &t) &&
		    c.used[correlation_node_at(co, &r->src)] &&
		    c.used[correlation_node_at(co, &r->dst)] &&
		    (k->o->ncalls == 0 || (t >= c.from && t <= c.to)))
			err = making_add(
			    k, (struct trace_event){ t, i, TRACE_LACKS });
	}
	if (err == 0)
		err = making_collect_others(k, k->o->ncalls > 0 ? &c : NULL);
	mem_free(c.used);
	return err;
}

static int
name_ends(struct making *k, const struct correlation_message *m)
{
	size_t nnodes = k->co->nnodes;

	if (ARRAY_ROOM(&k->named, &k->named_cap, nnodes) != 0)
		return ERR_NOMEM;
	for (; k->nnamed < nnodes; k->nnamed++)
		k->named[k->nnamed] = false;
	k->names += !k->named[m->src];
	k->named[m->src] = true;
	k->names += !k->named[m->dst];
	k->named[m->dst] = true;
	return 0;
}

/* Message I has left by UNTIL.  It arrives by then, or is on its way. */
static int
collect_arrival(struct making *k, uint32_t i, int64_t until)
{
	struct trace_event e = { k->co->m[i].t_last, i, TRACE_ARRIVES };

	if (e.t <= until)
		return making_add(k, e);
	if (ARRAY_ROOM(&k->on_way, &k->on_way_cap, k->non_way + 1) != 0)
		return ERR_NOMEM;
	k->on_way[k->non_way++] = i;
	return 0;
}

int
making_collect(struct making *k, int64_t until)
{
	const struct correlation *co = k->co;
	size_t waiting = k->non_way;
	int err = infer_make_room(k->f);

	/* Those that still are go back into the list, not behind its end. */
	k->non_way = 0;
	for (size_t i = 0; err == 0 && i < waiting; i++)
		err = collect_arrival(k, k->on_way[i], until);
	for (; err == 0 && k->collected < co->settled &&
	       co->m[k->collected].t <= until;
	     k->collected++) {
		uint32_t i = (uint32_t)k->collected;

		if (!is_chosen(k, i))
			continue;
		err = making_add(
		    k, (struct trace_event){ co->m[i].t, i, TRACE_LEAVES });
		if (err == 0)
			err = collect_arrival(k, i, until);
		if (err == 0)
			err = name_ends(k, &co->m[i]);
	}
	return err;
}

int
making_collect_all(struct making *k)
{
	const struct correlation *co = k->co;
	size_t most = (co->n + 2 * k->nmedia + co->src->nremarks) * 2;
	int err = ARRAY_ROOM(&k->events, &k->cap, most);

	if (err == 0)
		err = making_collect(k, INT64_MAX);
	if (err == 0)
		err = making_collect_media(k);
	return err == 0 ? collect_remarks(k) : err;
}
