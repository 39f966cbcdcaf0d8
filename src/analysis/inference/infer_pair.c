/*
 * Pairs of calls: a node that is called and calls in its turn is two user
 * agents back to back (RFC 7092), where the second call is a leg of the first
 * (inference/correlation_legs.c) by what passes through such boxes.  That it
 * has but the same caller a moment later proves nothing.
 */
#include "inference/infer_call.h"
#include "inference/infer_usage.h"

struct infer_pair {
	struct infer_usage u;
	struct infer_call *calls[2]; /* the one that came, the one that it made
				      */
};

static bool
is_over(const struct infer *f, const struct infer_call *c)
{
	return machine_ends_in(f->call_machine, c->state);
}

/* What the record of a step says besides: the calls that there are. */
static void
put_calls(struct infer *f, const struct infer_usage *u)
{
	const struct infer_pair *p = (const struct infer_pair *)(const void *)u;
	static const char *const sides[] = { "first", "second" };

	for (int i = 0; i < 2; i++)
		if (p->calls[i] != NULL && !is_over(f, p->calls[i]))
			trace_put_str(
			    f->w, sides[i], infer_call_id(f, p->calls[i]));
}

/* CALL is the first of its legs, or a sign that proves it makes it one. */
static bool
is_proved(const struct correlation *co, uint32_t call)
{
	const struct correlation_call *c = &co->calls[call];

	return c->leg_of == 0 || c->by < CORRELATION_BY_PARTIES;
}

/* The call at C's node that C goes on with: one that came, lives, and is in no
 * pair. */
static struct infer_call *
find_first(struct infer *f, const struct infer_call *c)
{
	const struct correlation *co = f->co;
	uint32_t call = co->calls[c->dialogs.call].leg_of;

	if (!is_proved(co, c->dialogs.call))
		return NULL;
	if (call == 0)
		call = c->dialogs.call;
	/* Bounded, as at other_leg in infer.c. */
	for (unsigned n = 0; call != 0 && n < 8; n++) {
		struct infer_call *other =
		    infer_find_call(f, c->dialogs.node, call, false);

		if (call != c->dialogs.call && other != NULL &&
		    !is_over(f, other) && is_proved(co, call))
			return other;
		call = co->calls[call].leg;
	}
	return NULL;
}

/* "pbx/pair-1" */
static uint32_t
name_pair(struct infer *f, uint32_t node)
{
	buf_clear(&f->id);
	buf_printf(&f->id, "%s/pair-%u", f->co->nodes[node].name,
	    (unsigned)++f->npairs[node]);
	if (f->id.err != 0)
		f->err = f->id.err;
	return f->err == 0 ? infer_number(f, buf_view(&f->id)) : 0;
}

/* C has gone out; what came for it has come before. */
static void
begin_pair(struct infer *f, struct infer_call *c, int64_t t, uint64_t cause)
{
	struct infer_call *first = find_first(f, c);
	uint32_t node = c->dialogs.node;
	struct infer_pair *p;

	/* A second place is tried once the first has refused. */
	if (first == NULL ||
	    (first->pair != NULL && !is_over(f, first->pair->calls[1])))
		return;
	p = infer_usage_new(f,
	    (uint32_t[4]){
		INFER_PAIR, node, first->dialogs.call, c->dialogs.call },
	    sizeof(*p), "pair", node, c->dialogs.call);
	if (p == NULL)
		return;
	p->u.id = name_pair(f, node);
	p->u.put = put_calls;
	p->calls[0] = first;
	first->pair = c->pair = p;
	cause = infer_usage_step(f, &p->u, t, cause, EVENT_INVITE_RECEIVED, 0);
	p->calls[1] = c;
	infer_usage_step(f, &p->u, t, cause, EVENT_INVITE_SENT, 0);
}

void
infer_pair_stepped(
    struct infer *f, struct infer_call *c, int64_t t, uint64_t cause)
{
	struct infer_pair *p = c->pair;

	if (f->err != 0)
		return;
	if (p == NULL && c->caller && c->state == STATE_CALLING)
		begin_pair(f, c, t, cause);
	else if (p != NULL && is_over(f, c))
		infer_usage_step(f, &p->u, t, cause, EVENT_LEFT, 0);
	else if (p != NULL && c->caller && c->state == STATE_CONFIRMED &&
		 infer_usage_is_in(&p->u, STATE_SECOND))
		infer_usage_step(f, &p->u, t, cause, EVENT_2XX, 0);
}
