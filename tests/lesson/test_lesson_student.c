/*
 * What is another for each student: the order of a choice's options, which
 * depends on the lab, the task and the student's number alone, and takes
 * reasons and records along.
 */
#include "base/i18n.h"
#include "fixtures/check.h"
#include "fixtures/lessons.h"

#include <sys/stat.h>

/* Of each lab. */
#define STUDENTS (IS_SANITIZED ? 2 : 6)
/* Of one lab. */
#define MANY (IS_SANITIZED ? 24 : 1000)

static struct lesson *
load_for(const char *lab, unsigned student)
{
	struct diag d = DIAG_INIT;
	struct lesson *l = NULL;
	char id[16];

	snprintf(id, sizeof(id), "%u", 20260000 + student);
	CU_ASSERT_EQUAL_FATAL(lesson_load(&l, lab, id, &d), 0);
	return l;
}

static size_t
find_right(const struct lesson_task *t)
{
	size_t i = 0;

	while (!t->options[i].right)
		i++;
	return i;
}

/* ---- every lab ---- */

/* MINE has the options of PLAIN, each once and as it is there. */
static void
has_the_options(const struct lesson_task *plain, const struct lesson_task *mine)
{
	unsigned seen = 0;

	CU_ASSERT_EQUAL_FATAL(plain->noptions, mine->noptions);
	for (size_t i = 0; i < mine->noptions; i++) {
		const struct lesson_option *o = &mine->options[i];
		const struct lesson_option *p = &plain->options[o->entry - 1];

		CU_ASSERT_FATAL(o->entry >= 1 && o->entry <= mine->noptions);
		seen |= 1u << o->entry;
		CU_ASSERT_STRING_EQUAL(o->text, p->text);
		CU_ASSERT((o->why == NULL) == (p->why == NULL));
		CU_ASSERT(o->why == NULL || strcmp(o->why, p->why) == 0);
		CU_ASSERT_EQUAL(o->rule, p->rule);
		CU_ASSERT_EQUAL(o->right, p->right);
		CU_ASSERT(mine->kind == LESSON_CHOICE || o->entry == i + 1);
	}
	CU_ASSERT_EQUAL(seen, (2u << mine->noptions) - 2);
}

/* The key names the right option, which needs no run. */
static void
has_its_key(struct lesson *l, size_t i)
{
	const struct lesson_task *t = lesson_task(l, i);
	struct diag d = DIAG_INIT;
	LOCAL_BUF key = BUF_INIT;
	size_t right = find_right(t);

	CU_ASSERT_EQUAL(lesson_key(l, i, NULL, &key, NULL, &d), 0);
	CU_ASSERT_FATAL(key.n > 3);
	CU_ASSERT_EQUAL(key.p[0], (char)('a' + (int)right));
	CU_ASSERT_STRING_EQUAL(key.p + 3, t->options[right].text);
}

static void
lab_is_shuffled(const char *lab)
{
	struct lesson *plain = fixture_lesson(lab);

	for (unsigned s = 0; s < STUDENTS; s++) {
		struct lesson *l = load_for(lab, s);

		for (size_t i = 0; i < lesson_count(l); i++) {
			const struct lesson_task *t = lesson_task(l, i);

			if (t->other == 0)
				has_the_options(lesson_task(plain, i), t);
			if (t->kind == LESSON_CHOICE)
				has_its_key(l, i);
		}
		lesson_destroy(l);
	}
	lesson_destroy(plain);
}

static void
every_lab(void)
{
	each_lesson(lab_is_shuffled);
}

/* ---- one lab ---- */

/* The options' places in check.lua, "dacb". */
static void
put_order(const struct lesson_task *t, char *out)
{
	for (size_t i = 0; i < t->noptions; i++)
		out[i] = (char)('a' + (int)t->options[i].entry - 1);
	out[t->noptions] = '\0';
}

static void
plain_order(void)
{
	struct lesson *l = fixture_lesson("labs/two-proxies");
	char order[LESSON_OPTIONS_MAX + 1];

	put_order(lesson_task(l, 0), order);
	CU_ASSERT_STRING_EQUAL(order, "abcd");
	CU_ASSERT_STRING_EQUAL(lesson_student(l), "");
	lesson_destroy(l);
}

/* One student's order is that of every language and of every path to the lab;
 * no two tasks share it. */
static void
one_order(void)
{
	static const struct {
		const char *lab, *student, *language, *first, *fourth;
	} rows[] = {
		{ "labs/two-proxies", "20261001", "en", "dbac", "cdba" },
		{ "labs/two-proxies", "20261001", "zh", "dbac", "cdba" },
		{ "labs/two-proxies/", "20261001", "en", "dbac", "cdba" },
		{ "./labs/../labs/two-proxies", "20261001", "en", "dbac",
		    "cdba" },
		{ "labs/two-proxies", "张三", "en", "cdba", "adcb" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct diag d = DIAG_INIT;
		struct lesson *l = NULL;
		char order[LESSON_OPTIONS_MAX + 1];

		CU_ASSERT_EQUAL(i18n_choose(rows[i].language), 0);
		CU_ASSERT_EQUAL_FATAL(
		    lesson_load(&l, rows[i].lab, rows[i].student, &d), 0);
		put_order(lesson_task(l, 0), order);
		if (strcmp(order, rows[i].first) != 0)
			printf("  row %zu: %s\n", i, order);
		CU_ASSERT_STRING_EQUAL(order, rows[i].first);
		put_order(lesson_task(l, 3), order);
		if (strcmp(order, rows[i].fourth) != 0)
			printf("  row %zu: %s\n", i, order);
		CU_ASSERT_STRING_EQUAL(order, rows[i].fourth);
		lesson_destroy(l);
	}
	CU_ASSERT_EQUAL(i18n_choose("en"), 0);
}

/* A thousand students, whose numbers follow each other: the right letters are
 * even, and those of neighbours differ as often as chance makes them. */
static void
many_students(void)
{
	unsigned letters[4][4] = { { 0 } }, same = 0;
	size_t before[2] = { 9, 9 };

	for (unsigned s = 0; s < MANY; s++) {
		struct lesson *l = load_for("labs/two-proxies", s);
		size_t x = find_right(lesson_task(l, 0));
		size_t y = find_right(lesson_task(l, 3));

		has_its_key(l, 0);
		has_its_key(l, 3);
		letters[x][y]++;
		same += x == before[0] && y == before[1];
		before[0] = x;
		before[1] = y;
		lesson_destroy(l);
	}
	for (size_t i = 0; i < 16 && !IS_SANITIZED; i++)
		CU_ASSERT(letters[i / 4][i % 4] >= MANY / 16 / 2 &&
			  letters[i / 4][i % 4] <= MANY / 16 * 2);
	printf("  %u of %u have their neighbour's letters\n", same, MANY);
	CU_ASSERT(same <= MANY / 8);
}

/* ---- what goes along ---- */

/* The records of a wrong option are those of its entry, wherever it stands. */
static void
records_go_along(void)
{
	static const char check[] =
	    "local function at(n)\n"
	    "	return function(t) return t:get(n) end\n"
	    "end\n"
	    "task { choice = { { 'x', right = true },\n"
	    "	{ '2', records = at(2) }, { '3', records = at(3) },\n"
	    "	{ '4', records = at(4) } } }\n";
	struct trace *t = lab_trace("labs/direct-call", &LAB_OPTIONS);
	struct lesson_work w = { .lab = t };
	char made[] = "/tmp/rung-student-XXXXXX", path[64];
	LOCAL_BUF b = BUF_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(made));
	snprintf(path, sizeof(path), "%s/check.lua", made);
	buf_puts(&b, check);
	CU_ASSERT_EQUAL(buf_write_file(&b, path), 0);
	for (unsigned s = 0; s < 24; s++) {
		struct lesson *l = load_for(made, s);

		for (size_t i = 0; i < 4; i++) {
			const char *text = lesson_task(l, 0)->options[i].text;
			char letter[] = { (char)('a' + (int)i), '\0' };
			struct lesson_answer a = { .text = str_of(letter) };
			struct lesson_result r;

			CU_ASSERT_EQUAL(lesson_judge(l, 0, &a, &w, &r), 0);
			CU_ASSERT_STRING_EQUAL(buf_cstr(&r.believed), text);
			CU_ASSERT_EQUAL(
			    r.verdict == LESSON_GOOD, text[0] == 'x');
			CU_ASSERT_EQUAL(r.nrecords, text[0] == 'x' ? 0 : 1);
			if (r.nrecords == 1)
				CU_ASSERT_EQUAL(
				    r.records[0], (uint64_t)(text[0] - '0'));
			lesson_result_free(&r);
		}
		lesson_destroy(l);
	}
	CU_ASSERT_EQUAL(unlink(path), 0);
	CU_ASSERT_EQUAL(rmdir(made), 0);
	trace_destroy(t);
}

CHECK_MAIN("lesson_student", { "every lab", every_lab },
    { "without a number", plain_order }, { "one order", one_order },
    { "many students", many_students },
    { "records go along", records_go_along })
