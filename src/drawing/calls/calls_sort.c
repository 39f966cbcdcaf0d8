/*
 * The order of the call list: by any column, up or down.  A merge sort, since
 * rows alike are to stay as they stood: sorted by state and then by time, those
 * of one time are in the order of their states.
 */
#include "calls/calls_in.h"

#include "base/err.h"
#include "base/mem.h"

#include <string.h>

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
compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
compare_rows(enum calls_column by, const struct calls *c,
    const struct calls_row *a, const struct calls_row *b)
{
	switch (by) {
	case CALLS_BY_TIME:
		return compare_numbers((int64_t)a->first, (int64_t)b->first);
	case CALLS_BY_METHOD:
		return str_cmp(a->method, b->method);
	case CALLS_BY_FROM:
		return str_cmp(a->from, b->from);
	case CALLS_BY_TO:
		return str_cmp(a->to, b->to);
	case CALLS_BY_STATE:
		return compare_numbers(
		    calls_state_of(c, a), calls_state_of(c, b));
	case CALLS_BY_DELAY:
		return compare_numbers(calls_delay(a), calls_delay(b));
	case CALLS_BY_TALK:
		return compare_numbers(calls_talk(c, a), calls_talk(c, b));
	case CALLS_BY_MESSAGES:
		return compare_numbers(a->messages, b->messages);
	case CALLS_BY_AGAIN:
		return compare_numbers(a->retx, b->retx);
	case CALLS_BY_RESULT:
		return calls_result(c, a) != calls_result(c, b)
			   ? compare_numbers(
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
merge(const struct calls *c, enum calls_column by, bool down,
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
			merge(c, by, down, from, i, i + half < n ? i + half : n,
			    i + 2 * half < n ? i + 2 * half : n, to);
		to = from;
		from = done;
	}
	if (from != order)
		memcpy(order, from, n * sizeof(*order));
	mem_free(other);
	return 0;
}
