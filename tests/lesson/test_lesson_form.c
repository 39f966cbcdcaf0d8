/*
 * What the form of options gives away to who has learnt it: a guesser that
 * knows the right options of four fifths of the labs weighs how long an option
 * is, its digits, fields, signs, its words of denial, of all and of perhaps,
 * how much it has in common with the others, and guesses those of the last
 * fifth. FORM=1 names the choices that are told most surely.
 */
#include "base/i18n.h"
#include "fixtures/check.h"
#include "fixtures/lessons.h"
#include "text/utf8.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#define OPTIONS     4
#define CHOICES_MAX 1000
#define FOLDS       5
#define ROUNDS      300
#define RATE        0.3
/* What is learnt is held small: one over so many choices. */
#define SHRINK 0.02
/* So many of a hundred may be guessed. */
#define MOST 30

/* Words by what they do, in both languages; a blank stands for an end. */
static const char *const denials[] = { " no ", " not ", " never ", " nothing ",
	" nobody ", " none ", "n't ", " without ", " neither ", "不", "没",
	"无", "未", NULL };
static const char *const wholes[] = { " all ", " every ", " each ", " always ",
	" only ", " alone ", " any ", " both ", "都", "只", "每", "总", "任何",
	"所有", NULL };
static const char *const doubts[] = { " may ", " can ", " could ", " might ",
	" some ", " perhaps ", "可能", "可以", "也许", "某", NULL };
static const char *const reasons[] = { " because ", " since ", " so ", " for ",
	" as ", " that ", " which ", "因为", "所以", "因此", "以便", "由于",
	NULL };
static const char *const owns[] = { " own ", " its ", " itself ", " another ",
	" other ", " same ", "自己", "另", "同一", "相同", "其他", NULL };
static const char *const musts[] = { " must ", " has to ", " should ", " need",
	"必须", "应", "需要", "要", NULL };
static const char *const *const lists[] = { denials, wholes, doubts, reasons,
	owns, musts };
#define LISTS (sizeof(lists) / sizeof(lists[0]))

static const char *const signs[] = { ",，、", ";；:：", "`\"“", "()（）" };
#define SIGNS (sizeof(signs) / sizeof(signs[0]))

enum { WIDTH, LONGEST, SHORTEST, DIGITS, CAPITALS, COMMON, FIRST_LIST };
#define FEATURES (FIRST_LIST + LISTS + SIGNS)

struct choice {
	char lab[64];
	unsigned number, fold, right;
	double x[OPTIONS][FEATURES];
};

static struct choice choices[CHOICES_MAX];
static size_t n;

/* ---- features ---- */

static unsigned
count_parts(const char *text, const char *part)
{
	unsigned found = 0;

	for (const char *at = text; (at = strcasestr(at, part)) != NULL; at++)
		found++;
	return found;
}

static unsigned
count_signs(const char *text, const char *of)
{
	struct str rest = str_of(of);
	unsigned found = 0;

	while (rest.n > 0) {
		size_t size;
		char sign[8] = "";

		(void)utf8_decode(rest, &size);
		memcpy(sign, rest.p, size);
		found += count_parts(text, sign);
		rest = str_slice(rest, size, rest.n);
	}
	return found;
}

/* Pieces of three bytes of A that stand in B, too, of a hundred. */
static double
count_common(const char *a, const char *b)
{
	size_t size = strlen(a), found = 0;

	if (size < 3)
		return 0;
	for (size_t i = 0; i + 3 <= size; i++) {
		char part[4] = { a[i], a[i + 1], a[i + 2], '\0' };

		found += strstr(b, part) != NULL;
	}
	return (double)found / (double)size;
}

static void
measure(const struct lesson_task *t, size_t o, double *x)
{
	const char *text = t->options[o].text;
	LOCAL_BUF padded = BUF_INIT;

	buf_printf(&padded, " %s ", text);
	for (size_t i = 0; i < padded.n; i++)
		if (padded.p[i] == ',' || padded.p[i] == '.')
			padded.p[i] = ' ';
	x[WIDTH] = (double)utf8_width(str_of(text));
	for (const char *p = text; *p != '\0'; p++) {
		x[DIGITS] += isdigit((unsigned char)*p) != 0;
		x[CAPITALS] += isupper((unsigned char)*p) != 0;
	}
	for (size_t k = 0; k < OPTIONS; k++)
		if (k != o)
			x[COMMON] += count_common(text, t->options[k].text);
	for (size_t i = 0; i < LISTS; i++)
		for (size_t k = 0; lists[i][k] != NULL; k++)
			x[FIRST_LIST + i] +=
			    count_parts(buf_cstr(&padded), lists[i][k]);
	for (size_t i = 0; i < SIGNS; i++)
		x[FIRST_LIST + LISTS + i] += count_signs(text, signs[i]);
}

/* Beside the mean of the choice; the longest and the shortest have a mark. */
static void
compare_options(struct choice *c)
{
	size_t longest = 0, shortest = 0;

	for (size_t o = 1; o < OPTIONS; o++) {
		longest = c->x[o][WIDTH] > c->x[longest][WIDTH] ? o : longest;
		shortest =
		    c->x[o][WIDTH] < c->x[shortest][WIDTH] ? o : shortest;
	}
	for (size_t o = 0; o < OPTIONS; o++)
		c->x[o][WIDTH] /= c->x[longest][WIDTH];
	c->x[longest][LONGEST] = 1;
	c->x[shortest][SHORTEST] = 1;
	for (size_t f = 0; f < FEATURES; f++) {
		double sum = 0;

		for (size_t o = 0; o < OPTIONS; o++)
			sum += c->x[o][f];
		for (size_t o = 0; o < OPTIONS; o++)
			c->x[o][f] -= sum / OPTIONS;
	}
}

static void
take_lab(const char *lab)
{
	static unsigned fold;
	struct lesson *l = fixture_lesson(lab);

	fold++;
	for (size_t i = 0; i < lesson_count(l); i++) {
		const struct lesson_task *t = lesson_task(l, i);
		struct choice *c = &choices[n];

		if (t->kind != LESSON_CHOICE || t->noptions != OPTIONS)
			continue;
		CU_ASSERT_FATAL(n < CHOICES_MAX);
		*c = (struct choice){ .number = t->number,
			.fold = fold % FOLDS };
		snprintf(c->lab, sizeof(c->lab), "%s", lab);
		for (size_t o = 0; o < OPTIONS; o++) {
			measure(t, o, c->x[o]);
			if (t->options[o].right)
				c->right = (unsigned)o;
		}
		compare_options(c);
		n++;
	}
	lesson_destroy(l);
}

/* Each feature counts in its own size. */
static void
scale(void)
{
	for (size_t f = 0; f < FEATURES; f++) {
		double sum = 0, size;

		for (size_t i = 0; i < n; i++)
			for (size_t o = 0; o < OPTIONS; o++)
				sum += choices[i].x[o][f] * choices[i].x[o][f];
		size = sqrt(sum / (double)(n * OPTIONS)) + 1e-9;
		for (size_t i = 0; i < n; i++)
			for (size_t o = 0; o < OPTIONS; o++)
				choices[i].x[o][f] /= size;
	}
}

/* ---- the guesser ---- */

/* The shares of the options by the weights W. */
static void
weigh(const struct choice *c, const double *w, double *share)
{
	double sum = 0;

	for (size_t o = 0; o < OPTIONS; o++) {
		share[o] = 0;
		for (size_t f = 0; f < FEATURES; f++)
			share[o] += w[f] * c->x[o][f];
		sum += share[o] = exp(share[o]);
	}
	for (size_t o = 0; o < OPTIONS; o++)
		share[o] /= sum;
}

/* Weights that make the right options of all folds but FOLD likely. */
static void
learn(unsigned fold, double *w)
{
	for (size_t f = 0; f < FEATURES; f++)
		w[f] = 0;
	for (unsigned round = 0; round < ROUNDS; round++) {
		double up[FEATURES] = { 0 }, share[OPTIONS];
		size_t seen = 0;

		for (size_t i = 0; i < n; i++) {
			const struct choice *c = &choices[i];

			if (c->fold == fold)
				continue;
			seen++;
			weigh(c, w, share);
			for (size_t o = 0; o < OPTIONS; o++)
				for (size_t f = 0; f < FEATURES; f++)
					up[f] += ((o == c->right) - share[o]) *
						 c->x[o][f];
		}
		for (size_t f = 0; f < FEATURES; f++)
			w[f] += RATE * (up[f] / (double)seen - SHRINK * w[f]);
	}
}

static unsigned
guess_fold(unsigned fold, bool named)
{
	double w[FEATURES], share[OPTIONS];
	unsigned right = 0;

	learn(fold, w);
	for (size_t i = 0; i < n; i++) {
		size_t best = 0;

		if (choices[i].fold != fold)
			continue;
		weigh(&choices[i], w, share);
		for (size_t o = 1; o < OPTIONS; o++)
			best = share[o] > share[best] ? o : best;
		right += best == choices[i].right;
		if (named && best == choices[i].right)
			printf("  told %.2f %s %u\n", share[best],
			    choices[i].lab, choices[i].number);
	}
	return right;
}

/* Who has learnt all of them. */
static void
tell_weights(void)
{
	double w[FEATURES], share[OPTIONS];
	unsigned right = 0;

	learn(FOLDS, w);
	for (size_t i = 0; i < n; i++) {
		size_t best = 0;

		weigh(&choices[i], w, share);
		for (size_t o = 1; o < OPTIONS; o++)
			best = share[o] > share[best] ? o : best;
		right += best == choices[i].right;
	}
	printf(" who has learnt all %.1f;", 100.0 * right / (double)n);
	for (size_t f = 0; f < FEATURES; f++)
		printf(" %.2f", w[f]);
	printf("\n");
}

static void
form(void)
{
	static const char *const languages[] = { "en", "zh" };

	for (size_t k = 0; k < 2; k++) {
		unsigned right = 0;

		n = 0;
		CU_ASSERT_EQUAL(i18n_choose(languages[k]), 0);
		each_lesson(take_lab);
		scale();
		for (unsigned fold = 0; fold < FOLDS; fold++)
			right += guess_fold(fold, getenv("FORM") != NULL);
		printf("  %s: by form %u of %zu choices, %.1f of 100;",
		    languages[k], right, n, 100.0 * right / (double)n);
		tell_weights();
		CU_ASSERT(right * 100 <= n * MOST);
	}
	CU_ASSERT_EQUAL(i18n_choose("en"), 0);
}

CHECK_MAIN("lesson_form", { "form", form })
