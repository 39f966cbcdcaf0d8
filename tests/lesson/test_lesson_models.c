/*
 * The model solutions in answers.md get full marks, where whatever is wrong in
 * one task costs that task's points alone; and the right answers of many
 * students, handed in, are right.
 */
#define main lesson_main
int lesson_main(int argc, char **argv);
#include "cli/main.c"
#undef main

#include "fixtures/check.h"
#include "fixtures/lessons.h"
#include "live/process.h"

#include <sys/stat.h>
#include <sys/wait.h>

/* Students whose answers are computed, of each lab; a board computes long.  Of
 * one lab many.  So many more with STUDENTS=all. */
#define STUDENTS      (IS_SANITIZED ? 1 : 8)
#define STUDENTS_SOME (IS_SANITIZED ? 1 : 4)
#define STUDENTS_SLOW 1
#define STUDENTS_MANY (IS_SANITIZED ? 5 : 1000)
#define STUDENTS_FEW  (IS_SANITIZED ? 5 : 300)

/* ---- the model solution ---- */

static char folder[] = "/tmp/rung-lessons-XXXXXX";

static void
put_file(const char *name, struct str text)
{
	LOCAL_BUF b = BUF_INIT;
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	buf_str(&b, text);
	CU_ASSERT_EQUAL(buf_write_file(&b, path), 0);
}

/* A command of the model solution, in its folder. */
static void
run_command(struct str line)
{
	char text[500], here[400];
	char *argv[24];
	int argc = 0, status = 0;
	pid_t child;

	snprintf(text, sizeof(text), "%.*s", (int)line.n, line.p);
	for (char *w = strtok(text, " "); w != NULL && argc < 23;
	     w = strtok(NULL, " "))
		argv[argc++] = w;
	argv[argc] = NULL;
	CU_ASSERT_PTR_NOT_NULL_FATAL(getcwd(here, sizeof(here)));
	fflush(stdout);
	child = fork();
	if (child == 0) {
		setenv("RUNG_SHARE", here, 1);
		_exit(chdir(folder) == 0 ? lesson_main(argc, argv) : 99);
	}
	CU_ASSERT_TRUE_FATAL(child > 0 && waitpid(child, &status, 0) == child);
	CU_ASSERT_EQUAL(status, 0);
}

/* A block of answers.md: HEAD is what stands behind the three backticks. */
static void
unpack_block(struct str head, struct str text)
{
	struct str name, kind = str_cut(head, ' ', &name);
	char word[100];

	if (str_is(kind, "answers"))
		put_file("answers.txt", text);
	if ((str_is(kind, "lua") || str_is(kind, "python")) && name.n > 0 &&
	    name.n < sizeof(word)) {
		snprintf(word, sizeof(word), "%.*s", (int)name.n, name.p);
		put_file(word, text);
	}
	while (str_is(kind, "figure") && text.n > 0)
		run_command(str_cut(text, '\n', &text));
}

/* The lab's own networks, and the programs of their nodes. */
static bool
is_network(struct str name)
{
	return str_ends(name, ".gv") || str_ends(name, ".zone") ||
	       str_ends(name, ".py") ||
	       (str_ends(name, ".lua") && !str_is(name, "lab.lua") &&
		   !str_is(name, "check.lua"));
}

/* A copy of a lab has them beside it. */
static void
copy_networks(const char *lab)
{
	DIR *dir = opendir(lab);
	const struct dirent *e;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		struct buf text = BUF_INIT;

		if (!is_network(str_of(e->d_name)))
			continue;
		read_text(lab, e->d_name, &text);
		put_file(e->d_name, buf_view(&text));
		buf_free(&text);
	}
	if (dir != NULL)
		closedir(dir);
}

/* LAB has a task of KIND. */
static bool
asks(const char *lab, enum lesson_kind kind)
{
	struct lesson *l = fixture_lesson(lab);
	bool has = false;

	for (size_t i = 0; i < lesson_count(l); i++)
		has |= lesson_task(l, i)->kind == kind;
	lesson_destroy(l);
	return has;
}

/* A program is run as the lab is: that is in each copy, too. */
static void
copy_script(const char *lab)
{
	LOCAL_BUF text = BUF_INIT;

	read_text(lab, "lab.lua", &text);
	put_file("lab.lua", buf_view(&text));
}

static void
unpack(const char *lab)
{
	LOCAL_BUF page = BUF_INIT;
	struct str rest;
	ptrdiff_t at;

	copy_networks(lab);
	if (asks(lab, LESSON_AGENT))
		copy_script(lab);
	read_text(lab, "answers.md", &page);
	rest = buf_view(&page);
	at = str_find(rest, "\n## Model solution\n");
	CU_ASSERT_FATAL(at > 0);
	rest = str_slice(rest, (size_t)at, rest.n);
	while ((at = str_find(rest, "\n```")) >= 0) {
		struct str head;

		rest = str_slice(rest, (size_t)at + 4, rest.n);
		head = str_cut(rest, '\n', &rest);
		at = str_find(rest, "```\n");
		CU_ASSERT_FATAL(at >= 0);
		unpack_block(str_trim(head), str_slice(rest, 0, (size_t)at));
		rest = str_slice(rest, (size_t)at + 3, rest.n);
	}
}

static void
remove_files(void)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;
	char path[600];

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		unlink(path);
	}
	if (dir != NULL)
		closedir(dir);
}

/* Nobody predicts in a folder: what comes next in LAB, said at the first try.
 */
static void
put_predictions(const char *lab, struct buf *list)
{
	struct trace *t = lab_trace(lab, &LAB_OPTIONS);
	struct quiz_score score = QUIZ_SCORE_INIT;
	struct quiz_state s = { .free = false };
	struct quiz q;

	for (uint64_t seq = 0; quiz_make(t, seq, &q) == 0;) {
		quiz_start(&s, false);
		while (q.options[s.cursor].wrong != 0)
			s.cursor++;
		quiz_press(&q, &s, QUIZ_ENTER, &score);
		seq = q.next;
		quiz_free(&q);
	}
	quiz_free(&q);
	buf_clear(list);
	quiz_score_write(&score, list);
	quiz_score_free(&score);
	trace_destroy(t);
}

/* What lies in the folder, judged for STUDENT. */
static void
mark_folder(
    const char *lab, const char *student, struct work *w, struct mark *m)
{
	struct diag d = DIAG_INIT;
	const struct inputs_processes processes = process_apart(false, NULL);
	int err = work_read_folder(w, folder, lab, false, &d);

	if (student[0] == '\0' && asks(lab, LESSON_PREDICT))
		put_predictions(lab, &w->answers.predictions);
	*m = MARK_INIT;
	w->processes = &processes;
	if (err == 0)
		err = mark_work(m, w, student, &d);
	if (err != 0)
		printf("  %s: %s:%u: %s\n", lab, d.file, d.line, d.text);
	CU_ASSERT_EQUAL_FATAL(err, 0);
}

static void
say_result(const struct mark *m, size_t i)
{
	const struct lesson_result *r = &m->results[i];

	printf("BAD  task %zu is %s: %.*s\n%.*s\n", i + 1,
	    lesson_verdict_name(r->verdict), STR_ARG(buf_view(&r->believed)),
	    STR_ARG(buf_view(&r->why)));
}

static void
is_full(const struct mark *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->results[i].verdict != LESSON_GOOD)
			say_result(m, i);
	CU_ASSERT_EQUAL(m->points, m->of);
	CU_ASSERT(m->of > 0);
}

static void
is_nothing(const char *lab)
{
	struct work w;
	struct mark m;

	mark_folder(lab, "", &w, &m);
	for (size_t i = 0; i < m.n; i++)
		if (lesson_task(m.lesson, i)->kind != LESSON_PREDICT) {
			CU_ASSERT_EQUAL(m.results[i].points, 0);
			CU_ASSERT_EQUAL(m.results[i].verdict, LESSON_MISSING);
		}
	mark_free(&m);
	work_free(&w);
}

/* What is no right answer to any task of that kind. */
static const char *const wrong_answers[LESSON_KIND_COUNT] = {
	[LESSON_NUMBER] = "-98765",
	[LESSON_TIME] = "98765 s",
	[LESSON_CHOICE] = "z",
	[LESSON_TEXT] = "no such word",
	[LESSON_DRAW] = "nobody -> nobody NOTHING",
	[LESSON_FIND] = "node=nobody rule=none record=0",
	[LESSON_RUN] = "no-such-lab",
	[LESSON_PREDICT] = "",
	[LESSON_GOAL] = "",
	[LESSON_BUILD] = "",
	[LESSON_FIGURE] = "",
	[LESSON_AGENT] = "",
};

/* A word goes on at I of TEXT. */
static bool
goes_on(struct str text, size_t i)
{
	if (i >= text.n)
		return false;
	if (text.p[i] == '.')
		return i + 1 < text.n && chr_is_digit(text.p[i + 1]);
	return chr_is_alnum(text.p[i]) || text.p[i] == '-';
}

/* WORD stands in TEXT by itself: "2" in "2 s", not in "2xx" or "1.2". */
static bool
has_word(struct str text, struct str word)
{
	for (size_t i = 0; word.n > 0 && i + word.n <= text.n; i++)
		if (str_ieq(str_slice(text, i, i + word.n), word) &&
		    !goes_on(text, i + word.n) &&
		    (i == 0 ||
			(!chr_is_alnum(text.p[i - 1]) && text.p[i - 1] != '.')))
			return true;
	return false;
}

/* WHY has the key of a task of KIND in it, or a part of it. */
static bool
tells_key(struct str why, enum lesson_kind kind, struct str key)
{
	struct str word = key;

	if (kind == LESSON_NUMBER)
		word = str_cut(key, ' ', &key);
	while (kind == LESSON_FIND && key.n > 0) {
		(void)str_cut(str_cut(key, ' ', &key), '=', &word);
		if (has_word(why, word))
			return true;
	}
	return has_word(why, word);
}

/* What R says of a wrong answer does not have the right one in it. */
static void
keeps_the_key(struct mark *m, size_t i, const struct lesson_result *r)
{
	const struct lesson_task *t = lesson_task(m->lesson, i);
	struct buf key = BUF_INIT;
	struct diag d = DIAG_INIT;

	if (t->kind != LESSON_NUMBER && t->kind != LESSON_TIME &&
	    t->kind != LESSON_TEXT && t->kind != LESSON_FIND)
		return;
	CU_ASSERT_EQUAL(r->nrecords, 0);
	CU_ASSERT(!t->asks_rule || r->rule == RULE_NONE);
	CU_ASSERT_EQUAL(lesson_key(m->lesson, i, m->trace, &key, NULL, &d), 0);
	if (tells_key(buf_view(&r->why), t->kind, buf_view(&key))) {
		printf("BAD  task %zu tells the key “%s”: %s\n", i + 1,
		    buf_cstr(&key), buf_cstr(&r->why));
		CU_FAIL("the key is told");
	}
	buf_free(&key);
}

/* Task I with TEXT, without the scripts that are named for it (goal-3.lua), of
 * an agent without any, and without a figure, is worth nothing. */
static void
costs_its_points(
    struct mark *m, const struct work *w, size_t i, const char *text)
{
	const struct trace *runs[WORK_RUNS_MAX];
	struct lesson_work lw = { .lab = m->trace,
		.runs = runs,
		.run = named_runs_find,
		.arg = &m->named };
	struct lesson_answer a = { .text = str_of(text) };
	struct lesson_result r = LESSON_RESULT_INIT;
	char name[40];

	for (size_t k = 0; k < w->nruns; k++) {
		snprintf(name, sizeof(name), "-%zu.lua", i + 1);
		if (w->runs[k].trace != NULL &&
		    lesson_task(m->lesson, i)->kind != LESSON_AGENT &&
		    !str_ends(str_of(w->runs[k].name), name))
			runs[lw.nruns++] = w->runs[k].trace;
	}
	CU_ASSERT_EQUAL(lesson_judge(m->lesson, i, &a, &lw, &r), 0);
	if (r.points != 0 || r.verdict == LESSON_ERROR)
		printf("BAD  task %zu: “%s” is %s: %s\n", i + 1, text,
		    lesson_verdict_name(r.verdict), buf_cstr(&r.why));
	CU_ASSERT_EQUAL(r.points, 0);
	CU_ASSERT(r.verdict != LESSON_ERROR);
	keeps_the_key(m, i, &r);
	lesson_result_free(&r);
}

static void
each_wrong_answer_costs(struct mark *m, const struct work *w)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct lesson_task *t = lesson_task(m->lesson, i);

		CU_ASSERT_EQUAL(i18n_choose("zh"), 0);
		costs_its_points(m, w, i, wrong_answers[t->kind]);
		CU_ASSERT_EQUAL(i18n_choose("en"), 0);
		costs_its_points(m, w, i, wrong_answers[t->kind]);
		for (size_t k = 0; t->kind == LESSON_CHOICE && k < t->noptions;
		     k++) {
			char letter[] = { (char)('a' + (int)k), '\0' };

			if (t->options[k].right)
				continue;
			costs_its_points(m, w, i, letter);
			/* What people believe is explained. */
			CU_ASSERT_PTR_NOT_NULL(t->options[k].why);
		}
	}
}

static bool
lacks_python(const char *lab)
{
	return strncmp(lab, "labs/python-", 12) == 0 &&
	       /* NOLINTNEXTLINE(cert-env33-c) */
	       system("command -v python3 > /dev/null") != 0;
}

static void
model_is_full(const char *lab)
{
	struct work w;
	struct mark m;

	if (lacks_python(lab))
		return;
	remove_files();
	/* That nothing is worth nothing is the same with a board. */
	if (!lab_is_slow(lab))
		is_nothing(lab);
	unpack(lab);
	mark_folder(lab, "", &w, &m);
	is_full(&m);
	each_wrong_answer_costs(&m, &w);
	mark_free(&m);
	work_free(&w);
	remove_files();
}

static void
models(void)
{
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	each_lesson(model_is_full);
}

/* ---- every student ---- */

/* What KEY, of this student or another, is worth in task I. */
static enum lesson_verdict
judge_key(struct mark *m, size_t i, const struct buf *key, struct buf *why)
{
	struct lesson_work lw = {
		.lab = m->trace, .run = named_runs_find, .arg = &m->named
	};
	struct lesson_answer a = { .text = buf_view(key) };
	struct lesson_result r;
	enum lesson_verdict verdict;

	CU_ASSERT_EQUAL(lesson_judge(m->lesson, i, &a, &lw, &r), 0);
	buf_str(why, buf_view(&r.why));
	verdict = r.verdict;
	lesson_result_free(&r);
	return verdict;
}

static bool
is_written(const struct mark *m, size_t i)
{
	return lesson_kind_is_written(lesson_task(m->lesson, i)->kind);
}

/* The key of task I, into KEY. */
static void
key_is_right(struct mark *m, size_t i, const char *student, struct buf *key)
{
	struct diag d = DIAG_INIT;
	LOCAL_BUF why = BUF_INIT;
	enum lesson_verdict v;
	int err;

	buf_clear(key);
	err = lesson_key(m->lesson, i, m->trace, key, NULL, &d);
	if (err != 0)
		printf("  %s, task %zu: %s\n", student, i + 1, d.text);
	CU_ASSERT_EQUAL(err, 0);
	CU_ASSERT(key->n > 0);
	v = is_written(m, i) ? judge_key(m, i, key, &why) : LESSON_GOOD;
	if (v != LESSON_GOOD)
		printf("BAD  %s, task %zu: the key “%s” is %s: %s\n", student,
		    i + 1, buf_cstr(key), lesson_verdict_name(v),
		    buf_cstr(&why));
	CU_ASSERT_EQUAL(v, LESSON_GOOD);
}

/* Keys of one lab's students. */
struct answer_keys {
	struct buf of[STUDENTS][LESSON_TASKS_MAX];
	unsigned pairs, same;
};

/* All that is written in one student's KEY is right for another, M's. */
static bool
is_same_key(struct mark *m, const struct buf *key)
{
	LOCAL_BUF why = BUF_INIT;
	bool same = true;

	for (size_t i = 0; same && i < m->n; i++)
		if (is_written(m, i))
			same = judge_key(m, i, &key[i], &why) == LESSON_GOOD;
	return same;
}

/* Student N of the lab: the runs of the model solution are good for every
 * one. */
static void
student_is_right(const char *lab, size_t n, struct answer_keys *keys)
{
	char student[40];
	struct work w;
	struct mark m;

	snprintf(student, sizeof(student), "2023%03zu", n);
	mark_folder(lab, student, &w, &m);
	for (size_t i = 0; i < m.n; i++) {
		enum lesson_kind kind = lesson_task(m.lesson, i)->kind;

		key_is_right(&m, i, student, &keys->of[n][i]);
		if ((kind == LESSON_GOAL || kind == LESSON_BUILD ||
			kind == LESSON_AGENT) &&
		    m.results[i].verdict != LESSON_GOOD) {
			printf("  %s:\n", student);
			say_result(&m, i);
			CU_FAIL("a run that is right");
		}
	}
	for (size_t i = 0; i < n; i++) {
		keys->pairs++;
		keys->same += is_same_key(&m, keys->of[i]);
	}
	mark_free(&m);
	work_free(&w);
}

/* Neighbours' keys differ but where a task asks for a run, of which many are
 * right: so many of a hundred pairs may have the same one. */
static unsigned
same_most(const char *lab)
{
	return str_starts(str_of(lab), "labs/handout-") ? 100 : 50;
}

static void
students_are_right(const char *lab)
{
	size_t n = lab_is_slow(lab)             ? STUDENTS_SLOW
		   : getenv("STUDENTS") != NULL ? STUDENTS
						: STUDENTS_SOME;
	struct answer_keys keys = { .pairs = 0 };

	remove_files();
	unpack(lab);
	for (size_t i = 0; i < n; i++)
		student_is_right(lab, i, &keys);
	if (keys.same * 100 > keys.pairs * same_most(lab))
		printf("BAD  %u of %u pairs have the same key\n", keys.same,
		    keys.pairs);
	CU_ASSERT(keys.same * 100 <= keys.pairs * same_most(lab));
	for (size_t i = 0; i < n * LESSON_TASKS_MAX; i++)
		buf_free(&keys.of[i / LESSON_TASKS_MAX][i % LESSON_TASKS_MAX]);
	remove_files();
}

static void
students(void)
{
	each_lesson_some(students_are_right);
}

/* A run of a network that has nothing of what differs from student to student
 * is judged all the same. */
static void
own_network(void)
{
	struct work w;
	struct mark m;

	remove_files();
	put_file("own.lua",
	    STR("lab { topology = \"direct-call.gv\", duration = \"9s\" }\n"
		"script(function() node \"alice\":invite(node \"bob\") "
		"end)\n"));
	mark_folder("labs/forking", "1", &w, &m);
	CU_ASSERT(m.variant.nsettings > 0);
	CU_ASSERT_EQUAL(w.nruns, 1);
	CU_ASSERT_PTR_NOT_NULL(w.runs[0].trace);
	CU_ASSERT_EQUAL(w.runs[0].failed.n, 0);
	mark_free(&m);
	work_free(&w);
	remove_files();
}

static void
many_students(void)
{
	LOCAL_BUF key = BUF_INIT;

	bool all = getenv("STUDENTS") != NULL;
	size_t n = all ? STUDENTS_MANY : STUDENTS_FEW;

	for (size_t i = 0; i < n; i++) {
		char student[40];
		struct work w;
		struct mark m;

		snprintf(student, sizeof(student), "%zu", 20260000 + i);
		mark_folder("labs/direct-call", student, &w, &m);
		for (size_t k = 0; k < m.n; k++)
			key_is_right(&m, k, student, &key);
		mark_free(&m);
		work_free(&w);
	}
	CU_ASSERT_EQUAL(rmdir(folder), 0);
}

CHECK_MAIN("lesson_models", { "model solutions", models },
    { "students", students }, { "own network", own_network },
    { "many students", many_students })
