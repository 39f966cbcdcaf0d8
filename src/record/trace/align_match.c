/*
 * Which is which, from the large to the small: calls, then the exchanges of
 * calls that belong together, then the messages of exchanges; and which of
 * several alike items correspond.
 */
#include <stdlib.h>

#include "base/bisect.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "trace/align_in.h"
#include "trace/lcs.h"

/* An item to be matched: a call, an exchange or a message.  Items of one class
 * correspond by their place among those of that class. */
struct align_item {
	uint64_t class, sign;
	unsigned final; /* how an exchange ended */
	int64_t t;
	size_t index;
};

/* ---- which of several alike items correspond ---- */

/* Cells of a table; longer lists are aligned by their signs alone. */
#define CELLS_MOST (1 << 18)
#define SIGN_COST  INT64_C(1000000000)
#define END_COST   INT64_C(20000000000)
#define TIME_MOST  INT64_C(10000000000)

/* Order of items for qsort: by class, then by index. */
static int
align_by_class(const void *pa, const void *pb)
{
	const struct align_item *a = pa, *b = pb;

	if (a->class != b->class)
		return a->class < b->class ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

struct lists {
	const struct align_item *few, *many;
	size_t nfew, nmany, slack; /* slack: how many of MANY are left out */
	size_t *mate_few, *mate_many;
};

static void
pair(const struct lists *l, size_t few, size_t many)
{
	l->mate_few[l->few[few].index] = l->many[many].index;
	l->mate_many[l->many[many].index] = l->few[few].index;
}

static int64_t
cost(const struct align_item *a, const struct align_item *b)
{
	int64_t dt = a->t > b->t ? a->t - b->t : b->t - a->t;

	return (dt < TIME_MOST ? dt : TIME_MOST) +
	       (a->sign != b->sign ? SIGN_COST : 0) +
	       (a->final != b->final ? END_COST : 0);
}

/* best[i][s]: the least that the first i of FEW cost with s of MANY left out
 * up to there. */
static int
by_table(const struct lists *l)
{
	size_t w = l->slack + 1, s = l->slack;
	LOCAL_MEM int64_t *best = mem_zalloc((l->nfew + 1) * w, sizeof(*best));

	if (best == NULL)
		return ERR_NOMEM;
	for (size_t i = 1; i <= l->nfew; i++)
		for (size_t k = 0; k < w; k++) {
			int64_t here =
			    best[(i - 1) * w + k] +
			    cost(&l->few[i - 1], &l->many[i - 1 + k]);

			if (k > 0 && best[i * w + k - 1] <= here)
				here = best[i * w + k - 1];
			best[i * w + k] = here;
		}
	for (size_t i = l->nfew; i > 0; i--) {
		while (s > 0 && best[i * w + s] == best[i * w + s - 1])
			s--;
		pair(l, i - 1, i - 1 + s);
	}
	return 0;
}

/* By the signs, and what lies between by place. */
static int
by_signs(const struct lists *l)
{
	LOCAL_MEM uint64_t *keys =
	    mem_zalloc(l->nfew + l->nmany, sizeof(*keys));
	LOCAL_MEM size_t *match = mem_zalloc(l->nfew + 1, sizeof(*match));
	size_t i = 0, k = 0;
	int err = keys == NULL || match == NULL ? ERR_NOMEM : 0;

	for (size_t x = 0; x < l->nfew && err == 0; x++)
		keys[x] = l->few[x].sign;
	for (size_t x = 0; x < l->nmany && err == 0; x++)
		keys[l->nfew + x] = l->many[x].sign;
	if (err == 0)
		err = lcs_match(keys, l->nfew, keys + l->nfew, l->nmany, match);
	while (i < l->nfew && err == 0) {
		size_t end = i, stop = l->nmany;

		while (end < l->nfew && match[end] == LCS_NONE)
			end++;
		if (end < l->nfew)
			stop = match[end];
		while (i < end && k < stop)
			pair(l, i++, k++);
		if (end < l->nfew)
			pair(l, end, stop);
		i = end + 1;
		k = stop + 1;
	}
	return err;
}

static int
assign_class(const struct lists *l)
{
	if (l->slack > 0 && l->nfew + 1 > CELLS_MOST / (l->slack + 1))
		return by_signs(l);
	if (l->slack > 0)
		return by_table(l);
	for (size_t i = 0; i < l->nfew; i++)
		pair(l, i, i);
	return 0;
}

static size_t
class_length(const struct align_item *v, size_t n)
{
	size_t i = 0;

	while (i < n && v[i].class == v[0].class)
		i++;
	return i;
}

/*
 * Which of several alike items correspond: the third INVITE from alice to atl
 * in this call, say. For each of N_A, N_B items (sorted here, by class and
 * index) MATE_A[index] and MATE_B[index] are set where one was found. As many
 * in both correspond by their place. Else the shorter list is laid into the
 * longer one, in order, where that costs least: a sign that does not agree
 * costs as much as a second of difference in time, and another end (a
 * challenge, where the other was accepted) more than any time does. 0 or
 * ERR_NOMEM.
 */
static int
assign_items(struct align_item *a, size_t na, struct align_item *b, size_t nb,
    /* NOLINTNEXTLINE(readability-non-const-parameter): assign_class writes */
    size_t *mate_a, size_t *mate_b)
{
	size_t i = 0, j = 0;
	int err = 0;

	if (na > 0)
		qsort(a, na, sizeof(*a), align_by_class);
	if (nb > 0)
		qsort(b, nb, sizeof(*b), align_by_class);
	while (i < na && j < nb && err == 0) {
		size_t x = class_length(a + i, na - i);
		size_t y = class_length(b + j, nb - j);
		struct lists l = { a + i, b + j, x, y, y - x, mate_a, mate_b };

		if (x > y)
			l = (struct lists){ b + j, a + i, y, x, x - y, mate_b,
				mate_a };
		if (a[i].class == b[j].class)
			err = assign_class(&l);
		if (a[i].class <= b[j].class) {
			bool both = a[i].class == b[j].class;

			i += x;
			j += both ? y : 0;
		} else {
			j += y;
		}
	}
	return err;
}

int
align_growing(const size_t *v, size_t n, bool *in)
{
	LOCAL_MEM size_t *last = mem_zalloc(n + 1, sizeof(*last));
	LOCAL_MEM size_t *before = mem_zalloc(n + 1, sizeof(*before));
	size_t most = 0;
	int err = last == NULL || before == NULL ? ERR_NOMEM : 0;

	/* last[k]: where the row of length k + 1 with the least end ends. */
	for (size_t i = 0; i < n && err == 0; i++) {
		size_t k;

		in[i] = false;
		BISECT(k, 0, most, v[last[k]] < v[i]);
		before[i] = k > 0 ? last[k - 1] : ALIGN_NONE;
		last[k] = i;
		most = k == most ? most + 1 : most;
	}
	for (size_t i = err == 0 && most > 0 ? last[most - 1] : ALIGN_NONE;
	     i != ALIGN_NONE; i = before[i])
		in[i] = true;
	return err;
}

/* ---- the matching, from the large to the small ---- */

static uint64_t
align_match_mix(uint64_t h, uint64_t more)
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
		return align_match_mix(c->head, c->parties);
	return round == 1 ? c->head : align_match_mix(c->method, c->parties);
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
	LOCAL_MEM struct align_item *a = mem_zalloc(na + 1, sizeof(*a));
	LOCAL_MEM struct align_item *b = mem_zalloc(nb + 1, sizeof(*b));
	LOCAL_MEM size_t *mates = mem_zalloc(na + nb + 1, sizeof(*mates));
	int err = a == NULL || b == NULL || mates == NULL ? ERR_NOMEM : 0;

	for (size_t i = 0; i < na + nb && err == 0; i++)
		mates[i] = ALIGN_NONE;
	for (unsigned round = 0; round < 3 && err == 0; round++) {
		size_t la = list_calls(&m->a, round, a);
		size_t lb = list_calls(&m->b, round, b);

		err = assign_items(a, la, b, lb, mates, mates + na);
		for (size_t i = 0; i < na && err == 0; i++)
			m->a.calls[i].mate = mates[i];
		for (size_t i = 0; i < nb && err == 0; i++)
			m->b.calls[i].mate = mates[na + i];
	}
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
			.class = align_match_mix(
			    align_match_mix(
				align_match_mix(e->method, e->from), e->to),
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
	LOCAL_MEM struct align_item *a = mem_zalloc(most + 1, sizeof(*a));
	LOCAL_MEM struct align_item *b = mem_zalloc(most + 1, sizeof(*b));
	int err = a == NULL || b == NULL ? ERR_NOMEM : 0;

	if (err == 0)
		err = assign_items(
		    a, list(&m->a, a), b, list(&m->b, b), mate_a, mate_b);
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
align_match_list_messages(struct align_half *h, const struct align_exchange *e,
    bool back, size_t *which)
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
	size_t na = align_match_list_messages(&m->a, ea, back, s->a);
	size_t nb = align_match_list_messages(&m->b, eb, back, s->b);
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
			.class = align_match_mix(
			    align_match_mix(
				align_match_mix(align_token(msg), msg->from),
				msg->to),
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

/* Of one call from one node to another, or of all, the messages that break the
 * order. */
static int
find_moved_messages(struct align_making *m)
{
	size_t n = 0, total = m->al->a.n;
	LOCAL_MEM struct align_item *items =
	    mem_zalloc(total + 1, sizeof(*items));
	LOCAL_MEM size_t *v = mem_zalloc(total + 1, sizeof(*v));
	LOCAL_MEM bool *in = mem_zalloc(total + 1, sizeof(*in));
	int err = items == NULL || v == NULL || in == NULL ? ERR_NOMEM : 0;

	for (size_t i = 0; i < total && err == 0; i++) {
		const struct align_message *msg = &m->al->a.messages[i];

		if (m->a.mate[i] == ALIGN_NONE)
			continue;
		items[n].index = i;
		if (!m->o->order)
			items[n].class = align_match_mix(
			    align_match_mix(
				align_match_mix(1, msg->from), msg->to),
			    msg->call);
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
	return err;
}

/* A message of H that precedes its cause in the other trace has moved. */
static void
align_match_find_early(struct align_making *m, const struct align_half *h)
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
		align_match_find_early(m, &m->a);
		align_match_find_early(m, &m->b);
	}
	return err;
}
