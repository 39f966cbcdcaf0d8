/*
 * A class of 200 from its files to its report: honest work gets its points in
 * whatever spelling, guessers what chance gives, each copier is named with whom
 * the answers are from, or with all who that may be, and nobody else, a
 * saboteur changes nobody's points, and who has no number inside is found by
 * the name.
 */
#include "fixtures/check.h"
#include "base/buf.h"
#include "base/folder.h"
#include "fixtures/class_made.h"
#include "grade/class.h"

#include <string.h>
#include <unistd.h>

#define STUDENTS (IS_SANITIZED ? 60u : 200u)

static const char *const lab_paths[] = { "labs/direct-call",
	"labs/rfc3903-15" };
#define LABS (sizeof(lab_paths) / sizeof(lab_paths[0]))

/* ---- who is who ---- */

/* Of each 20 students. */
static const enum made_kind kinds[20] = { MADE_HONEST, MADE_USUAL, MADE_HONEST,
	MADE_USUAL, MADE_COPY, MADE_HONEST, MADE_USUAL, MADE_COPY_HALF,
	MADE_USUAL, MADE_LONGEST, MADE_SHORTEST, MADE_LETTER, MADE_CHANCE,
	MADE_CHANCE, MADE_SABOTEUR, MADE_HONEST, MADE_USUAL, MADE_HONEST,
	MADE_USUAL, MADE_HONEST };

static struct made_student people[200];

static void
draw_people(void)
{
	for (unsigned i = 0; i < STUDENTS; i++) {
		people[i].kind = kinds[i % 20];
		/* An honest one of the same twenty. */
		people[i].of = i / 20 * 20 + (i % 20 == 4      ? 0
						 : i % 20 == 7 ? 5
							       : 2);
	}
	people[STUDENTS - 1].kind = MADE_NAMELESS;
}

/* ---- the report ---- */

static unsigned
index_of(const struct class_entry *e)
{
	return (unsigned)strtoul(e->student, NULL, 10) - 20230001;
}

/* What each kind has reached in choices, and in all that is asked. */
struct reached {
	unsigned right, choices, good, asked;
};

static void
add_up(const struct class *c, struct reached *sums)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];
		struct reached *sum;

		if (!e->counts || index_of(e) >= STUDENTS)
			continue;
		sum = &sums[people[index_of(e)].kind];
		for (size_t t = 0; t < e->ntasks; t++) {
			const struct class_task *task = &e->tasks[t];
			bool good = task->verdict == LESSON_GOOD;

			if (task->answer[0] == '\0')
				continue;
			sum->asked++;
			sum->good += good;
			sum->choices += task->choice;
			sum->right += task->choice && good;
		}
	}
}

static void
points_are_right(const struct class *c)
{
	struct reached sums[MADE_NAMELESS + 1] = { { 0 } };
	unsigned right = 0, choices = 0;

	add_up(c, sums);
	for (int k = MADE_LONGEST; k <= MADE_CHANCE; k++) {
		right += sums[k].right;
		choices += sums[k].choices;
	}
	printf("  guessers: %u of %u\n", right, choices);
	CU_ASSERT(choices > 0);
	CU_ASSERT_EQUAL(sums[MADE_HONEST].good, sums[MADE_HONEST].asked);
	CU_ASSERT_EQUAL(sums[MADE_SABOTEUR].good, sums[MADE_SABOTEUR].asked);
	CU_ASSERT_EQUAL(sums[MADE_NAMELESS].good, sums[MADE_NAMELESS].asked);
	CU_ASSERT(sums[MADE_NAMELESS].asked > 0);
	CU_ASSERT(sums[MADE_HONEST].asked > STUDENTS);
	/* By letter and chance a quarter; four standard deviations. */
	right = sums[MADE_LETTER].right + sums[MADE_CHANCE].right;
	choices = sums[MADE_LETTER].choices + sums[MADE_CHANCE].choices;
	CU_ASSERT((4.0 * right - choices) * (4.0 * right - choices) <=
		  16.0 * 3 * choices);
}

static bool
is_copier(enum made_kind kind)
{
	return kind == MADE_COPY || kind == MADE_COPY_HALF;
}

/* PAIR names I as who has what is `of`'s.  Seeds are small, so that some of 200
 * share one, and with it all tags: who has copied one of those alone is named
 * with all whose it may be. */
static bool
is_named_by(const struct class *c, const struct class_pair *p, unsigned i)
{
	const struct class_copy *copy;
	size_t at = 0;
	char of[32];

	if (!p->taken || index_of(&c->entries[p->a]) != i)
		return false;
	if (p->b != CLASS_SEVERAL)
		return index_of(&c->entries[p->b]) == people[i].of;
	made_id(people[i].of, of);
	while ((copy = class_next_copy(c, p, &at)) != NULL)
		if (str_find(buf_view(&copy->text), of) < 0)
			return false;
	return p->ncopies > 0;
}

/* Each copier is named as such with whom it is from, nobody else. */
static void
copiers_are_named(const struct class *c)
{
	unsigned named[200] = { 0 }, all = 0, copiers = 0;

	for (size_t k = 0; k < c->npairs; k++) {
		unsigned i = index_of(&c->entries[c->pairs[k].a]);
		bool is = is_copier(people[i].kind) &&
			  is_named_by(c, &c->pairs[k], i);

		CU_ASSERT(is);
		if (!is)
			printf("BAD  %u is named, %zu copies\n", i,
			    c->pairs[k].ncopies);
		named[i] += is;
	}
	for (unsigned i = 0; i < STUDENTS; i++) {
		if (!is_copier(people[i].kind))
			continue;
		copiers++;
		all += named[i] == 1;
		if (named[i] != 1)
			printf("BAD  %u is named %u times\n", i, named[i]);
	}
	printf("  of %u copiers %u are named\n", copiers, all);
	CU_ASSERT_EQUAL(all, copiers);
}

/* The sentence of each value says who has it, all of them and nobody else;
 * whose answers fit another's number copies from that one. */
static void
sentences_are_true(const struct class *c)
{
	for (size_t i = 0; i < c->ncopies; i++) {
		struct str text = buf_view(&c->copies[i].text), rest;
		const struct class_entry *x = &c->entries[c->copies[i].a];
		ptrdiff_t task = str_find(text, "task ");
		ptrdiff_t whose = str_find(text, "right for ");
		uint32_t t;

		if (str_starts(text, "wrong for ")) {
			unsigned of = people[index_of(x)].of;

			CU_ASSERT(is_copier(people[index_of(x)].kind));
			if (c->copies[i].b != CLASS_SEVERAL)
				CU_ASSERT_EQUAL(
				    index_of(&c->entries[c->copies[i].b]), of);
			continue;
		}
		CU_ASSERT_FATAL(task >= 0 && whose >= 0);
		rest = str_slice(text, (size_t)task + 5, text.n);
		CU_ASSERT_EQUAL_FATAL(
		    str_u32(str_cut(rest, ',', &rest), &t), 0);
		text = str_slice(text, (size_t)whose, text.n);
		for (size_t k = 0; k < c->n; k++) {
			const struct class_entry *e = &c->entries[k];

			if (strcmp(e->lab, x->lab) == 0 && class_is_compared(e))
				CU_ASSERT_EQUAL(str_find(text, e->student) >= 0,
				    class_has_other_value(x, e, t - 1));
		}
	}
}

static void
saboteurs_are_told(const struct class *c)
{
	unsigned misnamed = 0, saboteurs = 0;

	for (unsigned i = 0; i < STUDENTS; i++)
		saboteurs += people[i].kind == MADE_SABOTEUR;
	for (size_t i = 0; i < c->n; i++) {
		if (c->entries[i].misnamed)
			CU_ASSERT(!c->entries[i].counts);
		misnamed += c->entries[i].misnamed;
	}
	CU_ASSERT_EQUAL(misnamed, saboteurs * LABS);
}

/* Whom a name can mean. */
static void
write_roster(const char *path)
{
	LOCAL_BUF text = BUF_INIT;
	char id[32];

	buf_puts(&text, "id,name\n");
	for (unsigned i = 0; i < STUDENTS; i++) {
		made_id(i, id);
		buf_printf(&text, "%s,\n", id);
	}
	CU_ASSERT_EQUAL_FATAL(buf_write_file(&text, path), 0);
}

static void
large_class(void)
{
	const struct made_class made = { lab_paths, LABS, people, STUDENTS,
		42 };
	char folder[] = "/tmp/rung-large-XXXXXX", roster[64];
	const struct class_options o = { .roster = roster };
	struct diag d = DIAG_INIT;
	struct class c;

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	snprintf(roster, sizeof(roster), "%s.csv", folder);
	draw_people();
	made_class_write(&made, folder);
	write_roster(roster);
	CU_ASSERT_EQUAL(class_judge(&c, folder, &o, &d), 0);
	for (size_t i = 0; i < c.n; i++)
		CU_ASSERT_STRING_EQUAL(c.entries[i].failed, "");
	points_are_right(&c);
	copiers_are_named(&c);
	sentences_are_true(&c);
	saboteurs_are_told(&c);
	class_free(&c);
	folder_remove(folder);
	CU_ASSERT_EQUAL(unlink(roster), 0);
}

CHECK_MAIN("class_large", { "a class of 200", large_class })
