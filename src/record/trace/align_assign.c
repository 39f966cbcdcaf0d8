/*
 * Which of several alike items correspond: the third INVITE from alice to atl
 * in this call, say.  As many in both: by their place.  Else the shorter list
 * is laid into the longer one, in order, where that costs least: a sign that
 * does not agree costs as much as a second of difference in time, and another
 * end (a challenge, where the other was accepted) more than any time does.
 */
#include "trace/align_in.h"

#include "base/bisect.h"
#include "base/err.h"
#include "base/mem.h"
#include "trace/lcs.h"

#include <stdlib.h>
#include <string.h>

/* Cells of a table; longer lists are aligned by their signs alone. */
#define CELLS_MOST (1 << 18)
#define SIGN_COST  INT64_C(1000000000)
#define END_COST   INT64_C(20000000000)
#define TIME_MOST  INT64_C(10000000000)

int
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
	int64_t *best = mem_zalloc((l->nfew + 1) * w, sizeof(*best));

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
	mem_free(best);
	return 0;
}

/* By the signs, and what lies between by place. */
static int
by_signs(const struct lists *l)
{
	uint64_t *keys = mem_zalloc(l->nfew + l->nmany, sizeof(*keys));
	size_t *match = mem_zalloc(l->nfew + 1, sizeof(*match));
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
	mem_free(keys);
	mem_free(match);
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

int
align_assign(struct align_item *a, size_t na, struct align_item *b, size_t nb,
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
	size_t *last = mem_zalloc(n + 1, sizeof(*last));
	size_t *before = mem_zalloc(n + 1, sizeof(*before));
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
	mem_free(last);
	mem_free(before);
	return err;
}
