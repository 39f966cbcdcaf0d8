/*
 * Answers that are alike beyond chance, for people to look at.  What is right
 * is alike by itself, so only answers count that are wrong, and the same: for
 * both, or for one of them and right for the other, whose lab has other
 * numbers.  How improbable is that?  Given a wrong answer in a task, the other
 * gives just this one with the share that it has among the wrong answers of all
 * others (add-one smoothed over the answers that there may be), and tasks are
 * taken as independent.  A pair is named where the product is below 1/1000 of a
 * class without any: 1 / (1000 * pairs).  (After G. O. Wesolowsky, "Detecting
 * excessive similarity in answers on multiple choice exams", J. Applied
 * Statistics 27 (2000), with wrong answers alone.)
 */
#include "base/array.h"
#include "base/err.h"
#include "grade/class.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Wrong answers that are thought of beside those that were given. */
#define ANSWERS_POSSIBLE 2
/* Classes without copying in which one pair is named wrongly. */
#define CLASSES 1000.0

static bool
is_wrong(const struct class_entry *e, size_t task)
{
	return task < e->ntasks &&
	       (e->tasks[task].verdict == LESSON_BAD ||
		   e->tasks[task].verdict == LESSON_PART) &&
	       e->tasks[task].answer[0] != '\0';
}

/* Spaces and case do not count. */
static bool
same_answer(const char *a, const char *b)
{
	for (;;) {
		while (chr_is_space(*a))
			a++;
		while (chr_is_space(*b))
			b++;
		if (chr_lower(*a) != chr_lower(*b))
			return false;
		if (*a == '\0')
			return true;
		a++;
		b++;
	}
}

/* What it tells that A and B give the same wrong answer in TASK. */
static double
weigh(const struct class *c, const struct class_entry *a,
    const struct class_entry *b, size_t task)
{
	double same = 0, wrong = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];

		if (e == a || e == b || !e->counts ||
		    strcmp(e->lab, a->lab) != 0 || !is_wrong(e, task))
			continue;
		wrong++;
		same +=
		    same_answer(e->tasks[task].answer, a->tasks[task].answer);
	}
	return -log((same + 1) / (wrong + ANSWERS_POSSIBLE));
}

static int
add_pair(struct class *c, size_t a, size_t b, double score, unsigned same)
{
	if (ARRAY_ROOM(&c->pairs, &c->pairs_cap, c->npairs + 1) != 0)
		return ERR_NOMEM;
	c->pairs[c->npairs++] = (struct class_pair){ a, b, score, same };
	return 0;
}

static int
compare_pair(struct class *c, size_t a, size_t b, double limit)
{
	const struct class_entry *x = &c->entries[a], *y = &c->entries[b];
	double score = 0;
	unsigned same = 0;

	for (size_t t = 0; t < x->ntasks && t < y->ntasks; t++) {
		if ((!is_wrong(x, t) && !is_wrong(y, t)) ||
		    !same_answer(x->tasks[t].answer, y->tasks[t].answer))
			continue;
		same++;
		score += weigh(c, x, y, t);
	}
	return score > limit ? add_pair(c, a, b, score, same) : 0;
}

static int
by_score(const void *a, const void *b)
{
	const struct class_pair *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return x->a != y->a ? (x->a < y->a ? -1 : 1) : (x->b < y->b ? -1 : 1);
}

static bool
comparable(const struct class_entry *a, const struct class_entry *b)
{
	return a->counts && b->counts && a->ntasks > 0 && b->ntasks > 0 &&
	       strcmp(a->lab, b->lab) == 0;
}

int
class_find_alike(struct class *c)
{
	double pairs = 0;
	int err = 0;

	for (size_t a = 0; a < c->n; a++)
		for (size_t b = a + 1; b < c->n; b++)
			pairs += comparable(&c->entries[a], &c->entries[b]);
	for (size_t a = 0; err == 0 && a < c->n; a++)
		for (size_t b = a + 1; err == 0 && b < c->n; b++)
			if (comparable(&c->entries[a], &c->entries[b]))
				err =
				    compare_pair(c, a, b, log(CLASSES * pairs));
	if (c->npairs > 0)
		qsort(c->pairs, c->npairs, sizeof(*c->pairs), by_score);
	return err;
}
