/*
 * Comparing two ladders.
 *
 * First each directed pair of nodes by itself: its two sequences are aligned,
 * and where they differ the next place where they agree again is looked for
 * within a window, so that time stays linear.  Then the causes: where either
 * ladder knows that one message follows from another, the other ladder must
 * have them in that order.
 */
#include "trace/compare.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <string.h>

/* How far two sequences may part before they count as wholly different. */
#define WINDOW 64

/* A ladder's messages, sorted into pairs of nodes. */
struct side {
	const struct ladder *ladder;
	size_t n;
	size_t *pair;  /* of each message */
	size_t *order; /* messages, pair by pair, in their order */
	size_t *start; /* of each pair in `order`; one more at the end */
	size_t *match; /* its counterpart in the other ladder, LADDER_NONE */
	enum ladder_verdict *verdict;
	size_t *early; /* EARLY: the index, in GOT, of what must come first */
};

struct compare {
	struct side want, got;
	struct map *pairs; /* "from\0to" to its number + 1 */
	const struct ladder_name *names;
	size_t nnames;
	struct buf key;
	size_t *loose; /* GOT's messages of one pair without counterpart */
};

static struct str
translated(const struct compare *c, struct str name)
{
	for (size_t i = 0; i < c->nnames; i++)
		if (str_is(name, c->names[i].theirs))
			return str_of(c->names[i].ours);
	return name;
}

static int
pair_of(struct compare *c, struct str from, struct str to, size_t *pair)
{
	void *known;

	buf_clear(&c->key);
	buf_str(&c->key, from);
	buf_putc(&c->key, '\0');
	buf_str(&c->key, to);
	if (c->key.err != 0)
		return ERR_NOMEM;
	known = map_get(c->pairs, buf_view(&c->key));
	if (known != NULL) {
		*pair = (size_t)(uintptr_t)known - 1;
		return 0;
	}
	*pair = map_count(c->pairs);
	return map_put(
	    c->pairs, buf_view(&c->key), (void *)(uintptr_t)(*pair + 1));
}

static int
side_init(
    struct compare *c, struct side *s, const struct ladder *l, bool translate)
{
	int err = 0;

	s->ladder = l;
	s->n = ladder_count(l);
	s->pair = mem_zalloc(s->n, sizeof(*s->pair));
	s->order = mem_zalloc(s->n, sizeof(*s->order));
	s->match = mem_zalloc(s->n, sizeof(*s->match));
	s->early = mem_zalloc(s->n, sizeof(*s->early));
	s->verdict = mem_zalloc(s->n, sizeof(*s->verdict));
	if (s->pair == NULL || s->order == NULL || s->match == NULL ||
	    s->early == NULL || s->verdict == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < s->n && err == 0; i++) {
		const struct ladder_message *m = ladder_get(l, i);

		s->match[i] = LADDER_NONE;
		err = pair_of(c, translate ? translated(c, m->from) : m->from,
		    translate ? translated(c, m->to) : m->to, &s->pair[i]);
	}
	return err;
}

/* Sorts the messages by pair, by counting; NPAIRS of both sides are known. */
static int
side_sort(struct side *s, size_t npairs)
{
	s->start = mem_zalloc(npairs + 2, sizeof(*s->start));
	if (s->start == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < s->n; i++)
		s->start[s->pair[i] + 2]++;
	for (size_t p = 2; p < npairs + 2; p++)
		s->start[p] += s->start[p - 1];
	for (size_t i = 0; i < s->n; i++)
		s->order[s->start[s->pair[i] + 1]++] = i;
	return 0;
}

static void
side_free(struct side *s)
{
	mem_free(s->pair);
	mem_free(s->order);
	mem_free(s->start);
	mem_free(s->match);
	mem_free(s->early);
	mem_free(s->verdict);
}

/* The same message; a CSeq method that one side does not know is no word. */
static bool
same(const struct compare *c, size_t want, size_t got)
{
	const struct ladder_message *w = ladder_get(c->want.ladder, want);
	const struct ladder_message *g = ladder_get(c->got.ladder, got);

	return str_eq(w->start, g->start) &&
	       (w->cseq_method.n == 0 || g->cseq_method.n == 0 ||
		   str_eq(w->cseq_method, g->cseq_method));
}

static void
pair_up(struct compare *c, size_t want, size_t got, enum ladder_verdict v)
{
	c->want.match[want] = got;
	c->got.match[got] = want;
	c->want.verdict[want] = v;
	c->got.verdict[got] = v;
}

/* One pair's sequence on each side. */
struct run {
	const size_t *want, *got;
	size_t nwant, ngot;
};

/* How many of each to skip so that both agree again: as few as can be, within
 * the window.  Among those skipped on both sides none agree. */
static void
resync(const struct compare *c, const struct run *r, size_t i, size_t k,
    size_t *skip_want, size_t *skip_got)
{
	size_t half = WINDOW / 2;

	for (size_t sum = 1; sum <= WINDOW; sum++) {
		for (size_t a = 0; a <= sum; a++) {
			size_t b = sum - a;

			if (i + a < r->nwant && k + b < r->ngot &&
			    same(c, r->want[i + a], r->got[k + b])) {
				*skip_want = a;
				*skip_got = b;
				return;
			}
		}
	}
	*skip_want = r->nwant - i < half ? r->nwant - i : half;
	*skip_got = r->ngot - k < half ? r->ngot - k : half;
}

static void
align(struct compare *c, const struct run *r)
{
	size_t i = 0, k = 0;

	while (i < r->nwant && k < r->ngot) {
		size_t a, b;

		if (same(c, r->want[i], r->got[k])) {
			pair_up(c, r->want[i++], r->got[k++], LADDER_GOOD);
			continue;
		}
		resync(c, r, i, k, &a, &b);
		i += a;
		k += b;
	}
}

/* A message missing here that turns up later in the same pair, or earlier,
 * was swapped with others. */
static void
find_swapped(struct compare *c, const struct run *r)
{
	size_t n = 0, from = 0;

	for (size_t j = 0; j < r->ngot; j++)
		if (c->got.match[r->got[j]] == LADDER_NONE)
			c->loose[n++] = r->got[j];
	for (size_t i = 0; i < r->nwant; i++) {
		if (c->want.match[r->want[i]] != LADDER_NONE)
			continue;
		while (from < n && c->got.match[c->loose[from]] != LADDER_NONE)
			from++;
		for (size_t j = from; j < n && j - from < WINDOW; j++) {
			if (c->got.match[c->loose[j]] == LADDER_NONE &&
			    same(c, r->want[i], c->loose[j])) {
				pair_up(
				    c, r->want[i], c->loose[j], LADDER_SWAPPED);
				break;
			}
		}
	}
}

/* What is left between two messages that agree stands in each other's place. */
static void
find_others(struct compare *c, const struct run *r)
{
	size_t k = 0;

	for (size_t i = 0; i < r->nwant; i++) {
		size_t match = c->want.match[r->want[i]];

		if (match != LADDER_NONE) {
			if (c->want.verdict[r->want[i]] == LADDER_GOOD)
				while (k < r->ngot && r->got[k] <= match)
					k++;
			continue;
		}
		while (k < r->ngot && c->got.match[r->got[k]] != LADDER_NONE &&
		       c->got.verdict[r->got[k]] != LADDER_GOOD)
			k++;
		if (k < r->ngot && c->got.match[r->got[k]] == LADDER_NONE)
			pair_up(c, r->want[i], r->got[k++], LADDER_OTHER);
	}
}

static void
align_pairs(struct compare *c)
{
	size_t npairs = map_count(c->pairs);

	for (size_t p = 0; p < npairs; p++) {
		struct run r = {
			.want = c->want.order + c->want.start[p],
			.nwant = c->want.start[p + 1] - c->want.start[p],
			.got = c->got.order + c->got.start[p],
			.ngot = c->got.start[p + 1] - c->got.start[p],
		};

		align(c, &r);
		find_swapped(c, &r);
		find_others(c, &r);
	}
	for (size_t i = 0; i < c->want.n; i++)
		if (c->want.match[i] == LADDER_NONE)
			c->want.verdict[i] = LADDER_MISSING;
	for (size_t i = 0; i < c->got.n; i++)
		if (c->got.match[i] == LADDER_NONE)
			c->got.verdict[i] = LADDER_EXTRA;
}

/* Where KNOWING says that one message follows from another, the OTHER ladder
 * has them in that order. */
static void
check_causes(struct compare *c, const struct side *knowing)
{
	bool theirs = knowing == &c->want;

	for (size_t i = 0; i < knowing->n; i++) {
		size_t cause = ladder_get(knowing->ladder, i)->cause;
		size_t first, second, want;

		if (cause == LADDER_NONE ||
		    knowing->verdict[i] != LADDER_GOOD ||
		    knowing->match[cause] == LADDER_NONE ||
		    knowing->verdict[cause] == LADDER_OTHER)
			continue;
		first = knowing->match[cause];
		second = knowing->match[i];
		if (first < second)
			continue;
		want = theirs ? i : second;
		c->want.verdict[want] = LADDER_EARLY;
		c->want.early[want] = theirs ? first : cause;
	}
}

static void
add_finding(struct ladder_diff *d, struct ladder_finding f)
{
	d->findings[d->count++] = f;
	if (f.verdict == LADDER_GOOD)
		d->good++;
	else if (f.verdict == LADDER_MISSING)
		d->missing++;
	else
		d->bad++;
}

static int
collect(struct compare *c, struct ladder_diff *d)
{
	size_t k = 0;

	d->findings = mem_zalloc(c->want.n + c->got.n, sizeof(*d->findings));
	if (d->findings == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < c->want.n; i++) {
		size_t m = c->want.match[i];

		/* What is too much stands before the next that is not. */
		for (; m != LADDER_NONE && k < m; k++)
			if (c->got.verdict[k] == LADDER_EXTRA)
				add_finding(
				    d, (struct ladder_finding){ LADDER_EXTRA,
					   LADDER_NONE, k, LADDER_NONE });
		add_finding(
		    d, (struct ladder_finding){ c->want.verdict[i], i, m,
			   c->want.verdict[i] == LADDER_EARLY ? c->want.early[i]
							      : LADDER_NONE });
	}
	for (; k < c->got.n; k++)
		if (c->got.verdict[k] == LADDER_EXTRA)
			add_finding(d, (struct ladder_finding){ LADDER_EXTRA,
					   LADDER_NONE, k, LADDER_NONE });
	d->equal = d->bad == 0 && d->missing == 0;
	return 0;
}

int
ladder_compare(struct ladder_diff *diff, const struct ladder *want,
    const struct ladder *got, const struct ladder_name *names, size_t nnames)
{
	struct compare c = { .names = names, .nnames = nnames };
	int err = map_create(&c.pairs);

	memset(diff, 0, sizeof(*diff));
	if (err == 0)
		err = side_init(&c, &c.want, want, true);
	if (err == 0)
		err = side_init(&c, &c.got, got, false);
	if (err == 0)
		err = side_sort(&c.want, map_count(c.pairs));
	if (err == 0)
		err = side_sort(&c.got, map_count(c.pairs));
	if (err == 0) {
		c.loose = mem_zalloc(c.got.n, sizeof(*c.loose));
		err = c.loose == NULL ? ERR_NOMEM : 0;
	}
	if (err == 0) {
		align_pairs(&c);
		check_causes(&c, &c.want);
		check_causes(&c, &c.got);
		err = collect(&c, diff);
	}
	side_free(&c.want);
	side_free(&c.got);
	map_destroy(c.pairs);
	mem_free(c.loose);
	buf_free(&c.key);
	return err;
}

void
ladder_diff_free(struct ladder_diff *diff)
{
	mem_free(diff->findings);
	memset(diff, 0, sizeof(*diff));
}

/* The message I of L, safe to show, in OUT. */
static const char *
shown(const struct ladder *l, size_t i, struct buf *raw, struct buf *out)
{
	buf_clear(raw);
	buf_clear(out);
	ladder_write(ladder_get(l, i), raw);
	utf8_add_safe(out, buf_view(raw));
	return buf_cstr(out);
}

void
ladder_explain(const struct ladder_diff *diff, const struct ladder *want,
    const struct ladder *got, bool goods, struct buf *out)
{
	struct buf raw = BUF_INIT, one = BUF_INIT, two = BUF_INIT;

	for (size_t i = 0; i < diff->count; i++) {
		const struct ladder_finding *f = &diff->findings[i];
		const char *w = f->want != LADDER_NONE
				    ? shown(want, f->want, &raw, &one)
				    : shown(got, f->got, &raw, &one);

		if (f->verdict == LADDER_GOOD) {
			if (goods)
				buf_printf(out, "GOOD     %s\n", w);
		} else if (f->verdict == LADDER_MISSING) {
			buf_printf(out, "MISSING  %s\n", w);
		} else if (f->verdict == LADDER_OTHER) {
			buf_printf(out, _("BAD      %s: found %s in its place"),
			    w, shown(got, f->got, &raw, &two));
			buf_putc(out, '\n');
		} else if (f->verdict == LADDER_SWAPPED) {
			buf_printf(out,
			    _("BAD      %s: out of order between these two"),
			    w);
			buf_putc(out, '\n');
		} else if (f->verdict == LADDER_EARLY) {
			buf_printf(out, _("BAD      %s: before its cause, %s"),
			    w, shown(got, f->cause, &raw, &two));
			buf_putc(out, '\n');
		} else {
			buf_printf(out, _("BAD      %s: not expected"), w);
			buf_putc(out, '\n');
		}
	}
	if (raw.err != 0 || one.err != 0 || two.err != 0)
		out->err = ERR_NOMEM;
	buf_free(&raw);
	buf_free(&one);
	buf_free(&two);
}
