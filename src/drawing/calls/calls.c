/*
 * The list of calls: making it in one pass over the `send` records, looking at
 * it, rows from elsewhere, its order.  What one record does to it is in
 * calls_take.c, how a call stood at a position in calls_moments.c.
 */
#include "calls/calls.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "calls/calls_in.h"
#include "trace/reader.h"

const char *
calls_state_word(enum calls_state s)
{
	static const char *const words[] = {
#define X(id, name, word, style) word,
		CALLS_STATES(X)
#undef X
	};

	return i18n_text(words[s]);
}

const char *
calls_state_name(unsigned s)
{
	static const char *const names[] = {
#define X(id, name, word, style) name,
		CALLS_STATES(X)
#undef X
	};

	return s < CALLS_STATE_COUNT ? names[s] : NULL;
}

enum calls_state
calls_state_find(struct str name)
{
	unsigned s = 0;

	while (s < CALLS_STATE_COUNT && !str_is(name, calls_state_name(s)))
		s++;
	return (enum calls_state)s;
}

int
calls_create(struct calls **out)
{
	struct calls *c = mem_zalloc(1, sizeof(*c));

	*out = NULL;
	if (c == NULL)
		return ERR_NOMEM;
	if (map_create(&c->known) != 0 || map_create(&c->names) != 0 ||
	    map_create(&c->store) != 0 ||
	    related_calls_create(&c->related) != 0) {
		calls_destroy(c);
		return ERR_NOMEM;
	}
	*out = c;
	return 0;
}

void
calls_destroy(struct calls *c)
{
	if (c == NULL)
		return;
	map_destroy(c->known);
	map_destroy(c->names);
	map_destroy(c->store);
	related_calls_destroy(c->related);
	mem_free(c->rows);
	mem_free(c->moments);
	mem_free(c->nodes);
	sent_message_free(&c->m);
	buf_free(&c->text);
	mem_free(c);
}

bool
calls_extend(struct calls *c, const struct trace *t, uint64_t max)
{
	uint64_t count = trace_count(t);

	c->err = 0;
	for (; max > 0 && c->position < count; max--) {
		c->err = calls_take(c, t, c->position + 1);
		if (c->err != 0)
			return false;
		c->position++;
		c->now = trace_time_of(t, c->position);
	}
	return c->position < count;
}

/* ---- looking at it ---- */

int
calls_error(const struct calls *c)
{
	return c->err;
}

const uint32_t *
calls_served_by(const struct calls *c, const struct calls_row *row)
{
	return related_calls_counts(c->related, row->call_id);
}

size_t
calls_count(const struct calls *c)
{
	return c->nrows;
}

const struct calls_row *
calls_row(const struct calls *c, size_t row)
{
	return &c->rows[row];
}

size_t
calls_find(const struct calls *c, struct str call_id)
{
	return (size_t)(uintptr_t)map_get(c->known, call_id) - 1;
}

size_t
calls_in_state(const struct calls *c, enum calls_state s)
{
	return c->in_state[s];
}

uint64_t
calls_position(const struct calls *c)
{
	return c->position;
}

void
calls_put_summary_at(
    const struct calls *c, const struct calls_look *look, struct buf *out)
{
	size_t in_state[CALLS_STATE_COUNT] = { 0 }, begun = 0;

	for (size_t i = 0; i < c->nrows; i++) {
		struct calls_then then;

		/* Most are over, or have not begun. */
		if (c->rows[i].first > look->position)
			continue;
		calls_then(c, &c->rows[i], look, &then);
		begun += then.begun;
		in_state[then.state] += then.begun;
	}
	buf_printf(out, _("Calls: %zu"), begun);
	for (int s = 0; s < CALLS_STATE_COUNT; s++)
		if (in_state[s] > 0)
			buf_printf(out, _("; %s: %zu"),
			    calls_state_word((enum calls_state)s), in_state[s]);
	if (begun < c->nrows && !look->past)
		buf_printf(out, _("; not begun yet: %zu"), c->nrows - begun);
}

/* ---- rows from elsewhere: of calls whose trace would be too large ---- */

static enum calls_state
calls_find_state(const struct calls_given *g)
{
	bool invite = str_is(g->method, "INVITE");
	enum calls_state state = invite ? CALLS_CALLING : CALLS_WAITING;

	if (g->ended)
		return CALLS_COMPLETED;
	if (g->talk_from >= 0)
		return CALLS_IN_CALL;
	if (g->cancelled && g->status < 200)
		return CALLS_CANCELLED;
	(void)calls_answer(invite, g->status, &state);
	return state;
}

static void
calls_fill_in(
    struct calls *c, struct calls_row *row, const struct calls_given *g)
{
	calls_enter(c, row, calls_find_state(g));
	row->first = row->last = c->nrows;
	row->t = g->t;
	row->t_last = g->t_last;
	row->asked = g->asked;
	row->told = g->told;
	row->status = g->result;
	row->talk_from = g->talk_from;
	row->talk_to = g->talk_to;
	row->messages = g->messages;
	row->retx = g->retx;
	if (g->t_last > c->now)
		c->now = g->t_last;
}

int
calls_give(struct calls *c, const struct calls_given *g)
{
	uint32_t nodes[CALLS_NODES];
	struct calls_row *row;
	size_t n = g->nnodes < CALLS_NODES ? g->nnodes : CALLS_NODES;
	int err = 0;

	for (size_t i = 0; err == 0 && i < n; i++)
		err = calls_number_node(c, str_of(g->nodes[i]), &nodes[i]);
	if (err == 0)
		err = calls_new_row(
		    c, g->call_id, g->method, g->from, g->to, &row);
	if (err != 0)
		return err;
	if ((err = map_keep(c->store, g->reason, &row->reason)) != 0 ||
	    (err = map_keep(c->store, g->of_call, &row->of_call)) != 0)
		return err;
	c->given = true;
	calls_fill_in(c, row, g);
	for (size_t i = 0; i < n; i++)
		calls_add_node(c, row, nodes[i]);
	/* One more than are kept stands for all others. */
	if (g->more && n == CALLS_NODES)
		row->nnodes = CALLS_NODES + 1;
	return 0;
}

int
calls_serve(struct calls *c, const struct trace *t)
{
	return related_calls_read(c->related, t, trace_count(t));
}

/* ---- its order ---- */

/* Name by name. */
static int
compare_nodes(
    const struct calls *c, const struct calls_row *a, const struct calls_row *b)
{
	for (size_t i = 0; i < CALLS_NODES; i++) {
		int order;

		if (i >= a->nnodes || i >= b->nnodes)
			return (a->nnodes > i) - (b->nnodes > i);
		if (a->nodes[i] == b->nodes[i])
			continue;
		order = str_cmp(calls_node(c, a, i), calls_node(c, b, i));
		if (order != 0)
			return order;
	}
	return 0;
}

static int
calls_compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
compare_rows(enum calls_column by, const struct calls *c,
    const struct calls_row *a, const struct calls_row *b)
{
	switch (by) {
	case CALLS_BY_TIME:
		return calls_compare_numbers(
		    (int64_t)a->first, (int64_t)b->first);
	case CALLS_BY_METHOD:
		return str_cmp(a->method, b->method);
	case CALLS_BY_FROM:
		return str_cmp(a->from, b->from);
	case CALLS_BY_TO:
		return str_cmp(a->to, b->to);
	case CALLS_BY_STATE:
		return calls_compare_numbers(
		    calls_state_of(c, a), calls_state_of(c, b));
	case CALLS_BY_DELAY:
		return calls_compare_numbers(calls_delay(a), calls_delay(b));
	case CALLS_BY_TALK:
		return calls_compare_numbers(
		    calls_talk(c, a), calls_talk(c, b));
	case CALLS_BY_MESSAGES:
		return calls_compare_numbers(a->messages, b->messages);
	case CALLS_BY_AGAIN:
		return calls_compare_numbers(a->retx, b->retx);
	case CALLS_BY_RESULT:
		return calls_result(c, a) != calls_result(c, b)
			   ? calls_compare_numbers(
				 calls_result(c, a), calls_result(c, b))
			   : str_cmp(a->reason, b->reason);
	case CALLS_BY_NODES:
		return compare_nodes(c, a, b);
	default:
		return str_cmp(a->call_id, b->call_id);
	}
}

/* FROM … before END is two sorted parts; from MID on the second. */
static void
calls_merge(const struct calls *c, enum calls_column by, bool down,
    const uint32_t *rows, size_t from, size_t mid, size_t end, uint32_t *out)
{
	size_t a = from, b = mid;

	for (size_t i = from; i < end; i++) {
		int order = a == mid ? 1 : b == end ? -1 : 0;

		if (order == 0) {
			order = compare_rows(by, c, calls_row(c, rows[a]),
			    calls_row(c, rows[b]));
			if (down)
				order = -order;
		}
		out[i] = order > 0 ? rows[b++] : rows[a++];
	}
}

/* A merge sort: of rows sorted by state and then by time, those of one time
 * are in the order of their states. */
int
calls_sort(const struct calls *c, enum calls_column by, bool down,
    uint32_t *order, size_t n)
{
	uint32_t *other, *from = order, *to;

	if (n < 2)
		return 0;
	other = mem_realloc_array(NULL, n, sizeof(*other));
	if (other == NULL)
		return ERR_NOMEM;
	to = other;
	for (size_t half = 1; half < n; half *= 2) {
		uint32_t *done = to;

		for (size_t i = 0; i < n; i += 2 * half)
			calls_merge(c, by, down, from, i,
			    i + half < n ? i + half : n,
			    i + 2 * half < n ? i + 2 * half : n, to);
		to = from;
		from = done;
	}
	if (from != order)
		memcpy(order, from, n * sizeof(*order));
	mem_free(other);
	return 0;
}
