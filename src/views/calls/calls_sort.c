/*
 * The order of the call list: by any column, up or down.  A merge sort, since
 * rows alike are to stay as they stood: sorted by state and then by time, those
 * of one time are in the order of their states.
 */
#include "views/calls/calls.h"

#include "base/err.h"
#include "base/mem.h"

#include <string.h>

typedef int compare_fn(const struct calls *c, const struct calls_row *a,
    const struct calls_row *b);

#define COMPARE_NUMBERS(column, what)                             \
	static int by_##column(const struct calls *c,             \
	    const struct calls_row *a, const struct calls_row *b) \
	{                                                         \
		(void)c;                                          \
		return (a->what > b->what) - (a->what < b->what); \
	}
#define COMPARE_TEXTS(column, what)                               \
	static int by_##column(const struct calls *c,             \
	    const struct calls_row *a, const struct calls_row *b) \
	{                                                         \
		(void)c;                                          \
		return str_cmp(a->what, b->what);                 \
	}

/* clang-format off */
COMPARE_NUMBERS(TIME, first)
COMPARE_TEXTS(METHOD, method)
COMPARE_TEXTS(FROM, from)
COMPARE_TEXTS(TO, to)
COMPARE_NUMBERS(STATE, state)
COMPARE_NUMBERS(MESSAGES, messages)
COMPARE_NUMBERS(AGAIN, retx)
COMPARE_TEXTS(CALL_ID, call_id)
/* clang-format on */

static int
by_TALK(
    const struct calls *c, const struct calls_row *a, const struct calls_row *b)
{
	int64_t x = calls_talk(c, a), y = calls_talk(c, b);

	return (x > y) - (x < y);
}

/* Name by name. */
static int
by_NODES(
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

static compare_fn *const compares[] = {
#define X(id, title) by_##id,
	CALLS_COLUMNS(X)
#undef X
};

/* FROM … before END is two sorted parts; from MID on the second. */
static void
merge(const struct calls *c, compare_fn *compare, bool down,
    const uint32_t *rows, size_t from, size_t mid, size_t end, uint32_t *out)
{
	size_t a = from, b = mid;

	for (size_t i = from; i < end; i++) {
		int order = a == mid ? 1 : b == end ? -1 : 0;

		if (order == 0) {
			order = compare(
			    c, calls_row(c, rows[a]), calls_row(c, rows[b]));
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
			merge(c, compares[by], down, from, i,
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
