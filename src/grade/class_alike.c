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
#include "base/mem.h"
#include "grade/class.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Wrong answers that are thought of beside those that were given. */
#define ANSWERS_POSSIBLE 2
/* Classes without copying of which one has a pair that is named. */
#define CLASSES 100.0
/* More students than that are not compared. */
#define PEOPLE_MAX 2000

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

/* ---- pairs ---- */

/* Whoever has work that counts, and what pairs of them have in common over all
 * labs. */
struct people {
	const struct class_entry **list; /* one entry of each */
	size_t n;
	size_t *of;    /* of each entry: its place in the list, or SIZE_MAX */
	double *score; /* [a * n + b] with a < b */
	unsigned *same;
};

static size_t
find_person(const struct people *p, const struct class_entry *e)
{
	size_t i = 0;

	while (i < p->n && strcmp(p->list[i]->student, e->student) != 0)
		i++;
	return i;
}

static bool
is_person(const struct class_entry *e)
{
	return e->counts && e->ntasks > 0 && e->student[0] != '\0';
}

static int
list_people(const struct class *c, struct people *p)
{
	p->list = mem_zalloc(c->n + 1, sizeof(*p->list));
	p->of = mem_zalloc(c->n + 1, sizeof(*p->of));
	if (p->list == NULL || p->of == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];

		p->of[i] = is_person(e) ? find_person(p, e) : SIZE_MAX;
		if (p->of[i] == p->n && p->n < PEOPLE_MAX)
			p->list[p->n++] = e;
		else if (p->of[i] >= p->n)
			p->of[i] = SIZE_MAX;
	}
	p->score = mem_zalloc(p->n * p->n + 1, sizeof(*p->score));
	p->same = mem_zalloc(p->n * p->n + 1, sizeof(*p->same));
	return p->score != NULL && p->same != NULL ? 0 : ERR_NOMEM;
}

/* Two pieces of work in one lab. */
static void
compare_work(const struct class *c, struct people *p, size_t i, size_t k)
{
	const struct class_entry *x = &c->entries[i], *y = &c->entries[k];
	size_t a = p->of[i], b = p->of[k];
	size_t at = a < b ? a * p->n + b : b * p->n + a;

	if (a == SIZE_MAX || b == SIZE_MAX || a == b ||
	    strcmp(x->lab, y->lab) != 0)
		return;
	for (size_t t = 0; t < x->ntasks && t < y->ntasks; t++) {
		if ((!is_wrong(x, t) && !is_wrong(y, t)) ||
		    !same_answer(x->tasks[t].answer, y->tasks[t].answer))
			continue;
		p->same[at]++;
		p->score[at] += weigh(c, x, y, t);
	}
}

static int
add_pair(struct class *c, const struct people *p, size_t a, size_t b)
{
	if (ARRAY_ROOM(&c->pairs, &c->pairs_cap, c->npairs + 1) != 0)
		return ERR_NOMEM;
	c->pairs[c->npairs++] = (struct class_pair){
		.a = (size_t)(p->list[a] - c->entries),
		.b = (size_t)(p->list[b] - c->entries),
		.score = p->score[a * p->n + b],
		.same = p->same[a * p->n + b],
	};
	return 0;
}

static int
by_score(const void *a, const void *b)
{
	const struct class_pair *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return x->a != y->a ? (x->a < y->a ? -1 : 1) : (x->b < y->b ? -1 : 1);
}

static int
name_pairs(struct class *c, const struct people *p)
{
	double pairs = (double)p->n * ((double)p->n - 1) / 2;
	int err = 0;

	for (size_t a = 0; a < p->n; a++)
		for (size_t b = a + 1; err == 0 && b < p->n; b++)
			if (p->score[a * p->n + b] > log(CLASSES * pairs))
				err = add_pair(c, p, a, b);
	if (c->npairs > 0)
		qsort(c->pairs, c->npairs, sizeof(*c->pairs), by_score);
	return err;
}

int
class_find_alike(struct class *c)
{
	struct people p = { .n = 0 };
	int err = list_people(c, &p);

	for (size_t a = 0; err == 0 && a < c->n; a++)
		for (size_t b = a + 1; b < c->n; b++)
			compare_work(c, &p, a, b);
	if (err == 0)
		err = name_pairs(c, &p);
	mem_free(p.list);
	mem_free(p.of);
	mem_free(p.score);
	mem_free(p.same);
	return err;
}
