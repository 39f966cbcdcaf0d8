/*
 * What a neighbour's key is worth: the key of each student is right in the lab
 * as that student has it, and handed in by another it brings few of the points.
 * KEYS=40 looks at so many students of all labs and says what each lab gives
 * away, as "make keys" does; else few, of some labs.
 */
#include "fixtures/check.h"
#include "fixtures/lessons.h"
#include "grade/rerun.h"

#include <stdlib.h>

/* A student's lab. */
struct seat {
	struct lesson *lesson;
	struct trace *trace;
	struct buf keys[LESSON_TASKS_MAX];
};

/* Hundredths: of what is worth something, what a neighbour's key brings. */
struct gain {
	uint64_t points, of;
};

static struct gain by_kind[LESSON_KIND_COUNT];
static struct gain over_all;
static struct gain worst; /* of one pair in one lab */
static unsigned students, keys, labs_above;
/* Of a lab a neighbour's key may bring so many hundredths, over all labs so
 * many. */
#define LAB_MOST 75
#define ALL_MOST 45

/* Tasks that a key answers. */
static bool
has_key(enum lesson_kind kind)
{
	return lesson_kind_is_written(kind) && kind != LESSON_RUN;
}

static void
judge_key(
    struct seat *s, size_t i, const struct buf *key, struct lesson_result *r)
{
	const struct lesson_task *t = lesson_task(s->lesson, i);
	struct lesson_answer a = { .text = buf_view(key) };
	struct lesson_work w = { .lab = s->trace };

	if (t->kind == LESSON_CHOICE)
		a.text = str_slice(a.text, 0, 1);
	CU_ASSERT_EQUAL(lesson_judge(s->lesson, i, &a, &w, r), 0);
}

static void
take_seat(struct seat *s, const char *lab, unsigned number)
{
	struct variant v = VARIANT_INIT;
	struct diag d = DIAG_INIT;
	char student[16];

	snprintf(student, sizeof(student), "%u", 20260000 + number);
	CU_ASSERT_EQUAL_FATAL(lesson_load(&s->lesson, lab, student, &d), 0);
	CU_ASSERT_EQUAL_FATAL(variant_make(&v, s->lesson, &d), 0);
	if (rerun_file(lab, &v, &s->trace, NULL, &d) != 0)
		printf("  %s %s: %s\n", lab, student, d.text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(s->trace);
	for (size_t i = 0; i < lesson_count(s->lesson); i++) {
		struct lesson_result r;

		s->keys[i] = BUF_INIT;
		if (!has_key(lesson_task(s->lesson, i)->kind))
			continue;
		if (lesson_key(s->lesson, i, s->trace, &s->keys[i], NULL, &d) !=
		    0)
			printf("BAD  %s %zu, %s: %s\n", lab, i + 1, student,
			    d.text);
		judge_key(s, i, &s->keys[i], &r);
		if (r.verdict != LESSON_GOOD)
			printf("BAD  %s %zu, %s: “%s”: %s\n", lab, i + 1,
			    student, buf_cstr(&s->keys[i]), buf_cstr(&r.why));
		CU_ASSERT_EQUAL(r.verdict, LESSON_GOOD);
		keys++;
		lesson_result_free(&r);
	}
	variant_free(&v);
}

static void
leave_seat(struct seat *s)
{
	for (size_t i = 0; i < lesson_count(s->lesson); i++)
		buf_free(&s->keys[i]);
	lesson_destroy(s->lesson);
	trace_destroy(s->trace);
}

/* What MINE gets for the keys of OTHER, task for task, added to GAINS. */
static void
hand_in(struct seat *mine, const struct seat *other, struct gain *gains)
{
	struct gain pair = { 0, 0 };

	for (size_t i = 0; i < lesson_count(mine->lesson); i++) {
		const struct lesson_task *t = lesson_task(mine->lesson, i);
		struct lesson_result r;

		if (!has_key(t->kind))
			continue;
		judge_key(mine, i, &other->keys[i], &r);
		gains[i].points += r.points;
		gains[i].of += t->points;
		pair.points += r.points;
		pair.of += t->points;
		lesson_result_free(&r);
	}
	if (pair.of > 0 && pair.points * worst.of >= worst.points * pair.of)
		worst = pair;
}

static void
tell_lab(const char *lab, const struct lesson *l, const struct gain *gains)
{
	struct gain sum = { 0, 0 };

	for (size_t i = 0; i < lesson_count(l); i++) {
		enum lesson_kind kind = lesson_task(l, i)->kind;

		sum.points += gains[i].points;
		sum.of += gains[i].of;
		by_kind[kind].points += gains[i].points / (students - 1);
		by_kind[kind].of += gains[i].of / (students - 1);
	}
	if (sum.of == 0)
		return;
	over_all.points += sum.points / (students - 1);
	over_all.of += sum.of / (students - 1);
	if (sum.points * 100 <= sum.of * LAB_MOST && getenv("KEYS") == NULL)
		return;
	labs_above += sum.points * 100 > sum.of * LAB_MOST;
	printf("  %3u %s:", (unsigned)(100 * sum.points / sum.of), lab + 5);
	for (size_t i = 0; i < lesson_count(l); i++)
		if (gains[i].of > 0)
			printf(" %zu %s %.2f", i + 1,
			    lesson_kind_name(lesson_task(l, i)->kind),
			    (double)gains[i].points / (double)gains[i].of);
	printf("\n");
}

/* Each student has the keys of the one before. */
static void
try_lab(const char *lab)
{
	struct gain gains[LESSON_TASKS_MAX] = { { 0, 0 } };
	struct seat seats[2] = { { .lesson = NULL } };

	take_seat(&seats[0], lab, 1);
	for (unsigned n = 1; n < students; n++) {
		take_seat(&seats[n % 2], lab, 1 + n);
		hand_in(&seats[n % 2], &seats[(n + 1) % 2], gains);
		leave_seat(&seats[(n + 1) % 2]);
	}
	tell_lab(lab, seats[(students + 1) % 2].lesson, gains);
	leave_seat(&seats[(students + 1) % 2]);
}

static void
neighbours(void)
{
	students = getenv("KEYS") != NULL
		       ? (unsigned)strtoul(getenv("KEYS"), NULL, 10)
		       : 6;
	CU_ASSERT_FATAL(students >= 2 && students <= 100000);
	if (getenv("KEYS_OF") != NULL)
		try_lab(getenv("KEYS_OF"));
	else if (getenv("KEYS") != NULL)
		each_lesson(try_lab);
	else
		each_lesson_some(try_lab);
	for (int k = 0; k < LESSON_KIND_COUNT; k++)
		if (by_kind[k].of > 0)
			printf("  %-7s %7.1f of %7.1f  %.2f\n",
			    lesson_kind_name((enum lesson_kind)k),
			    (double)by_kind[k].points / LESSON_POINT,
			    (double)by_kind[k].of / LESSON_POINT,
			    (double)by_kind[k].points / (double)by_kind[k].of);
	printf("  %u keys; a neighbour's bring %.1f of %.1f points, %.2f; %u "
	       "labs above %d of 100; of one pair in one lab at most %.2f\n",
	    keys, (double)over_all.points / LESSON_POINT,
	    (double)over_all.of / LESSON_POINT,
	    (double)over_all.points / (double)over_all.of, labs_above, LAB_MOST,
	    worst.of > 0 ? (double)worst.points / (double)worst.of : 0);
	if (getenv("KEYS_OF") != NULL)
		return;
	CU_ASSERT_EQUAL(labs_above, 0);
	CU_ASSERT(over_all.points * 100 <= over_all.of * ALL_MOST);
}

CHECK_MAIN("lesson_neighbours", { "neighbours", neighbours })
