/*
 * A class of 200 from its files to its report: honest work gets its points in
 * whatever spelling, guessers what chance gives, each copier is named with whom
 * the answers are from and nobody else, a saboteur changes nobody's points, and
 * who has no number inside is found by the name.
 */
#include "check.h"
#include "base/buf.h"
#include "base/folder.h"
#include "class_made.h"
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

/* Seeds are small, so that some of 200 share one, and with it all tags: who has
 * copied one of those alone is told, with both whose it may be. */
static bool
is_told(const struct class *c, unsigned i)
{
	struct str rest = buf_view(&c->remarks);
	char file[48], of[32], id[32];

	made_id(i, id);
	made_id(people[i].of, of);
	snprintf(file, sizeof(file), "%s_", id);
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		if (str_find(line, file) >= 0 && str_find(line, of) >= 0 &&
		    str_find(line, "right for some others alone") >= 0)
			return true;
	}
	return false;
}

static bool
is_pair(const struct class *c, unsigned i)
{
	for (size_t k = 0; k < c->npairs; k++)
		if (index_of(&c->entries[c->pairs[k].a]) == i ||
		    index_of(&c->entries[c->pairs[k].b]) == i)
			return true;
	return false;
}

/* Each copier is named with whom it is from, nobody else. */
static void
copiers_are_named(const struct class *c)
{
	unsigned named = 0, told = 0, copiers = 0;

	for (unsigned i = 0; i < STUDENTS; i++) {
		copiers += is_copier(people[i].kind);
		if (!is_copier(people[i].kind) || is_pair(c, i))
			continue;
		told += is_told(c, i);
		if (!is_told(c, i))
			printf("BAD  %u is not named\n", i);
	}
	for (size_t i = 0; i < c->npairs; i++) {
		unsigned a = index_of(&c->entries[c->pairs[i].a]);
		unsigned b = index_of(&c->entries[c->pairs[i].b]);
		bool is = (is_copier(people[a].kind) && people[a].of == b) ||
			  (is_copier(people[b].kind) && people[b].of == a);

		if (!is)
			printf("BAD  %u and %u, %zu copies\n", a, b,
			    c->pairs[i].ncopies);
		CU_ASSERT(is);
		named += is;
	}
	printf("  of %u copiers %u are named, %u told without whose it is\n",
	    copiers, named, told);
	CU_ASSERT_EQUAL(named + told, copiers);
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

static void
large_class(void)
{
	const struct made_class made = { lab_paths, LABS, people, STUDENTS,
		42 };
	const struct class_options o = { .lab = NULL };
	char folder[] = "/tmp/rung-large-XXXXXX";
	struct diag d = DIAG_INIT;
	struct class c;

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	draw_people();
	made_class_write(&made, folder);
	CU_ASSERT_EQUAL(class_judge(&c, folder, &o, &d), 0);
	for (size_t i = 0; i < c.n; i++)
		CU_ASSERT_STRING_EQUAL(c.entries[i].failed, "");
	points_are_right(&c);
	copiers_are_named(&c);
	saboteurs_are_told(&c);
	class_free(&c);
	folder_remove(folder);
}

CHECK_MAIN("class_large", { "a class of 200", large_class })
