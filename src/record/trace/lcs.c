/*
 * Myers' greedy search.  A point (x, y) says that x keys of A and y of B are
 * behind us; on diagonal k = x - y, reach[d][k] is the greatest x that d
 * insertions and deletions lead to.  After MOST of them the point that got
 * furthest is taken for settled and the search begins again there: so the table
 * stays small, and each key is looked at a bounded number of times.
 */
#include "trace/lcs.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>

#define MOST 256

struct search {
	const uint64_t *a, *b; /* from the present beginning on */
	ptrdiff_t na, nb;
	int32_t *reach; /* row d has 2d + 1 places and begins at d * d */
	ptrdiff_t cap;  /* rows there is memory for */
};

/* x on diagonal K after D steps; -1: it can't be reached. */
static int32_t *
at(const struct search *s, ptrdiff_t d, ptrdiff_t k)
{
	return &s->reach[d * d + d + k];
}

/* The best x that one step from row D - 1 leads to on diagonal K, and whether
 * that step takes a key off A; -1 where none does. */
static ptrdiff_t
step_from(const struct search *s, ptrdiff_t d, ptrdiff_t k, bool *right)
{
	ptrdiff_t over = -1, down = -1;

	if (k - 1 >= -(d - 1) && *at(s, d - 1, k - 1) >= 0 &&
	    *at(s, d - 1, k - 1) < s->na)
		over = *at(s, d - 1, k - 1) + 1;
	if (k + 1 <= d - 1 && *at(s, d - 1, k + 1) >= 0 &&
	    *at(s, d - 1, k + 1) - k <= s->nb)
		down = *at(s, d - 1, k + 1);
	*right = over > down;
	return *right ? over : down;
}

static ptrdiff_t
slide(const struct search *s, ptrdiff_t x, ptrdiff_t k)
{
	while (x < s->na && x - k < s->nb && s->a[x] == s->b[x - k] &&
	       x < INT32_MAX)
		x++;
	return x;
}

/* Row D; true where an end was reached, with its diagonal in *K. */
static bool
lcs_fill(const struct search *s, ptrdiff_t d, ptrdiff_t *end)
{
	for (ptrdiff_t k = -d; k <= d; k++) {
		ptrdiff_t x = -1;
		bool right;

		if ((d + k) % 2 == 0)
			x = d == 0 ? 0 : step_from(s, d, k, &right);
		if (x >= 0)
			x = slide(s, x, k);
		*at(s, d, k) = (int32_t)x;
		if (x == s->na && x - k == s->nb) {
			*end = k;
			return true;
		}
	}
	return false;
}

/* The diagonal of row D that got furthest. */
static ptrdiff_t
furthest(const struct search *s, ptrdiff_t d)
{
	ptrdiff_t best = -1, found = 0;

	for (ptrdiff_t k = -d; k <= d; k += 2)
		if (*at(s, d, k) >= 0 && 2 * *at(s, d, k) - k > best) {
			best = 2 * *at(s, d, k) - k;
			found = k;
		}
	return found;
}

/* Notes what lies on the way to diagonal K of row D. */
static void
lcs_walk_back(const struct search *s, ptrdiff_t d, ptrdiff_t k, size_t base_a,
    size_t base_b, size_t *match)
{
	ptrdiff_t x = *at(s, d, k);

	for (; d >= 0; d--) {
		bool right = false;
		ptrdiff_t from = d == 0 ? 0 : step_from(s, d, k, &right);

		for (; x > from; x--)
			match[base_a + (size_t)x - 1] =
			    base_b + (size_t)(x - 1 - k);
		x = right ? from - 1 : from;
		k += right ? -1 : 1;
	}
}

static int
make_rows_room(struct search *s, ptrdiff_t d)
{
	ptrdiff_t cap = s->cap == 0 ? 8 : s->cap * 2;

	if (d < s->cap)
		return 0;
	if (ARRAY_RESIZE(&s->reach, (size_t)(cap * cap)) != 0)
		return ERR_NOMEM;
	s->cap = cap;
	return 0;
}

/* One search; how many keys of each are settled by it. */
static int
search_once(struct search *s, size_t base_a, size_t base_b, size_t *match)
{
	ptrdiff_t d, k = 0;
	int err = 0;

	for (d = 0; err == 0; d++) {
		err = make_rows_room(s, d);
		if (err != 0 || lcs_fill(s, d, &k))
			break;
		if (d == MOST) {
			k = furthest(s, d);
			break;
		}
	}
	if (err != 0)
		return err;
	lcs_walk_back(s, d, k, base_a, base_b, match);
	s->na = *at(s, d, k);
	s->nb = s->na - k;
	return 0;
}

int
lcs_match(
    const uint64_t *a, size_t na, const uint64_t *b, size_t nb, size_t *match)
{
	struct search s = { 0 };
	size_t i = 0, j = 0, most = na < nb ? na : nb;
	int err = 0;

	for (size_t x = 0; x < na; x++)
		match[x] = LCS_NONE;
	for (; i < most && a[i] == b[i]; i++)
		match[i] = i;
	for (j = i; na > i && nb > j && a[na - 1] == b[nb - 1]; na--, nb--)
		match[na - 1] = nb - 1;
	while (err == 0 && i < na && j < nb) {
		s.a = a + i;
		s.b = b + j;
		s.na = (ptrdiff_t)(na - i < INT32_MAX / 2 ? na - i
							  : INT32_MAX / 2);
		s.nb = (ptrdiff_t)(nb - j < INT32_MAX / 2 ? nb - j
							  : INT32_MAX / 2);
		err = search_once(&s, i, j, match);
		i += (size_t)s.na;
		j += (size_t)s.nb;
	}
	mem_free(s.reach);
	return err;
}
