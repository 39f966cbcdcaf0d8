/*
 * Parts of scripts that two students have and hardly anybody else of the class.
 */
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "grade/class.h"

#include <stdlib.h>
#include <string.h>

/* So much of a script is no chance, in marks of which two have each.  Of three
 * who have them each counts half, of four a third; what more have is a usual
 * way to write it. */
#define MARKS_LEAST  60
#define SHARERS_MOST 4
/* Where fewer have handed in scripts than that, what two have says less. */
#define SCRIPTS_LEAST 10
/* So that halves and thirds are whole. */
#define MARK_WEIGHT 6

/* A mark, and where it is from. */
struct placed {
	struct script_mark mark;
	size_t entry;
};

/* What two entries share, of one mark. */
struct shared {
	size_t a, b;
	struct script_mark at, to;
	unsigned weight;
};

struct scripts {
	struct placed *list;
	size_t n, cap;
	struct shared *shared;
	size_t nshared, shared_cap;
};

static int
by_mark(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->mark.hash != y->mark.hash)
		return x->mark.hash < y->mark.hash ? -1 : 1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static int
by_two(const void *a, const void *b)
{
	const struct shared *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	if (x->at.script != y->at.script)
		return x->at.script < y->at.script ? -1 : 1;
	return x->at.line < y->at.line ? -1 : x->at.line > y->at.line;
}

static int
list_marks(const struct class *c, struct scripts *s)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];

		if (!class_is_compared(e))
			continue;
		if (ARRAY_ROOM(&s->list, &s->cap, s->n + e->marks.n) != 0)
			return ERR_NOMEM;
		for (size_t k = 0; k < e->marks.n; k++)
			s->list[s->n++] =
			    (struct placed){ e->marks.list[k], i };
	}
	if (s->n > 0)
		qsort(s->list, s->n, sizeof(*s->list), by_mark);
	return 0;
}

/* The mark at FROM, which all up to TO are: of each student the first, in
 * whatever lab. */
static int
share_mark(const struct class *c, struct scripts *s, size_t from, size_t to)
{
	const struct placed *who[SHARERS_MOST];
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		bool known = false;

		for (size_t k = 0; k < n; k++)
			known |= class_same_student(&c->entries[who[k]->entry],
			    &c->entries[s->list[i].entry]);
		if (known)
			continue;
		if (n == SHARERS_MOST)
			return 0;
		who[n++] = &s->list[i];
	}
	for (size_t a = 0; a < n; a++)
		for (size_t b = a + 1; b < n; b++) {
			if (ARRAY_ROOM(&s->shared, &s->shared_cap,
				s->nshared + 1) != 0)
				return ERR_NOMEM;
			s->shared[s->nshared++] =
			    (struct shared){ who[a]->entry, who[b]->entry,
				    who[a]->mark, who[b]->mark,
				    MARK_WEIGHT / (unsigned)(n - 1) };
		}
	return 0;
}

static int
tell_script(struct class *c, const struct shared *first, unsigned lines)
{
	struct buf *text = class_add_copy(
	    c, (struct class_copy){ first->a, first->b, false, BUF_INIT });
	const struct class_entry *x = &c->entries[first->a];
	const struct class_entry *y = &c->entries[first->b];

	if (text == NULL)
		return ERR_NOMEM;
	buf_printf(text,
	    _("%s, %s, %s:%u and %s, %s:%u: alike from there on, in %u lines "
	      "that hardly anybody else has"),
	    x->lab, x->file, x->scripts[first->at.script], first->at.line,
	    y->file, y->scripts[first->to.script], first->to.line, lines);
	return text->err;
}

/* How many lines the marks FROM … TO, of two entries, stand in. */
static unsigned
count_lines(const struct scripts *s, size_t from, size_t to)
{
	unsigned n = 1;

	for (size_t i = from + 1; i < to; i++)
		n += s->shared[i].at.script != s->shared[i - 1].at.script ||
		     s->shared[i].at.line != s->shared[i - 1].at.line;
	return n;
}

/* The marks that two have to share in the lab of E: half as many more where few
 * have handed in scripts there. */
static unsigned
find_least(const struct class *c, const struct class_entry *e)
{
	unsigned n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += class_is_compared(&c->entries[i]) &&
		     c->entries[i].marks.n > 0 &&
		     strcmp(c->entries[i].lab, e->lab) == 0;
	return n >= SCRIPTS_LEAST ? MARKS_LEAST : MARKS_LEAST * 3 / 2;
}

static int
tell_scripts(struct class *c, struct scripts *s)
{
	int err = 0;

	if (s->nshared > 0)
		qsort(s->shared, s->nshared, sizeof(*s->shared), by_two);
	for (size_t i = 0, k; err == 0 && i < s->nshared; i = k) {
		unsigned weight = 0;

		for (k = i;
		     k < s->nshared && s->shared[k].a == s->shared[i].a &&
		     s->shared[k].b == s->shared[i].b;
		     k++)
			weight += s->shared[k].weight;
		if (weight >=
		    MARK_WEIGHT * find_least(c, &c->entries[s->shared[i].a]))
			err =
			    tell_script(c, &s->shared[i], count_lines(s, i, k));
	}
	return err;
}

int
class_find_script_copies(struct class *c)
{
	struct scripts s = { .n = 0 };
	int err = list_marks(c, &s);

	for (size_t i = 0, k; err == 0 && i < s.n; i = k) {
		for (k = i + 1;
		     k < s.n && s.list[k].mark.hash == s.list[i].mark.hash; k++)
			;
		err = share_mark(c, &s, i, k);
	}
	if (err == 0)
		err = tell_scripts(c, &s);
	mem_free(s.list);
	mem_free(s.shared);
	return err;
}
