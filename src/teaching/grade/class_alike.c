/*
 * Answers that are alike beyond chance, for people to look at.  Right answers
 * are alike by themselves, so only tasks count that both have answered and at
 * least one of them wrongly.  By chance the other gives the same answer with
 * the share that it has among the wrong answers of all others (add-one smoothed
 * over the answers that there may be); a student who copies half of the tasks
 * does it with that share and half of the rest more.  The score is the
 * logarithm of how much likelier the second is than the first, tasks taken as
 * independent: equal answers raise it, different ones lower it.
 *
 * An answer that is right for one student and wrong for the other is the first
 * one's own value.  Where no third student has given it wrongly, the chance is
 * that with which other answers of the task fall together: wrong ones with each
 * other, and with the right ones of others.  It is tiny where values come from
 * a large range.  Where such a value can't come from the run of the student who
 * gave it wrongly, it is the share of wrong answers that come from elsewhere,
 * as few do, times that of the value among the right ones.
 *
 * The letter of an option is another for each student, so choices are compared
 * twice: by the letter as it stands, and by the option that it means.  A copier
 * may do it in either way, and leave the choices or all else alone: five such
 * quotients, of which the mean is taken.  By chance that is above X with a
 * probability of 1/X at most (Markov): a pair is named where it is above 100
 * for each pair of the class.
 *
 * A student who has copied from another is like all others who share values
 * with that one.  So pairs are named in order, those of copies (class_copies.c)
 * and then the most alike first, and the values shared within a named pair are
 * no evidence for others.
 */
#include "base/array.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "grade/class.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Wrong answers assumed possible beside the given ones. */
#define ANSWERS_POSSIBLE 2
/* Classes without copying of which one has a pair that is named. */
#define CLASSES 100.0
/* More students than that are not compared. */
#define PEOPLE_MAX 2000

static bool
alike_is_wrong(const struct class_entry *e, size_t task)
{
	return task < e->ntasks &&
	       (e->tasks[task].verdict == LESSON_BAD ||
		   e->tasks[task].verdict == LESSON_PART) &&
	       e->tasks[task].plain[0] != '\0';
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

/* The basis of comparison: of a choice its letter and its option, of others the
 * answer in its normal form. */
enum by { BY_LETTER, BY_OPTION, BY_TEXT, BYS };

/* The ways to copy. */
static const bool ways[][BYS] = {
	{ [BY_LETTER] = true },
	{ [BY_OPTION] = true },
	{ [BY_TEXT] = true },
	{ [BY_LETTER] = true, [BY_TEXT] = true },
	{ [BY_OPTION] = true, [BY_TEXT] = true },
};
enum { WAYS = COUNT_OF(ways) };

/* What E has given in TASK. */
static const char *
given(const struct class_entry *e, size_t task, enum by by)
{
	const struct class_task *t = &e->tasks[task];

	return by == BY_OPTION ? t->believed : t->plain;
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
	/* So many wrong ones come from no run of their own; so many students
	 * have a right value of their own, and of so many it is this. */
	unsigned foreign, owning, owners;
};

static bool
is_right(const struct class_entry *e, size_t task)
{
	return task < e->ntasks && e->tasks[task].verdict == LESSON_GOOD &&
	       e->tasks[task].plain[0] != '\0';
}

static bool
alike_is_foreign(const struct class_entry *e, size_t task)
{
	return e->tasks[task].foreign != NULL &&
	       e->tasks[task].foreign[0] != '\0';
}

static bool
has_own(const struct class_entry *e, size_t task)
{
	return task < e->ntasks && e->tasks[task].own != NULL &&
	       e->tasks[task].own[0] != '\0';
}

/* Both were asked the same there. */
static bool
asks_same_task(
    const struct class_entry *x, const struct class_entry *y, size_t task)
{
	return task < x->ntasks && task < y->ntasks &&
	       x->tasks[task].other == y->tasks[task].other;
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

/* Of wrong answers that come from no run of one's own, thought of beside those
 * there are: one in so many. */
#define FOREIGN_RARE 25
/* A slip hits one of so many values. */
#define SLIPS 5

/* The same of a wrong answer that T counts, which comes from no run of its own.
 */
static double
find_foreign_share(const struct tally *t, bool slip)
{
	double foreign = t->foreign - 1.0, wrong = t->wrong - 1.0;
	double share = (foreign + 1) / (wrong + FOREIGN_RARE);
	double hit = (double)t->owners / t->owning;

	return share * (slip ? fmax(hit, 1.0 / SLIPS) : hit);
}

/* ---- pairs ---- */

/* What two have in common over all labs. */
struct common {
	double score[BYS];
	unsigned same[BYS];
};

/* The students with work that counts, and the common answers of pairs of
 * them. */
struct people {
	const struct class_entry **list; /* one entry of each */
	size_t n;
	size_t *lab; /* of each entry: the same number for the same lab */
	size_t *of;  /* of each entry: its place in the list, or SIZE_MAX */
	struct common *pairs;                      /* of each two */
	struct tally (*tallies)[LESSON_TASKS_MAX]; /* of each entry */
};

/* The number of WORD in KNOWN; N, and KNOWN has it now, where it is new.  0 or
 * ERR_NOMEM. */
static int
number_word(struct map *known, const char *word, size_t n, size_t *number)
{
	void *old = map_get(known, str_of(word));

	*number = old != NULL ? (size_t)((uintptr_t)old - 1) : n;
	return old != NULL
		   ? 0
		   : map_put(known, str_of(word), (void *)(uintptr_t)(n + 1));
}

static int
number_labs(const struct class *c, struct people *p, struct map *known)
{
	int err = 0;

	for (size_t i = 0, n = 0; err == 0 && i < c->n; i++) {
		err = number_word(known, c->entries[i].lab, n, &p->lab[i]);
		n += p->lab[i] == n;
	}
	return err;
}

static int
number_people(const struct class *c, struct people *p, struct map *known)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];

		p->of[i] = SIZE_MAX;
		if (!class_is_compared(e))
			continue;
		err = number_word(known, e->student, p->n, &p->of[i]);
		if (p->of[i] == p->n && p->n < PEOPLE_MAX)
			p->list[p->n++] = e;
		else if (p->of[i] >= p->n)
			p->of[i] = SIZE_MAX;
	}
	return err;
}

/* By FN, which numbers words, in a map of its own. */
static int
number_by(const struct class *c, struct people *p,
    int (*fn)(const struct class *c, struct people *p, struct map *known))
{
	struct map *known;
	int err = map_create(&known);

	if (err == 0)
		err = fn(c, p, known);
	map_destroy(known);
	return err;
}

static void
count_answers(const struct class *c, const struct people *p, size_t at,
    size_t task, struct tally *t)
{
	const struct class_entry *x = &c->entries[at];

	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];

		if (!e->counts || p->lab[i] != p->lab[at] ||
		    !asks_same_task(e, x, task))
			continue;
		if (is_right(e, task)) {
			t->right++;
			t->owned += same_answer(
			    given(e, task, BY_TEXT), given(x, task, BY_TEXT));
		}
		t->owning += has_own(e, task);
		t->owners += class_has_other_value(x, e, task);
		if (!alike_is_wrong(e, task))
			continue;
		t->foreign += alike_is_foreign(e, task);
		t->wrong++;
		for (enum by by = 0; by < BYS; by++)
			t->same[by] +=
			    same_answer(given(e, task, by), given(x, task, by));
	}
}

/* Adds the answers equal to K's wrong ones to I's tallies. */
static void
count_pairs(const struct class *c, struct people *p, size_t i, size_t k)
{
	const struct class_entry *x = &c->entries[i], *e = &c->entries[k];

	if (!e->counts || p->lab[k] != p->lab[i])
		return;
	for (size_t t = 0; t < x->ntasks; t++)
		if (asks_same_task(e, x, t) && alike_is_wrong(e, t)) {
			p->tallies[i][t].hit += p->tallies[k][t].owned;
			p->tallies[i][t].met +=
			    p->tallies[k][t].same[BY_TEXT] - 1;
		}
}

static int
list_people(const struct class *c, struct people *p)
{
	int err;

	p->list = mem_zalloc(c->n + 1, sizeof(*p->list));
	p->of = mem_zalloc(c->n + 1, sizeof(*p->of));
	p->lab = mem_zalloc(c->n + 1, sizeof(*p->lab));
	if (p->list == NULL || p->of == NULL || p->lab == NULL)
		return ERR_NOMEM;
	err = number_by(c, p, number_labs);
	if (err == 0)
		err = number_by(c, p, number_people);
	if (err != 0)
		return err;
	p->pairs = mem_zalloc(p->n * p->n / 2 + 1, sizeof(*p->pairs));
	p->tallies = mem_zalloc(c->n + 1, sizeof(*p->tallies));
	if (p->pairs == NULL || p->tallies == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < c->n; i++)
		for (size_t t = 0; t < c->entries[i].ntasks; t++)
			count_answers(c, p, i, t, &p->tallies[i][t]);
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->n; k++)
			count_pairs(c, p, i, k);
	return 0;
}

/* A copier does it in half of the tasks. */
#define COPIED 0.5

/* One task of X and Y, of whose answers TX and TY tell. */
struct compared {
	const struct class_entry *x, *y;
	const struct tally *tx, *ty;
	size_t task;
	unsigned wrong; /* of the two answers */
};

/* The wrong one of the two is the other's own value. */
static bool
is_other_value(const struct compared *c)
{
	return class_has_other_value(c->x, c->y, c->task) ||
	       class_has_other_value(c->y, c->x, c->task);
}

static bool
is_answered_same(const struct compared *c, enum by by)
{
	return same_answer(
		   given(c->x, c->task, by), given(c->y, c->task, by)) ||
	       (by == BY_TEXT && c->wrong == 1 && is_other_value(c));
}

/* With which chance the two, who have the same, have it. */
static double
find_chance(const struct compared *c, enum by by)
{
	bool wrong_x = alike_is_wrong(c->x, c->task);
	const struct class_entry *e = wrong_x ? c->x : c->y;
	const struct tally *t = wrong_x ? c->tx : c->ty;
	double share = find_share(t, by, c->wrong);

	if (by != BY_TEXT || c->wrong != 1)
		return share;
	if (t->same[by] == 1 && t->owned > 0)
		share = fmin(share, find_own_share(t));
	if (is_other_value(c))
		share =
		    fmin(share, find_foreign_share(t, e->tasks[c->task].slip));
	return share;
}

static void
compare_task(const struct compared *c, struct common *pair)
{
	const struct class_task *t = &c->x->tasks[c->task];

	if (t->plain[0] == '\0' || c->y->tasks[c->task].plain[0] == '\0' ||
	    c->wrong == 0)
		return;
	for (enum by by = 0; by < BYS; by++) {
		if (t->choice != (by != BY_TEXT))
			continue;
		if (!is_answered_same(c, by)) {
			pair->score[by] += log(1 - COPIED);
			continue;
		}
		pair->same[by]++;
		pair->score[by] +=
		    log(1 - COPIED + COPIED / find_chance(c, by));
	}
}

static struct common *
alike_find_pair(const struct people *p, size_t a, size_t b)
{
	return &p->pairs[a < b ? b * (b - 1) / 2 + a : a * (a - 1) / 2 + b];
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
	return most + log(sum / (double)WAYS);
}

/* PAIR with the copies that there are of it, where it has any, or a score above
 * LEAST. */
static int
add_if_named(struct class *c, struct class_pair pair, double least)
{
	pair.ncopies = class_count_copies(c, pair.a, pair.b);
	if (pair.score <= least && pair.ncopies == 0)
		return 0;
	if (class_has_taken(c, pair.b, pair.a)) {
		size_t from = pair.a;

		pair.a = pair.b;
		pair.b = from;
	}
	pair.taken = class_has_taken(c, pair.a, pair.b);
	if (ARRAY_ROOM(&c->pairs, &c->pairs_cap, c->npairs + 1) != 0)
		return ERR_NOMEM;
	c->pairs[c->npairs++] = pair;
	return 0;
}

static int
alike_add_pair(
    struct class *c, const struct people *p, size_t a, size_t b, double least)
{
	struct class_pair pair = { .a = (size_t)(p->list[a] - c->entries),
		.b = (size_t)(p->list[b] - c->entries) };

	pair.score = score_pair(alike_find_pair(p, a, b), &pair.same);
	return add_if_named(c, pair, least);
}

/* A single student who has a value of one of several others. */
static int
add_alone(struct class *c, const struct people *p, size_t a)
{
	struct class_pair pair = { .a = (size_t)(p->list[a] - c->entries),
		.b = CLASS_SEVERAL };

	return add_if_named(c, pair, INFINITY);
}

static int
by_score(const void *a, const void *b)
{
	const struct class_pair *x = a, *y = b;

	if ((x->ncopies > 0) != (y->ncopies > 0))
		return x->ncopies > 0 ? -1 : 1;
	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return x->a != y->a ? (x->a < y->a ? -1 : 1) : (x->b < y->b ? -1 : 1);
}

/* The student named with E's by PAIR; NULL: not a known one. */
static const char *
find_partner(const struct class *c, const struct class_pair *pair,
    const struct class_entry *e)
{
	const struct class_entry *a = &c->entries[pair->a], *b;

	if (pair->b == CLASS_SEVERAL)
		return NULL;
	b = &c->entries[pair->b];
	if (class_same_student(a, e))
		return b->student;
	return class_same_student(b, e) ? a->student : NULL;
}

/* What E has answered in TASK is also that of a student with whom E's is named,
 * but OTHER's: one of the first N pairs. */
static bool
is_explained(const struct class *c, size_t n, const struct class_entry *e,
    const struct class_entry *other, size_t task)
{
	for (size_t i = 0; i < n; i++) {
		const char *from = find_partner(c, &c->pairs[i], e);

		for (size_t k = 0; from != NULL && k < c->n; k++) {
			const struct class_entry *y = &c->entries[k];

			if (y->counts && strcmp(y->student, from) == 0 &&
			    strcmp(from, other->student) != 0 &&
			    strcmp(y->lab, e->lab) == 0 && task < y->ntasks &&
			    same_answer(
				y->tasks[task].plain, e->tasks[task].plain))
				return true;
		}
	}
	return false;
}

/* Adds to COMMON what entries I and K of one lab have in common, without what
 * the first N pairs explain. */
static void
compare_unexplained(const struct class *c, const struct people *p, size_t i,
    size_t k, size_t n, struct common *common)
{
	const struct class_entry *x = &c->entries[i], *y = &c->entries[k];

	for (size_t t = 0; t < x->ntasks && t < y->ntasks; t++) {
		struct compared both = { x, y, &p->tallies[i][t],
			&p->tallies[k][t], t,
			(unsigned)alike_is_wrong(x, t) + alike_is_wrong(y, t) };

		if (!asks_same_task(x, y, t))
			continue;
		if (n == 0 || (!is_explained(c, n, x, y, t) &&
				  !is_explained(c, n, y, x, t)))
			compare_task(&both, common);
	}
}

/* Two pieces of work in one lab. */
static void
compare_work(const struct class *c, struct people *p, size_t i, size_t k)
{
	size_t a = p->of[i], b = p->of[k];

	if (a != SIZE_MAX && b != SIZE_MAX && a != b && p->lab[i] == p->lab[k])
		compare_unexplained(c, p, i, k, 0, alike_find_pair(p, a, b));
}

/* PAIR's score without what the first N pairs explain. */
static void
score_again(const struct class *c, const struct people *p, size_t n,
    struct class_pair *pair)
{
	size_t a = p->of[pair->a], b = p->of[pair->b];
	struct common common = { .same = { 0 } };

	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->n && p->of[i] == a; k++)
			if (p->of[k] == b && p->lab[i] == p->lab[k])
				compare_unexplained(c, p, i, k, n, &common);
	pair->score = score_pair(&common, &pair->same);
}

/* Keeps the pairs, which are in order, that the ones before do not explain. */
static void
keep_unexplained(struct class *c, const struct people *p, double least)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->npairs; i++) {
		struct class_pair pair = c->pairs[i];

		if (pair.ncopies == 0)
			score_again(c, p, kept, &pair);
		if (pair.ncopies > 0 || pair.score > least)
			c->pairs[kept++] = pair;
	}
	c->npairs = kept;
}

static int
name_pairs(struct class *c, const struct people *p)
{
	double pairs = (double)p->n * ((double)p->n - 1) / 2;
	double least = log(CLASSES * pairs);
	int err = 0;

	for (size_t a = 0; err == 0 && a < p->n; a++) {
		err = add_alone(c, p, a);
		for (size_t b = a + 1; err == 0 && b < p->n; b++)
			err = alike_add_pair(c, p, a, b, least);
	}
	if (c->npairs > 0)
		qsort(c->pairs, c->npairs, sizeof(*c->pairs), by_score);
	keep_unexplained(c, p, least);
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
	mem_free(p.lab);
	mem_free(p.pairs);
	mem_free(p.tallies);
	return err;
}
