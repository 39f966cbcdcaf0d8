/*
 * The questions of a graded set: nothing of them depends on a key.  A lab and
 * the same lab with other keys, reasons, rules, records and hints give students
 * the same bytes; what students have answers nothing.
 */
#include "grade/graded.h"
#include "base/folder.h"
#include "fixtures/check.h"
#include "grade/mark.h"
#include "fixtures/lessons.h"

#include <stdlib.h>
#include <sys/stat.h>

static char folder[] = "/tmp/rung-graded-XXXXXX";

static void
begins(void)
{
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
}

/* FOLDER/NAME/check.lua. */
static const char *
write_check(const char *name, const char *before, struct str text)
{
	static char lab[256];
	char path[300];
	LOCAL_BUF b = BUF_INIT;

	snprintf(lab, sizeof(lab), "%s/%s", folder, name);
	mkdir(lab, 0777);
	snprintf(path, sizeof(path), "%s/check.lua", lab);
	buf_puts(&b, before);
	buf_str(&b, text);
	CU_ASSERT_EQUAL_FATAL(buf_write_file(&b, path), 0);
	return lab;
}

/* As those of SET; NULL: each, to be compared. */
static void
put_questions(const char *lab, const char *set, struct buf *out)
{
	struct diag d = DIAG_INIT;
	struct lesson *l = fixture_lesson(lab);

	if (set != NULL)
		CU_ASSERT_EQUAL(lesson_put_questions(l, set, set, out, &d), 0);
	for (size_t i = 0; set == NULL && i < lesson_count(l); i++)
		CU_ASSERT_EQUAL(lesson_put_question(l, i, out, &d), 0);
	CU_ASSERT_EQUAL(out->err, 0);
	CU_ASSERT_TRUE(out->n > 0);
	lesson_destroy(l);
}

/* ---- other keys, the same questions ---- */

/* Stands before a check.lua, whose tasks then have other keys. */
static const char other_keys[] =
    "local task_of_the_lab = task\n"
    "local function task(t)\n"
    "	local function bare(e)\n"
    "		if type(e) == 'string' then e = { e } end\n"
    "		local made = { e[1], zh = e.zh, why = 'KEY' }\n"
    "		return made\n"
    "	end\n"
    "	for _, kind in ipairs { 'choice', 'goal', 'build', 'figure', 'run' } "
    "do\n"
    "		local list, at = t[kind], 1\n"
    "		if list then\n"
    "			local made = {}\n"
    "			for i = 1, #list do\n"
    "				made[i] = bare(list[i])\n"
    "				if type(list[i]) == 'table' and list[i].right "
    "then at = i end\n"
    "				if kind == 'figure' then made[i][2] = 'KEY=1' "
    "end\n"
    "				if kind == 'goal' or kind == 'build' then\n"
    "					made[i][2] = function() return 'KEY' "
    "end\n"
    "				end\n"
    "				if kind ~= 'choice' then made[i].rule = "
    "'ict-1xx' end\n"
    "			end\n"
    "			if kind == 'choice' then made[at % #made + 1].right = "
    "true end\n"
    "			t[kind] = made\n"
    "		end\n"
    "	end\n"
    "	if t.number then t.number = 424242 end\n"
    "	if t.time then t.time = '4242ms' end\n"
    "	if t.text then t.text = 'KEY' end\n"
    "	if t.draw then t.draw = 'method=KEY' end\n"
    "	if t.find then\n"
    "		for part in pairs(t.find) do t.find[part] = 'KEY' end\n"
    "	end\n"
    "	t.wrong = { { 'KEY', why = 'KEY' } }\n"
    "	t.why, t.hint, t.rule, t.key = 'KEY', 'KEY', nil, 'KEY'\n"
    "	t.records = function() return nil end\n"
    "	t.tolerance = 42\n"
    "	task_of_the_lab(t)\n"
    "end\n";

static unsigned changed;

static void
keys_change_nothing(const char *lab)
{
	LOCAL_BUF check = BUF_INIT, a = BUF_INIT, b = BUF_INIT;
	const char *other;

	read_text(lab, "check.lua", &check);
	put_questions(lab, "midterm", &a);
	other = write_check("other", other_keys, buf_view(&check));
	put_questions(other, "midterm", &b);
	CU_ASSERT_TRUE(str_eq(buf_view(&a), buf_view(&b)));
	CU_ASSERT_TRUE(str_find(buf_view(&b), "KEY") < 0);
	CU_ASSERT_TRUE(str_find(buf_view(&b), "4242") < 0);
	changed++;
}

static void
no_key_goes_out(void)
{
	changed = 0;
	each_lesson_some(keys_change_nothing);
	CU_ASSERT_TRUE(changed > 25);
}

/* The change of keys is one: a key of the lab is judged wrong by it. */
static void
the_other_keys_are_others(void)
{
	LOCAL_BUF check = BUF_INIT;
	struct lesson *l, *o;
	size_t at = 0;

	read_text("labs/direct-call", "check.lua", &check);
	l = fixture_lesson("labs/direct-call");
	o = fixture_lesson(write_check("other", other_keys, buf_view(&check)));
	while (!lesson_task(l, 0)->options[at].right)
		at++;
	CU_ASSERT_FALSE(lesson_task(o, 0)->options[at].right);
	CU_ASSERT_STRING_EQUAL(lesson_task(o, 0)->hints[0], "KEY");
	lesson_destroy(l);
	lesson_destroy(o);
}

/* ---- what students have ---- */

/* The place of the option TEXT in T. */
static size_t
find_option(const struct lesson_task *t, const char *text)
{
	size_t i = 0;

	while (i < t->noptions && strcmp(t->options[i].text, text) != 0)
		i++;
	return i;
}

static void
is_same_task(const struct lesson_task *a, const struct lesson_task *b)
{
	bool run = a->kind == LESSON_RUN;

	CU_ASSERT_EQUAL(a->kind, b->kind);
	CU_ASSERT_EQUAL(a->points, b->points);
	CU_ASSERT_EQUAL(a->predictions, b->predictions);
	CU_ASSERT_EQUAL(a->asks_node, b->asks_node);
	CU_ASSERT_EQUAL(a->asks_rule, b->asks_rule);
	CU_ASSERT_EQUAL(a->asks_record, b->asks_record);
	CU_ASSERT_EQUAL(a->unit == NULL, b->unit == NULL);
	if (a->unit != NULL && b->unit != NULL)
		CU_ASSERT_STRING_EQUAL(a->unit, b->unit);
	CU_ASSERT_EQUAL_FATAL(run ? 0 : a->noptions, b->noptions);
	for (size_t i = 0; i < b->noptions; i++) {
		if (a->kind != LESSON_CHOICE)
			CU_ASSERT_STRING_EQUAL(
			    a->options[i].text, b->options[i].text);
		CU_ASSERT(find_option(a, b->options[i].text) < a->noptions);
		CU_ASSERT_FALSE(b->options[i].right);
		CU_ASSERT_PTR_NULL(b->options[i].why);
		CU_ASSERT_EQUAL(b->options[i].rule, RULE_NONE);
	}
	CU_ASSERT_EQUAL(b->nhints, 0);
	CU_ASSERT_EQUAL(b->rule, RULE_NONE);
}

/* Whatever is answered, and whatever is asked of it. */
static void
tells_nothing(struct lesson *l, size_t i)
{
	struct lesson_answer answer = { .text = STR("a"), .predicted = 1 };
	struct lesson_work work = { .figure = STR("<svg") };
	LOCAL_BUF key = BUF_INIT;
	struct lesson_result r;
	struct diag d = DIAG_INIT;
	enum lesson_kind kind = lesson_task(l, i)->kind;
	bool run =
	    kind == LESSON_GOAL || kind == LESSON_BUILD || kind == LESSON_AGENT;

	CU_ASSERT_EQUAL(lesson_judge(l, i, &answer, &work, &r), 0);
	CU_ASSERT_EQUAL(r.verdict, run ? LESSON_MISSING : LESSON_RECEIVED);
	CU_ASSERT_EQUAL(r.points, 0);
	CU_ASSERT_EQUAL(r.why.n, 0);
	CU_ASSERT_EQUAL(r.nrecords, 0);
	CU_ASSERT_EQUAL(r.rule, RULE_NONE);
	lesson_result_free(&r);
	CU_ASSERT_EQUAL(
	    lesson_key(l, i, NULL, &key, NULL, &d), ERR_UNSUPPORTED);
	CU_ASSERT_EQUAL(
	    lesson_mistake(l, i, 0, NULL, &key, &d), ERR_UNSUPPORTED);
	CU_ASSERT_EQUAL(key.n, 0);
}

static void
questions_are_the_labs(const char *lab)
{
	LOCAL_BUF a = BUF_INIT, b = BUF_INIT;
	struct lesson *l = fixture_lesson(lab), *q;
	const char *given;

	put_questions(lab, "midterm", &a);
	given = write_check("given", "", buf_view(&a));
	q = fixture_lesson(given);
	buf_clear(&a);
	put_questions(lab, NULL, &a);
	CU_ASSERT_STRING_EQUAL(lesson_set(q), "midterm");
	CU_ASSERT_STRING_EQUAL(lesson_set(l), "");
	CU_ASSERT_EQUAL_FATAL(lesson_count(l), lesson_count(q));
	CU_ASSERT_EQUAL(lesson_minutes(l), lesson_minutes(q));
	CU_ASSERT_EQUAL(lesson_level(l), lesson_level(q));
	for (size_t i = 0; lesson_varied(l, i) != NULL; i++)
		CU_ASSERT_STRING_EQUAL(
		    lesson_varied(l, i), lesson_varied(q, i));
	for (size_t i = 0; i < lesson_count(l); i++) {
		is_same_task(lesson_task(l, i), lesson_task(q, i));
		tells_nothing(q, i);
	}
	/* There is no less to be told. */
	put_questions(given, NULL, &b);
	CU_ASSERT_TRUE(str_eq(buf_view(&a), buf_view(&b)));
	lesson_destroy(l);
	lesson_destroy(q);
}

static void
each_lab_in_each_language(void)
{
	const char *first = i18n_language();

	do {
		each_lesson(questions_are_the_labs);
		CU_ASSERT_EQUAL(i18n_choose(i18n_next_language()), 0);
	} while (strcmp(i18n_language(), first) != 0);
}

/* ---- questions elsewhere ---- */

/* Stands before a check.lua, of whose tasks then the ONE alone is there, worth
 * another point. */
#define ONE_TASK                                        \
	"local task_of_the_lab, seen = task, 0\n"       \
	"local function task(t)\n"                      \
	"	seen = seen + 1\n"                            \
	"	t.points = (t.points or 1) %% 9 + 1\n"        \
	"	if seen == %zu then task_of_the_lab(t) end\n" \
	"end\n"

/* All questions that are known by their words. */
#define WORDED_MAX 1000
static struct buf worded[WORDED_MAX];
static size_t nworded;

/* Nobody else asks task I of L, and alone it is the same. */
static void
is_known(struct lesson *l, const char *lab, struct str check, size_t i)
{
	struct buf text = BUF_INIT, alone = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct lesson *cut;
	char before[sizeof(ONE_TASK) + 10];

	snprintf(before, sizeof(before), ONE_TASK, i + 1);
	cut = fixture_lesson(write_check("cut", before, check));
	CU_ASSERT_EQUAL_FATAL(lesson_count(cut), 1);
	CU_ASSERT_EQUAL(lesson_put_question(l, i, &text, &d), 0);
	CU_ASSERT_EQUAL(lesson_put_question(cut, 0, &alone, &d), 0);
	CU_ASSERT(str_eq(buf_view(&text), buf_view(&alone)));
	for (size_t k = 0; k < nworded; k++)
		if (str_eq(buf_view(&worded[k]), buf_view(&text))) {
			printf("  task %zu of %s\n", i + 1, lab);
			CU_FAIL("two labs ask the same");
		}
	worded[nworded++] = text;
	lesson_destroy(cut);
	buf_free(&alone);
}

static void
questions_are_known(const char *lab)
{
	struct lesson *l = fixture_lesson(lab);
	LOCAL_BUF check = BUF_INIT;

	read_text(lab, "check.lua", &check);
	for (size_t i = 0; i < lesson_count(l); i++)
		if (lesson_is_worded(l, i) && nworded < WORDED_MAX)
			is_known(l, lab, buf_view(&check), i);
	lesson_destroy(l);
}

/* So practice is never taken for what counts, nor what counts, cut out of its
 * lab, for practice. */
static void
a_question_is_known(void)
{
	nworded = 0;
	each_lesson(questions_are_known);
	CU_ASSERT(nworded > 200 && nworded < WORDED_MAX);
	while (nworded > 0)
		buf_free(&worded[--nworded]);
}

/* ---- the order of options ---- */

#define OPTIONS 4
#define SETS    20

/* In percent of the choices. */
#define LEAST 20
#define MOST  33

static unsigned choices, places[OPTIONS];

/* Where the right options of LAB stand in the questions of several sets. */
static void
count_places(const char *lab)
{
	struct lesson *l = fixture_lesson(lab);

	for (unsigned set = 0; set < SETS; set++) {
		struct str name = folder_name(lab);
		struct buf questions = BUF_INIT;
		struct diag d = DIAG_INIT;
		struct lesson *q;
		char given[100];

		snprintf(
		    given, sizeof(given), "set%u-%.*s", set, STR_ARG(name));
		CU_ASSERT_EQUAL(
		    lesson_put_questions(l, "set", given, &questions, &d), 0);
		q = fixture_lesson(
		    write_check("given", "", buf_view(&questions)));
		for (size_t i = 0; i < lesson_count(l); i++) {
			const struct lesson_task *t = lesson_task(l, i);
			size_t right = 0;

			if (t->kind != LESSON_CHOICE)
				continue;
			while (!t->options[right].right)
				right++;
			choices++;
			places[find_option(
			    lesson_task(q, i), t->options[right].text)]++;
		}
		lesson_destroy(q);
		buf_free(&questions);
	}
	lesson_destroy(l);
}

static void
no_place_tells_the_key(void)
{
	each_lesson(count_places);
	CU_ASSERT(choices > 100 * SETS);
	for (size_t i = 0; i < OPTIONS; i++) {
		printf("  %c is right in %u of %u\n", (char)('a' + (int)i),
		    places[i], choices);
		CU_ASSERT(places[i] * 100 >= choices * LEAST);
		CU_ASSERT(places[i] * 100 <= choices * MOST);
	}
}

/* ---- a set ---- */

/* TEXT stands in no file of PATH. */
static void
stands_nowhere(const char *path, const char *text)
{
	struct folder_names f;
	LOCAL_BUF b = BUF_INIT;

	if (folder_names_read(&f, path) == 0) {
		for (size_t i = 0; i < f.n; i++) {
			char item[600];

			snprintf(item, sizeof(item), "%s/%s", path, f.names[i]);
			stands_nowhere(item, text);
		}
	} else if (buf_read_file(&b, path, 1u << 24) == 0 &&
		   str_find(buf_view(&b), text) >= 0) {
		printf("  “%s” stands in %s\n", text, path);
		CU_FAIL("a key is given away");
	}
	folder_names_free(&f);
}

/* The keys of LAB for STUDENT, but for choices and what BESIDE is asked
 * otherwise, a line each. */
static void
put_keys(
    const char *lab, const char *student, const char *beside, struct buf *out)
{
	struct work w = WORK_INIT;
	struct mark m = MARK_INIT;
	struct diag d = DIAG_INIT;
	struct lesson *l = NULL;

	CU_ASSERT_EQUAL_FATAL(work_find_lab(&w, NULL, lab, &d), 0);
	CU_ASSERT_EQUAL_FATAL(mark_work(&m, &w, student, &d), 0);
	CU_ASSERT_EQUAL_FATAL(lesson_load(&l, w.lab, beside, &d), 0);
	for (size_t i = 0; i < lesson_count(m.lesson); i++) {
		if (lesson_task(m.lesson, i)->kind == LESSON_CHOICE ||
		    lesson_task(m.lesson, i)->other != lesson_task(l, i)->other)
			continue;
		CU_ASSERT_EQUAL(
		    lesson_key(m.lesson, i, m.trace, out, NULL, &d), 0);
		buf_putc(out, '\n');
	}
	lesson_destroy(l);
	mark_free(&m);
	work_free(&w);
}

static bool
has_word(struct str text, struct str word)
{
	while (text.n > 0) {
		struct str line = str_cut(text, '\n', &text);

		if (str_has_word(line, word))
			return true;
	}
	return false;
}

/* Words of A's keys that B, another student, does not have: those that are
 * computed. */
static unsigned
computed_stand_nowhere(const char *students, struct str a, struct str b)
{
	unsigned n = 0;

	while (a.n > 0) {
		struct str line = str_cut(a, '\n', &a);

		while (line.n > 0) {
			struct str word = str_cut(line, ' ', &line);
			char text[200];

			if (word.n < 4 || has_word(b, word))
				continue;
			snprintf(text, sizeof(text), "%.*s", STR_ARG(word));
			stands_nowhere(students, text);
			n++;
		}
	}
	return n;
}

#define SET_LABS                                                          \
	"direct-call,lost-messages,registration,dtmf,busy,forking,crash," \
	"cancel,no-answer,rfc3665-3.1"

static void
computed_keys_are_in_no_file(void)
{
	char set[64], students[80], labs[80];
	struct folder_names f;
	struct diag d = DIAG_INIT;
	unsigned n = 0;

	snprintf(set, sizeof(set), "%s/final", folder);
	snprintf(students, sizeof(students), "%s/students", set);
	snprintf(labs, sizeof(labs), "%s/teacher/labs", set);
	CU_ASSERT_EQUAL_FATAL(graded_new(set, STR(SET_LABS), &d), 0);
	CU_ASSERT_EQUAL_FATAL(folder_names_read(&f, labs), 0);
	CU_ASSERT_EQUAL(f.n, 10);
	for (size_t i = 0; i < f.n; i++) {
		struct buf a = BUF_INIT, b = BUF_INIT;
		char lab[400];

		snprintf(lab, sizeof(lab), "%s/%s", labs, f.names[i]);
		put_keys(lab, "2023001", "2023002", &a);
		put_keys(lab, "2023002", "2023001", &b);
		n += computed_stand_nowhere(
		    students, buf_view(&a), buf_view(&b));
		n += computed_stand_nowhere(
		    students, buf_view(&b), buf_view(&a));
		buf_free(&a);
		buf_free(&b);
	}
	/* Tags and times, as often as they differ. */
	CU_ASSERT_TRUE(n >= 10);
	folder_names_free(&f);
}

/* The lab NAME of both halves of SET, as STUDENT has it. */
static void
halves_are_alike(const char *set, const char *name, const char *student)
{
	char students[400], teacher[400];
	struct lesson *q, *l;
	struct diag d = DIAG_INIT;

	snprintf(students, sizeof(students), "%s/students/labs/%s", set, name);
	snprintf(teacher, sizeof(teacher), "%s/teacher/labs/%s", set, name);
	CU_ASSERT_EQUAL_FATAL(lesson_load(&q, students, student, &d), 0);
	CU_ASSERT_EQUAL_FATAL(lesson_load(&l, teacher, student, &d), 0);
	for (size_t i = 0; i < lesson_count(l); i++) {
		const struct lesson_task *a = lesson_task(q, i);
		const struct lesson_task *b = lesson_task(l, i);

		for (size_t k = 0; b->kind == LESSON_CHOICE && k < b->noptions;
		     k++)
			CU_ASSERT_STRING_EQUAL(
			    a->options[k].text, b->options[k].text);
	}
	lesson_destroy(q);
	lesson_destroy(l);
}

/* A letter means the same to the student and to the teacher. */
static void
letters_are_the_students(const char *set, const char *labs)
{
	static const char *const numbers[] = { "", "7", "2023001" };
	struct folder_names f;
	char again[64], lab[500];
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL_FATAL(folder_names_read(&f, labs), 0);
	for (size_t i = 0; i < f.n; i++)
		for (size_t k = 0; k < 3; k++)
			halves_are_alike(set, f.names[i], numbers[k]);
	/* A set may be made of another's. */
	snprintf(again, sizeof(again), "%s/again", folder);
	snprintf(lab, sizeof(lab), "%s/%s", labs, f.names[0]);
	CU_ASSERT_EQUAL_FATAL(graded_new(again, str_of(lab), &d), 0);
	snprintf(lab, sizeof(lab), "again-%s", f.names[0]);
	halves_are_alike(again, lab, "7");
	folder_names_free(&f);
}

static void
a_letter_is_the_same_for_both(void)
{
	char set[64], labs[80];
	struct diag d = DIAG_INIT;

	snprintf(set, sizeof(set), "%s/both", folder);
	snprintf(labs, sizeof(labs), "%s/teacher/labs", set);
	CU_ASSERT_EQUAL_FATAL(graded_new(set, STR(SET_LABS), &d), 0);
	letters_are_the_students(set, labs);
}

static const struct {
	const char *name, *labs;
} bad_sets[] = {
	{ "a,b", "busy" },
	{ "a b", "busy" },
	{ ".set", "busy" },
	{ "none", "nowhere" },
	{ "twice", "busy,busy" },
	{ "empty", "busy,," },
};

static void
a_set_that_fails_leaves_nothing(void)
{
	for (size_t i = 0; i < sizeof(bad_sets) / sizeof(bad_sets[0]); i++) {
		struct diag d = DIAG_INIT;
		char set[64];

		snprintf(set, sizeof(set), "%s/%s", folder, bad_sets[i].name);
		CU_ASSERT_NOT_EQUAL(
		    graded_new(set, str_of(bad_sets[i].labs), &d), 0);
		CU_ASSERT_NOT_EQUAL(d.text[0], '\0');
		CU_ASSERT_FALSE(folder_has(folder, bad_sets[i].name));
	}
}

CHECK_MAIN("graded", { "begins", begins },
    { "no_key_goes_out", no_key_goes_out },
    { "the_other_keys_are_others", the_other_keys_are_others },
    { "each_lab_in_each_language", each_lab_in_each_language },
    { "a_question_is_known", a_question_is_known },
    { "no_place_tells_the_key", no_place_tells_the_key },
    { "a_letter_is_the_same_for_both", a_letter_is_the_same_for_both },
    { "computed_keys_are_in_no_file", computed_keys_are_in_no_file },
    { "a_set_that_fails_leaves_nothing", a_set_that_fails_leaves_nothing })
