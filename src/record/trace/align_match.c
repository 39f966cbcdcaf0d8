/*
 * Which is which, from the large to the small: calls, then the exchanges of
 * calls that belong together, then the messages of exchanges that do.  Then
 * what came in another order.
 */
#include "trace/align_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "trace/lcs.h"

#include <stdlib.h>

static uint64_t
mix(uint64_t h, uint64_t more)
{
	h ^= more + UINT64_C(0x9e3779b97f4a7c15) + (h << 6) + (h >> 2);
	h *= UINT64_C(0xff51afd7ed558ccd);
	return h ^ h >> 33;
}

/* ---- calls ---- */

/* Calls of the same class correspond; the first round's class is the surest. */
static uint64_t
class_of_call(const struct align_call *c, unsigned round)
{
	if (round == 0)
		return mix(c->head, c->parties);
	return round == 1 ? c->head : mix(c->method, c->parties);
}

static size_t
list_calls(const struct align_half *h, unsigned round, struct align_item *items)
{
	size_t n = 0;

	for (size_t i = 0; i < h->side->ncalls; i++) {
		const struct align_call *c = &h->calls[i];

		if (c->mate == ALIGN_NONE)
			items[n++] = (struct align_item){
				.class = class_of_call(c, round),
				.sign = c->sign,
				.t = c->t,
				.index = i,
			};
	}
	return n;
}

static int
match_calls(struct align_making *m)
{
	size_t na = m->al->a.ncalls, nb = m->al->b.ncalls;
	struct align_item *a = mem_zalloc(na + 1, sizeof(*a));
	struct align_item *b = mem_zalloc(nb + 1, sizeof(*b));
	size_t *mates = mem_zalloc(na + nb + 1, sizeof(*mates));
	int err = a == NULL || b == NULL || mates == NULL ? ERR_NOMEM : 0;

	for (size_t i = 0; i < na + nb && err == 0; i++)
		mates[i] = ALIGN_NONE;
	for (unsigned round = 0; round < 3 && err == 0; round++) {
		size_t la = list_calls(&m->a, round, a);
		size_t lb = list_calls(&m->b, round, b);

		err = align_assign(a, la, b, lb, mates, mates + na);
		for (size_t i = 0; i < na && err == 0; i++)
			m->a.calls[i].mate = mates[i];
		for (size_t i = 0; i < nb && err == 0; i++)
			m->b.calls[i].mate = mates[na + i];
	}
	mem_free(a);
	mem_free(b);
	mem_free(mates);
	return err;
}

/* ---- exchanges ---- */

/* Exchanges of calls with a counterpart; their class has the number of the call
 * in A. */
static size_t
list_exchanges(const struct align_half *h, struct align_item *items)
{
	size_t n = 0;

	for (size_t i = 0; i < h->nexchanges; i++) {
		const struct align_exchange *e = &h->exchanges[i];
		size_t mate = h->calls[e->call].mate;

		if (mate == ALIGN_NONE)
			continue;
		items[n++] = (struct align_item){
			.class = mix(mix(mix(e->method, e->from), e->to),
			    h->is_b ? mate : e->call),
			.sign = e->sign,
			.final = e->final,
			.t = e->t,
			.index = i,
		};
	}
	return n;
}

typedef size_t list_fn(const struct align_half *h, struct align_item *items);

/* What LIST gives of each half, MOST items of one half and fewer. */
static int
match_items(struct align_making *m, list_fn *list, size_t most, size_t *mate_a,
    size_t *mate_b)
{
	struct align_item *a = mem_zalloc(most + 1, sizeof(*a));
	struct align_item *b = mem_zalloc(most + 1, sizeof(*b));
	int err = a == NULL || b == NULL ? ERR_NOMEM : 0;

	if (err == 0)
		err = align_assign(
		    a, list(&m->a, a), b, list(&m->b, b), mate_a, mate_b);
	mem_free(a);
	mem_free(b);
	return err;
}

static int
match_exchanges(struct align_making *m)
{
	size_t na = m->a.nexchanges, nb = m->b.nexchanges;

	return match_items(
	    m, list_exchanges, na > nb ? na : nb, m->a.ex_mate, m->b.ex_mate);
}

/* ---- messages ---- */

/* The tokens of E's messages that go one way, and which messages they are. */
static size_t
list_messages(struct align_half *h, const struct align_exchange *e, bool back,
    size_t *which)
{
	size_t n = 0;

	for (size_t i = e->first; i < e->first + e->n; i++) {
		const struct align_message *msg =
		    &h->side->messages[h->order[i]];

		if ((msg->status != 0) != back)
			continue;
		h->tokens[n] = align_token(msg);
		which[n++] = h->order[i];
	}
	return n;
}

struct messages {
	size_t *a, *b, *match; /* scratch, as long as the exchanges */
};

/* A message without a counterpart at its place may have one elsewhere in the
 * exchange. */
static void
match_rest(
    struct align_making *m, const struct messages *s, size_t na, size_t nb)
{
	size_t from = 0;

	for (size_t i = 0; i < na; i++) {
		if (m->a.mate[s->a[i]] != ALIGN_NONE)
			continue;
		while (from < nb && m->b.mate[s->b[from]] != ALIGN_NONE)
			from++;
		/* A bound, for exchanges of thousands of messages. */
		for (size_t j = from; j < nb && j < from + 64; j++)
			if (m->b.mate[s->b[j]] == ALIGN_NONE &&
			    m->a.tokens[i] == m->b.tokens[j]) {
				m->a.mate[s->a[i]] = s->b[j];
				m->b.mate[s->b[j]] = s->a[i];
				break;
			}
	}
}

static int
match_way(struct align_making *m, const struct align_exchange *ea,
    const struct align_exchange *eb, bool back, const struct messages *s)
{
	size_t na = list_messages(&m->a, ea, back, s->a);
	size_t nb = list_messages(&m->b, eb, back, s->b);
	int err = lcs_match(m->a.tokens, na, m->b.tokens, nb, s->match);

	for (size_t i = 0; i < na && err == 0; i++) {
		if (s->match[i] == LCS_NONE)
			continue;
		m->a.mate[s->a[i]] = s->b[s->match[i]];
		m->b.mate[s->b[s->match[i]]] = s->a[i];
	}
	if (err == 0)
		match_rest(m, s, na, nb);
	return err;
}

static int
match_messages(struct align_making *m)
{
	struct messages s = {
		.a = mem_zalloc(m->al->a.n + 1, sizeof(size_t)),
		.b = mem_zalloc(m->al->b.n + 1, sizeof(size_t)),
		.match = mem_zalloc(m->al->a.n + 1, sizeof(size_t)),
	};
	int err = s.a == NULL || s.b == NULL || s.match == NULL ? ERR_NOMEM : 0;

	for (size_t i = 0; i < m->a.nexchanges && err == 0; i++) {
		size_t mate = m->a.ex_mate[i];

		progress_count(N_("aligning the messages"), i, m->a.nexchanges);
		if (mate == ALIGN_NONE)
			continue;
		err = match_way(
		    m, &m->a.exchanges[i], &m->b.exchanges[mate], false, &s);
		if (err == 0)
			err = match_way(m, &m->a.exchanges[i],
			    &m->b.exchanges[mate], true, &s);
	}
	mem_free(s.a);
	mem_free(s.b);
	mem_free(s.match);
	return err;
}

/* Messages without a counterpart in their exchange, of calls that have one. */
static size_t
list_alone(const struct align_half *h, struct align_item *items)
{
	size_t n = 0;

	for (size_t i = 0; i < h->side->n; i++) {
		const struct align_message *msg = &h->side->messages[i];
		size_t mate = h->calls[msg->call].mate;

		if (mate == ALIGN_NONE || h->mate[i] != ALIGN_NONE)
			continue;
		items[n++] = (struct align_item){
			.class =
			    mix(mix(mix(align_token(msg), msg->from), msg->to),
				h->is_b ? mate : msg->call),
			.t = msg->t - h->calls[msg->call].t,
			.index = i,
		};
	}
	return n;
}

/* A response whose branch is not its request's, say: that is a difference of
 * fields. */
static int
match_alone(struct align_making *m)
{
	size_t na = m->al->a.n, nb = m->al->b.n;

	return match_items(
	    m, list_alone, na > nb ? na : nb, m->a.mate, m->b.mate);
}

/* ---- order ---- */

static void
set_moved(struct align_making *m, size_t a)
{
	m->a.moved[a] = true;
	m->b.moved[m->a.mate[a]] = true;
}

/* Of one call from one node to another, or all, those that break the order. */
static int
find_moved_messages(struct align_making *m)
{
	size_t n = 0, total = m->al->a.n;
	struct align_item *items = mem_zalloc(total + 1, sizeof(*items));
	size_t *v = mem_zalloc(total + 1, sizeof(*v));
	bool *in = mem_zalloc(total + 1, sizeof(*in));
	int err = items == NULL || v == NULL || in == NULL ? ERR_NOMEM : 0;

	for (size_t i = 0; i < total && err == 0; i++) {
		const struct align_message *msg = &m->al->a.messages[i];

		if (m->a.mate[i] == ALIGN_NONE)
			continue;
		items[n].index = i;
		if (!m->o->order)
			items[n].class =
			    mix(mix(mix(1, msg->from), msg->to), msg->call);
		n++;
	}
	if (err == 0 && n > 0)
		qsort(items, n, sizeof(*items), align_by_class);
	for (size_t i = 0, end; i < n && err == 0; i = end) {
		for (end = i; end < n && items[end].class == items[i].class;
		     end++)
			v[end - i] = m->a.mate[items[end].index];
		err = align_growing(v, end - i, in);
		for (size_t k = i; k < end && err == 0; k++)
			if (!in[k - i])
				set_moved(m, items[k].index);
	}
	mem_free(items);
	mem_free(v);
	mem_free(in);
	return err;
}

/* A message of H that precedes its cause in the other trace has moved. */
static void
find_early(struct align_making *m, const struct align_half *h)
{
	for (size_t i = 0; i < h->side->n; i++) {
		uint32_t cause = h->side->messages[i].cause;

		if (cause == 0 || h->mate[i] == ALIGN_NONE ||
		    h->mate[cause - 1] == ALIGN_NONE || h->moved[cause - 1] ||
		    h->mate[cause - 1] < h->mate[i])
			continue;
		set_moved(m, h->is_b ? h->mate[i] : i);
	}
}

int
align_match(struct align_making *m)
{
	int err = match_calls(m);

	if (err == 0 && m->o->call != NULL)
		err = align_choose_call(m);
	if (err == 0)
		err = match_exchanges(m);
	if (err == 0)
		err = match_messages(m);
	if (err == 0)
		err = match_alone(m);
	if (err == 0)
		err = find_moved_messages(m);
	if (err == 0) {
		find_early(m, &m->a);
		find_early(m, &m->b);
	}
	return err;
}
