/*
 * Answers that are alike beyond chance, for people to look at.  What is right
 * is alike by itself, so only tasks count that both have answered and at least
 * one of them wrongly.  By chance the other gives the same answer with the
 * share that it has among the wrong answers of all others (add-one smoothed
 * over the answers that there may be); who copies half of the tasks does it
 * with that share and half of the rest more.  The score is the logarithm of how
 * much likelier the second is than the first, tasks taken as independent: equal
 * answers raise it, different ones lower it.
 *
 * An answer that is right for the one and wrong for the other is the one's own
 * value.  Where nobody else has given it wrongly, the chance is that with which
 * other answers of the task fall together: wrong ones with each other, and with
 * the right ones of others.  It is tiny where values come from a large range.
 *
 * The letter of an option is another for each student, so choices are compared
 * twice: by the letter as it stands, and by the option that it means.  Who
 * copies may do it in either way, and leave the choices or all else alone: five
 * such quotients, of which the mean is taken.  By chance that is above X with a
 * probability of 1/X at most (Markov): a pair is named where it is above 100
 * for each pair of the class.
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

/* What is compared: of a choice its letter and its option, of all else the
 * answer as it stands. */
enum by { BY_LETTER, BY_OPTION, BY_TEXT, BYS };

/* The ways to copy. */
static const bool ways[][BYS] = {
	{ [BY_LETTER] = true },
	{ [BY_OPTION] = true },
	{ [BY_TEXT] = true },
	{ [BY_LETTER] = true, [BY_TEXT] = true },
	{ [BY_OPTION] = true, [BY_TEXT] = true },
};
#define WAYS (sizeof(ways) / sizeof(ways[0]))

/* What E has given in TASK. */
static const char *
given(const struct class_entry *e, size_t task, enum by by)
{
	const struct class_task *t = &e->tasks[task];

	return by == BY_OPTION ? t->believed : t->answer;
}

/* Of an answer, among all that count in its lab and task: so many are wrong,
 * and so many of those are the same. */
struct tally {
	unsigned wrong, same[BYS];
	/* So many are right, and so many of those are the same. */
	unsigned right, owned;
	/* Pairs of answers of the task that are the same: both wrong (each
	 * counted twice), one of them right. */
	unsigned met, hit;
};

static bool
is_right(const struct class_entry *e, size_t task)
{
	return task < e->ntasks && e->tasks[task].verdict == LESSON_GOOD &&
	       e->tasks[task].answer[0] != '\0';
}

static void
count_answers(const struct class *c, const struct class_entry *x, size_t task,
    struct tally *t)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];

		if (!e->counts || strcmp(e->lab, x->lab) != 0)
			continue;
		if (is_right(e, task)) {
			t->right++;
			t->owned += same_answer(
			    given(e, task, BY_TEXT), given(x, task, BY_TEXT));
		}
		if (!is_wrong(e, task))
			continue;
		t->wrong++;
		for (enum by by = 0; by < BYS; by++)
			t->same[by] +=
			    same_answer(given(e, task, by), given(x, task, by));
	}
}

/* The share of an answer among the wrong ones of all but the two who gave it,
 * of whom so many have it WRONG. */
static double
find_share(const struct tally *t, enum by by, unsigned wrong)
{
	return (t->same[by] - wrong + 1.0) /
	       (t->wrong - wrong + ANSWERS_POSSIBLE);
}

/* The same of an answer that is the own value of one of the two, and wrong for
 * the other. */
static double
find_own_share(const struct tally *t)
{
	double wrong = t->wrong - 1.0, right = t->right - 1.0;
	double pairs = wrong * right + wrong * (wrong - 1) / 2;
	double alike = t->hit - t->owned + t->met / 2.0;

	return (alike + 1) / (pairs + ANSWERS_POSSIBLE);
}

/* ---- pairs ---- */

/* What two have in common over all labs. */
struct common {
	double score[BYS];
	unsigned same[BYS];
};

/* Whoever has work that counts, and what pairs of them have in common. */
struct people {
	const struct class_entry **list; /* one entry of each */
	size_t n;
	size_t *of; /* of each entry: its place in the list, or SIZE_MAX */
	struct common *pairs;                      /* of each two */
	struct tally (*tallies)[LESSON_TASKS_MAX]; /* of each entry */
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

/* Adds what is the same as K's wrong answers to I's tallies. */
static void
count_pairs(const struct class *c, struct people *p, size_t i, size_t k)
{
	const struct class_entry *x = &c->entries[i], *e = &c->entries[k];

	if (!e->counts || strcmp(e->lab, x->lab) != 0)
		return;
	for (size_t t = 0; t < x->ntasks; t++)
		if (is_wrong(e, t)) {
			p->tallies[i][t].hit += p->tallies[k][t].owned;
			p->tallies[i][t].met +=
			    p->tallies[k][t].same[BY_TEXT] - 1;
		}
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
	p->pairs = mem_zalloc(p->n * p->n / 2 + 1, sizeof(*p->pairs));
	p->tallies = mem_zalloc(c->n + 1, sizeof(*p->tallies));
	if (p->pairs == NULL || p->tallies == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < c->n; i++)
		for (size_t t = 0; t < c->entries[i].ntasks; t++)
			count_answers(c, &c->entries[i], t, &p->tallies[i][t]);
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->n; k++)
			count_pairs(c, p, i, k);
	return 0;
}

/* Who copies does it in half of the tasks. */
#define COPIED 0.5

static void
compare_task(const struct class_entry *x, const struct class_entry *y,
    size_t task, const struct tally *t, struct common *pair)
{
	unsigned wrong = (unsigned)is_wrong(x, task) + is_wrong(y, task);
	double share;

	if (x->tasks[task].answer[0] == '\0' ||
	    y->tasks[task].answer[0] == '\0' || wrong == 0)
		return;
	for (enum by by = 0; by < BYS; by++) {
		if (x->tasks[task].choice != (by != BY_TEXT))
			continue;
		if (!same_answer(given(x, task, by), given(y, task, by))) {
			pair->score[by] += log(1 - COPIED);
			continue;
		}
		share = find_share(t, by, wrong);
		if (by == BY_TEXT && wrong == 1 && t->same[by] == 1 &&
		    t->owned > 0)
			share = fmin(share, find_own_share(t));
		pair->same[by]++;
		pair->score[by] += log(1 - COPIED + COPIED / share);
	}
}

static struct common *
find_pair(const struct people *p, size_t a, size_t b)
{
	return &p->pairs[a < b ? b * (b - 1) / 2 + a : a * (a - 1) / 2 + b];
}

/* Two pieces of work in one lab. */
static void
compare_work(const struct class *c, struct people *p, size_t i, size_t k)
{
	const struct class_entry *x = &c->entries[i], *y = &c->entries[k];
	size_t a = p->of[i], b = p->of[k];

	if (a == SIZE_MAX || b == SIZE_MAX || a == b ||
	    strcmp(x->lab, y->lab) != 0)
		return;
	for (size_t t = 0; t < x->ntasks && t < y->ntasks; t++)
		compare_task(x, y, t, &p->tallies[i][t], find_pair(p, a, b));
}

/* By WAY; *SAME: so many answers are the same. */
static double
score_way(const struct common *pair, const bool *way, unsigned *same)
{
	double score = 0;

	*same = 0;
	for (enum by by = 0; by < BYS; by++)
		if (way[by]) {
			score += pair->score[by];
			*same += pair->same[by];
		}
	return score;
}

/* The logarithm of the mean of all ways' quotients; *SAME is of the likeliest
 * way. */
static double
score_pair(const struct common *pair, unsigned *same)
{
	double most = -INFINITY, sum = 0;
	unsigned n;

	for (size_t i = 0; i < WAYS; i++) {
		double score = score_way(pair, ways[i], &n);

		if (score <= most)
			continue;
		most = score;
		*same = n;
	}
	for (size_t i = 0; i < WAYS; i++)
		sum += exp(score_way(pair, ways[i], &n) - most);
	return most + log(sum / WAYS);
}

static int
add_pair(
    struct class *c, const struct people *p, size_t a, size_t b, double least)
{
	struct class_pair pair = { .a = (size_t)(p->list[a] - c->entries),
		.b = (size_t)(p->list[b] - c->entries) };

	pair.score = score_pair(find_pair(p, a, b), &pair.same);
	if (pair.score <= least)
		return 0;
	if (ARRAY_ROOM(&c->pairs, &c->pairs_cap, c->npairs + 1) != 0)
		return ERR_NOMEM;
	c->pairs[c->npairs++] = pair;
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
			err = add_pair(c, p, a, b, log(CLASSES * pairs));
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
	mem_free(p.pairs);
	mem_free(p.tallies);
	return err;
}
