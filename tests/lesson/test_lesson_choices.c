/*
 * What a choice gives away by its form: over all labs, in both languages, who
 * picks the longest option, the shortest, the one with the most details or any
 * letter gets about what chance gives.  Those that a number draws count as
 * well.
 */
#include "base/folder.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "fixtures/check.h"
#include "fixtures/lessons.h"
#include "msg/headers.h"

#include <ctype.h>

#define OPTIONS  4
#define STUDENTS 1000
/* A choice is worth so many shares, which ties divide without a rest. */
#define SHARES 12

/* In percent of the choices, or of the students. */
#define LEAST 20
#define MOST  33

/* ---- how an option looks ---- */

static size_t
get_width(struct str text)
{
	return utf8_width(text);
}

/* The header fields that TEXT names, as they are written in messages. */
static size_t
count_fields(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n;) {
		const struct msg_header_info *info;
		size_t end = i;

		while (end < text.n && (isalpha((unsigned char)text.p[end]) ||
					   text.p[end] == '-'))
			end++;
		if (end == i) {
			i++;
			continue;
		}
		info =
		    msg_header_info(msg_header_find(str_slice(text, i, end)));
		n +=
		    info != NULL && str_is(str_slice(text, i, end), info->name);
		i = end;
	}
	return n;
}

static size_t
count_details(struct str text)
{
	size_t n = count_fields(text);

	for (size_t i = 0; i < text.n; i++)
		n += isdigit((unsigned char)text.p[i]) != 0 ||
		     str_starts(str_slice(text, i, text.n), "§");
	return n;
}

/* ---- guessers by form ---- */

/* Picks the option that has so many others above it. */
static const struct {
	const char *name;
	size_t (*measure)(struct str text);
	size_t above;
} guessers[] = {
	{ "longest", get_width, 0 },
	{ "second longest", get_width, 1 },
	{ "third longest", get_width, 2 },
	{ "shortest", get_width, OPTIONS - 1 },
	{ "most details", count_details, 0 },
	{ "fewest details", count_details, OPTIONS - 1 },
};
#define GUESSERS (sizeof(guessers) / sizeof(guessers[0]))

struct tally {
	size_t choices;
	size_t shares[GUESSERS];
};

/* Whoever can't tell several options apart picks one of them blindly. */
static size_t
get_share(const struct lesson_task *t, size_t guesser)
{
	size_t size[OPTIONS], right = 0, above = 0, equal = 0;

	for (size_t i = 0; i < OPTIONS; i++) {
		size[i] = guessers[guesser].measure(str_of(t->options[i].text));
		if (t->options[i].right)
			right = i;
	}
	for (size_t i = 0; i < OPTIONS; i++) {
		above += size[i] > size[right];
		equal += size[i] == size[right];
	}
	return guessers[guesser].above >= above &&
		       guessers[guesser].above < above + equal
		   ? SHARES / equal
		   : 0;
}

/* A right option that is half as long again as the others, or as short, needs
 * no rule to be found. */
static void
does_not_stick_out(const char *lab, const struct lesson_task *t)
{
	size_t right = 0, others = 0;

	for (size_t i = 0; i < OPTIONS; i++) {
		size_t width = get_width(str_of(t->options[i].text));

		if (t->options[i].right)
			right = width * (OPTIONS - 1);
		else
			others += width;
	}
	if (right * 2 > others * 3 || right * 3 < others * 2)
		printf(
		    "BAD  %s, task %u: %zu cells, the others %zu (other %u)\n",
		    lab, t->number, right / (OPTIONS - 1),
		    others / (OPTIONS - 1), t->other);
	CU_ASSERT(right * 2 <= others * 3 && right * 3 >= others * 2);
}

static void
guess_task(const char *lab, const struct lesson_task *t, struct tally *sum)
{
	if (t->noptions != OPTIONS)
		printf("BAD  %s, task %u: %zu options\n", lab, t->number,
		    t->noptions);
	CU_ASSERT_EQUAL(t->noptions, OPTIONS);
	if (t->noptions != OPTIONS)
		return;
	sum->choices++;
	does_not_stick_out(lab, t);
	for (size_t g = 0; g < GUESSERS; g++)
		sum->shares[g] += get_share(t, g);
}

/* Of each task those of its others that one of so many numbers draws: of four
 * that one is left out has a chance of one in a thousand. */
#define NUMBERS 24
#define OTHERS  32

static void
guess_lab(const char *lab, struct tally *sum)
{
	uint32_t seen[LESSON_TASKS_MAX] = { 0 };
	bool draws = true;

	for (unsigned k = 0; draws && k <= NUMBERS; k++) {
		struct lesson *l = NULL;
		struct diag d = DIAG_INIT;
		char student[8] = "";

		if (k > 0)
			snprintf(student, sizeof(student), "%u", k);
		CU_ASSERT_EQUAL_FATAL(lesson_load(&l, lab, student, &d), 0);
		draws = k < NUMBERS / 3;
		for (size_t i = 0; i < lesson_count(l); i++) {
			const struct lesson_task *t = lesson_task(l, i);
			uint32_t bit = (uint32_t)1 << t->other % OTHERS;

			if ((seen[i] & bit) == 0 && t->kind == LESSON_CHOICE)
				guess_task(lab, t, sum);
			seen[i] |= bit;
			draws |= (seen[i] & ~(uint32_t)1) != 0;
		}
		lesson_destroy(l);
	}
}

static void
guess_in(const char *language)
{
	struct tally sum = { 0 };
	char *names[LABS_MAX];
	size_t n = labs_list(names, false);

	CU_ASSERT_EQUAL(i18n_choose(language), 0);
	for (size_t i = 0; i < n; i++)
		guess_lab(names[i], &sum);
	CU_ASSERT_EQUAL(i18n_choose("en"), 0);
	CU_ASSERT_FATAL(sum.choices > 100);
	for (size_t g = 0; g < GUESSERS; g++) {
		size_t all = sum.choices * SHARES;

		printf("  %s: the %s is right in %zu.%zu of %zu\n", language,
		    guessers[g].name, sum.shares[g] / SHARES,
		    sum.shares[g] % SHARES * 10 / SHARES, sum.choices);
		CU_ASSERT(sum.shares[g] * 100 >= all * LEAST);
		CU_ASSERT(sum.shares[g] * 100 <= all * MOST);
	}
	labs_free(names, n);
}

static void
english(void)
{
	guess_in("en");
}

static void
chinese(void)
{
	guess_in("zh");
}

/* ---- guessers by letter ---- */

static size_t
find_right(const struct lesson_task *t)
{
	size_t i = 0;

	while (!t->options[i].right)
		i++;
	return i;
}

/* For students whose numbers follow each other from FIRST on. */
static void
letters_are_even(const char *lab, const struct lesson_task *t, unsigned first)
{
	size_t right = find_right(t), letters[LESSON_OPTIONS_MAX] = { 0 };

	for (unsigned s = 0; s < STUDENTS; s++) {
		size_t order[LESSON_OPTIONS_MAX], i = 0;
		char student[16];

		snprintf(student, sizeof(student), "%u", first + s);
		lesson_option_order(
		    folder_name(lab), student, t->number, t->noptions, order);
		while (order[i] != right)
			i++;
		letters[i]++;
	}
	for (size_t i = 0; i < t->noptions; i++) {
		size_t percent = letters[i] * 100;
		bool even =
		    percent >= STUDENTS * LEAST && percent <= STUDENTS * MOST;

		if (!even)
			printf("BAD  %s, task %u: %c is right for %zu\n", lab,
			    t->number, (char)('a' + (int)i), letters[i]);
		CU_ASSERT(even);
	}
}

static void
each_letter(const char *lab)
{
	struct lesson *l = fixture_lesson(lab);

	for (size_t i = 0; i < lesson_count(l); i++)
		if (lesson_task(l, i)->kind == LESSON_CHOICE) {
			letters_are_even(lab, lesson_task(l, i), 1);
			letters_are_even(lab, lesson_task(l, i), 20260001);
		}
	lesson_destroy(l);
}

static void
letters(void)
{
	each_lesson(each_letter);
}

CHECK_MAIN("lesson_choices", { "English", english }, { "Chinese", chinese },
    { "letters", letters })
