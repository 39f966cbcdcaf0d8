/*
 * Comparing two messages by lines.  Equal lines at both ends are taken off
 * first; the rest is aligned by dynamic programming, where equal lines count
 * most and lines of one field count by their similarity.
 */
#include "draw/line_diff.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/num.h"

/* Cells of the table; more are not compared. */
#define TABLE_MOST (512 * 512)
/* Bytes of a line that count. */
#define ALIKE_MOST 256

struct lines {
	struct str *at; /* owned */
	size_t n;
};

static int
cut_lines(struct lines *l, struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	l->at = mem_zalloc(n + 1, sizeof(*l->at));
	if (l->at == NULL)
		return ERR_NOMEM;
	for (l->n = 0; text.n > 0; l->n++) {
		l->at[l->n] = str_cut_line(text, &text);
	}
	return 0;
}

static size_t
same_start(struct str a, struct str b)
{
	size_t n = num_smaller(a.n, b.n), i = 0;

	while (i < n && a.p[i] == b.p[i])
		i++;
	return i;
}

static size_t
same_end(struct str a, struct str b)
{
	size_t n = num_smaller(a.n, b.n), i = 0;

	while (i < n && a.p[a.n - 1 - i] == b.p[b.n - 1 - i])
		i++;
	return i;
}

/* What a line belongs to: a field's name, SDP's letter, an attribute's name,
 * else "" (a start line, a fold). */
static struct str
diff_key_of(struct str line)
{
	size_t i = str_starts(line, "a=") ? 2 : 0;

	while (i < line.n && (chr_is_alnum(line.p[i]) || line.p[i] == '-'))
		i++;
	if (str_starts(line, "a=") || (i < line.n && line.p[i] == ':') ||
	    (i == 1 && i < line.n && line.p[i] == '='))
		return str_slice(line, 0, i);
	return STR_NULL;
}

/* How much speaks for A and B being one line that has changed; 0: nothing. */
static uint32_t
alike(struct str a, struct str b)
{
	struct str ka = diff_key_of(a), kb = diff_key_of(b);

	if (str_eq(a, b))
		return 4 * ALIKE_MOST;
	if (!str_ieq(ka, kb) || a.n == 0 || b.n == 0)
		return 0;
	a = str_slice(a, 0, ALIKE_MOST);
	b = str_slice(b, 0, ALIKE_MOST);
	return 1 + (uint32_t)(same_start(a, b) + same_end(a, b)) * ALIKE_MOST /
		       (uint32_t)(a.n + b.n);
}

/* A byte that ends what a reader takes for one word of a message. */
static bool
parts(char c)
{
	return chr_is_space(c) ||
	       (c != '\0' && strchr(";:,=<>@\"/?&", c) != NULL);
}

/* A word ends in S before AT. */
static bool
word_ends(struct str s, size_t at)
{
	return at == 0 || at >= s.n || parts(s.p[at - 1]) || parts(s.p[at]);
}

void
line_diff_mark(struct line_diff_row *r)
{
	struct str a = r->old, b = r->now;
	size_t from = same_start(a, b), end;

	while (!word_ends(a, from) || !word_ends(b, from))
		from--;
	end = same_end(str_slice(a, from, a.n), str_slice(b, from, b.n));
	while (!word_ends(a, a.n - end) || !word_ends(b, b.n - end))
		end--;
	r->old_from = r->now_from = from;
	r->old_to = a.n - end;
	r->now_to = b.n - end;
}

static int
diff_add_row(struct line_diff *d, enum line_change change, struct str old,
    struct str now)
{
	struct line_diff_row *r;

	if (ARRAY_ROOM(&d->rows, &d->cap, d->n + 1) != 0)
		return ERR_NOMEM;
	r = &d->rows[d->n++];
	*r = (struct line_diff_row){ .change = change, .old = old, .now = now };
	d->nchanged += change != LINE_SAME;
	if (change == LINE_CHANGED)
		line_diff_mark(r);
	return 0;
}

/* The slices to align, and the table of what their ends are worth. */
struct aligning {
	const struct str *a, *b;
	size_t na, nb;
	uint32_t *worth; /* (na + 1) * (nb + 1): of a from i, b from j */
};

static uint32_t *
worth_at(const struct aligning *x, size_t i, size_t j)
{
	return &x->worth[i * (x->nb + 1) + j];
}

static void
diff_fill_table(struct aligning *x)
{
	for (size_t i = x->na; i-- > 0;) {
		for (size_t j = x->nb; j-- > 0;) {
			uint32_t pair = alike(x->a[i], x->b[j]);
			uint32_t best = *worth_at(x, i + 1, j);

			if (*worth_at(x, i, j + 1) > best)
				best = *worth_at(x, i, j + 1);
			if (pair > 0 &&
			    *worth_at(x, i + 1, j + 1) + pair > best)
				best = *worth_at(x, i + 1, j + 1) + pair;
			*worth_at(x, i, j) = best;
		}
	}
}

/* Walks the table from its start; removed lines stand before added ones. */
static int
walk_table(struct line_diff *d, const struct aligning *x)
{
	size_t i = 0, j = 0;
	int err = 0;

	while (err == 0 && (i < x->na || j < x->nb)) {
		uint32_t pair =
		    i < x->na && j < x->nb ? alike(x->a[i], x->b[j]) : 0;
		uint32_t here = *worth_at(x, i, j);

		if (pair > 0 && here == *worth_at(x, i + 1, j + 1) + pair) {
			err = diff_add_row(d,
			    str_eq(x->a[i], x->b[j]) ? LINE_SAME : LINE_CHANGED,
			    x->a[i], x->b[j]);
			i++;
			j++;
		} else if (i < x->na &&
			   (j == x->nb || here == *worth_at(x, i + 1, j))) {
			err =
			    diff_add_row(d, LINE_REMOVED, x->a[i++], STR_NULL);
		} else {
			err = diff_add_row(d, LINE_ADDED, STR_NULL, x->b[j++]);
		}
	}
	return err;
}

static int
align_lines(struct line_diff *d, const struct str *a, size_t na,
    const struct str *b, size_t nb)
{
	struct aligning x = { a, b, na, nb, NULL };
	int err = 0;

	if (na > 0 && nb > 0 && na <= TABLE_MOST / nb) {
		x.worth = mem_zalloc((na + 1) * (nb + 1), sizeof(*x.worth));
		if (x.worth == NULL)
			return ERR_NOMEM;
		diff_fill_table(&x);
		err = walk_table(d, &x);
		mem_free(x.worth);
		return err;
	}
	for (size_t i = 0; i < na && err == 0; i++)
		err = diff_add_row(d, LINE_REMOVED, a[i], STR_NULL);
	for (size_t j = 0; j < nb && err == 0; j++)
		err = diff_add_row(d, LINE_ADDED, STR_NULL, b[j]);
	return err;
}

static int
diff_compare_lines(
    struct line_diff *d, const struct lines *a, const struct lines *b)
{
	size_t first = 0, last = 0, most = num_smaller(a->n, b->n);
	int err = 0;

	while (first < most && str_eq(a->at[first], b->at[first]))
		first++;
	while (last < most - first &&
	       str_eq(a->at[a->n - 1 - last], b->at[b->n - 1 - last]))
		last++;
	for (size_t i = 0; i < first && err == 0; i++)
		err = diff_add_row(d, LINE_SAME, a->at[i], b->at[i]);
	if (err == 0)
		err = align_lines(d, a->at + first, a->n - first - last,
		    b->at + first, b->n - first - last);
	for (size_t i = last; i > 0 && err == 0; i--)
		err = diff_add_row(
		    d, LINE_SAME, a->at[a->n - i], b->at[b->n - i]);
	return err;
}

int
line_diff(struct line_diff *d, struct str old, struct str now)
{
	struct lines a = { NULL, 0 }, b = { NULL, 0 };
	int err = cut_lines(&a, old);

	*d = LINE_DIFF_INIT;
	if (err == 0)
		err = cut_lines(&b, now);
	if (err == 0)
		err = diff_compare_lines(d, &a, &b);
	mem_free(a.at);
	mem_free(b.at);
	return err;
}

void
line_diff_free(struct line_diff *d)
{
	mem_free(d->rows);
	*d = LINE_DIFF_INIT;
}
