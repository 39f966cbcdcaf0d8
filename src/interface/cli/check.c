/* rung check: what a student's work is worth, task by task. */
#include "base/dates.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/page_file.h"
#include "base/param.h"
#include "cli/check.h"
#include "cli/option_checks.h"
#include "cli/student_lab.h"
#include "grade/class.h"
#include "grade/handin.h"
#include "grade/reasons.h"
#include "inputs/share.h"
#include "live/process.h"
#include "text/utf8.h"

#include "rules/rules.h"

#include <string.h>

/* Where the columns begin. */
#define COLUMN_VERDICT 4
#define COLUMN_POINTS  14
#define COLUMN_ANSWER  22

static void
check_put_points(struct doc *out, unsigned points)
{
	struct buf text = BUF_INIT;

	buf_hundredths(&text, points);
	doc_put(out, STYLE_PLAIN, buf_view(&text));
	buf_end(&text, &out->err);
}

/* The Nth of W's runs that came about; NULL: none, the lab's own. */
static const char *
find_run_name(const struct work *w, size_t n)
{
	for (size_t i = 0; i < w->nruns; i++)
		if (w->runs[i].trace != NULL && n-- == 0)
			return w->runs[i].name;
	return NULL;
}

/* "records 115, 151 (goal-6.lua)" */
static void
check_put_records(
    const struct work *w, const struct lesson_result *r, struct doc *out)
{
	const char *run = find_run_name(w, r->run);

	if (r->nrecords == 0)
		return;
	doc_line(out, r->records[0]);
	doc_pad(out, COLUMN_VERDICT);
	doc_puts(
	    out, STYLE_PLAIN, r->nrecords == 1 ? _("record") : _("records"));
	for (size_t i = 0; i < r->nrecords; i++)
		doc_printf(out, STYLE_PLAIN, "%s %llu", i > 0 ? "," : "",
		    (unsigned long long)r->records[i]);
	if (run != NULL)
		doc_printf(out, STYLE_PLAIN, " (%s)", run);
}

static void
put_broken_rule(const struct lesson_result *r, size_t width, struct doc *out)
{
	const struct rule *rule = rule_at(r->rule);
	LOCAL_BUF text = BUF_INIT;

	if (rule == NULL || r->verdict == LESSON_GOOD ||
	    r->verdict == LESSON_MISSING)
		return;
	doc_line(out, 0);
	doc_pad(out, COLUMN_VERDICT);
	rule_put(rule, &text);
	doc_wrap(out, STYLE_PLAIN, buf_view(&text), COLUMN_VERDICT, width);
}

static void
check_put_result(const struct work *w, const struct lesson_task *t,
    const struct lesson_result *r, size_t width, struct doc *out)
{
	struct str why = buf_view(&r->why);

	doc_line(out, 0);
	doc_printf(out, STYLE_PLAIN, "%u", t->number);
	doc_pad(out, COLUMN_VERDICT);
	doc_puts(out, STYLE_PLAIN, lesson_verdict_name(r->verdict));
	doc_pad(out, COLUMN_POINTS);
	/* An answer taken without judgement has no points yet. */
	if (r->verdict == LESSON_RECEIVED)
		doc_puts(out, STYLE_PLAIN, "-");
	else
		check_put_points(out, r->points);
	doc_puts(out, STYLE_PLAIN, "/");
	check_put_points(out, t->points);
	doc_pad(out, COLUMN_ANSWER);
	if (r->believed.n > 0)
		doc_wrap(out, STYLE_PLAIN, buf_view(&r->believed),
		    COLUMN_ANSWER, width);
	while (why.n > 0) {
		doc_line(out, 0);
		doc_pad(out, COLUMN_VERDICT);
		doc_wrap(out, STYLE_PLAIN, str_cut(why, '\n', &why),
		    COLUMN_VERDICT, width);
	}
	put_broken_rule(r, width, out);
	check_put_records(w, r, out);
}

struct remarks {
	struct doc *out;
	size_t width;
};

static void
check_put_remark(const char *text, void *arg)
{
	struct remarks *r = arg;

	doc_line(r->out, 0);
	doc_wrap(r->out, STYLE_PLAIN, str_of(text), 2, r->width);
}

static size_t
count_taken(const struct mark *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		n += m->results[i].verdict == LESSON_RECEIVED;
	return n;
}

/* "7/9", of a graded set "4 of 6 answered · your teacher judges them". */
static void
check_put_sum(const struct mark *m, struct doc *out)
{
	if (lesson_set(m->lesson)[0] != '\0') {
		doc_printf(out, STYLE_PLAIN, _("%zu of %zu answered"),
		    count_taken(m), m->n);
		doc_printf(out, STYLE_PLAIN, " · %s",
		    _("your teacher will judge them"));
		return;
	}
	check_put_points(out, m->points);
	doc_puts(out, STYLE_PLAIN, "/");
	check_put_points(out, m->of);
}

void
cli_put_mark(
    const struct work *w, const struct mark *m, size_t width, struct doc *out)
{
	struct remarks remarks = { out, width };

	mark_complaints(w, check_put_remark, &remarks);
	doc_line(out, 0);
	doc_puts(out, STYLE_PLAIN, w->name);
	if (work_student(w)[0] != '\0')
		doc_printf(out, STYLE_PLAIN, ", %s", work_student(w));
	doc_puts(out, STYLE_PLAIN, ": ");
	check_put_sum(m, out);
	doc_line(out, 0);
	for (size_t i = 0; i < m->n; i++)
		check_put_result(
		    w, lesson_task(m->lesson, i), &m->results[i], width, out);
	mark_remarks(m, w, check_put_remark, &remarks);
}

/* The reasons of one task, as lines. */
struct key_lines {
	struct reason_rules said;
	struct doc *out;
	size_t width;
};

static int
put_key_reason(const struct reason *r, void *arg)
{
	struct key_lines *k = arg;
	struct buf text = BUF_INIT, about = BUF_INIT;

	reason_put(r, &k->said, &text);
	if (text.n > 0) {
		doc_line(k->out, 0);
		doc_pad(k->out, COLUMN_VERDICT);
		if (r->of != REASON_RIGHT) {
			reason_put_answer(r, &about);
			utf8_add_gap(&about);
		}
		buf_str(&about, buf_view(&text));
		doc_wrap(k->out, STYLE_PLAIN, buf_view(&about), COLUMN_VERDICT,
		    k->width);
	}
	buf_end(&text, &k->out->err);
	buf_end(&about, &k->out->err);
	return k->out->err;
}

/* The right answers, for teachers. */
static int
check_put_keys(struct mark *m, size_t width, struct doc *out, struct diag *d)
{
	LOCAL_BUF key = BUF_INIT;
	int err = 0;

	for (size_t i = 0; err == 0 && i < lesson_count(m->lesson); i++) {
		const struct lesson_task *t = lesson_task(m->lesson, i);
		struct str rest;

		buf_clear(&key);
		err = lesson_key(m->lesson, i, m->trace, &key, NULL, d);
		rest = buf_view(&key);
		doc_line(out, 0);
		doc_printf(out, STYLE_PLAIN, "%u: ", t->number);
		while (rest.n > 0) {
			struct str line = str_cut(rest, '\n', &rest);

			doc_wrap(out, STYLE_PLAIN, line, 3, width);
			if (rest.n > 0) {
				doc_line(out, 0);
				doc_pad(out, 3);
			}
		}
		if (err == 0)
			err = mark_each_reason(m, i, put_key_reason,
			    &(struct key_lines){ .out = out, .width = width },
			    d);
	}
	return err;
}

#define ANSWERS_PAGE_MAX (256u << 10)

/* The answers of the lab named NAME in FOLDER, in the language in force where
 * *THERE says so: next to it, or where teachers' files are. */
static int
find_answers_page(
    const char *folder, const char *name, struct buf *path, bool *there)
{
	static const char *const places[] = { "labs", "teachers/labs" };
	int err =
	    page_file_find(folder, PAGE_ANSWERS, i18n_language(), path, there);

	for (size_t i = 0; i < 2 && err == ERR_NOTFOUND; i++) {
		LOCAL_BUF lab = BUF_INIT, found = BUF_INIT;

		buf_printf(&lab, "%s/%s", places[i], name);
		err = lab.err != 0 ? ERR_NOMEM
				   : share_find(buf_cstr(&lab), &found);
		if (err == 0)
			err = page_file_find(buf_cstr(&found), PAGE_ANSWERS,
			    i18n_language(), path, there);
	}
	return err;
}

/* The text about the right answers: the page up to its model solution.  It is
 * of the lab without a number. */
static int
put_answers_page(const struct work *w, const struct lesson *l, struct doc *out)
{
	const char *whose =
	    lesson_is_shuffled(l) ? _("Letters and values below belong to the "
				      "lab outside the set, without a student "
				      "number.")
	    : lesson_student(l)[0] != '\0'
		? _("Letters and values below belong to the lab without a "
		    "student number.")
		: NULL;
	LOCAL_BUF path = BUF_INIT, text = BUF_INIT;
	bool there;
	int err = find_answers_page(w->lab, w->name, &path, &there);
	ptrdiff_t end;

	if (err == 0)
		err = buf_read_file(&text, buf_cstr(&path), ANSWERS_PAGE_MAX);
	if (err == 0) {
		struct str rest = buf_view(&text);

		end = str_find(rest, "\n## Model solution");
		rest = str_slice(rest, 0, end >= 0 ? (size_t)end : rest.n);
		doc_line(out, 0);
		/* The reasons above are in the language in force. */
		if (!there) {
			doc_line(out, 0);
			doc_puts(out, STYLE_PLAIN,
			    _("The rest of this page is in English."));
			doc_line(out, 0);
		}
		if (whose != NULL) {
			doc_line(out, 0);
			doc_puts(out, STYLE_PLAIN, whose);
			doc_line(out, 0);
		}
		while (rest.n > 0) {
			doc_line(out, 0);
			doc_put(out, STYLE_PLAIN, str_cut(rest, '\n', &rest));
		}
	}
	return err == ERR_NOMEM ? err : 0;
}

/* The lab of W is one that rung brings along. */
static bool
is_shipped(const struct work *w)
{
	LOCAL_BUF name = BUF_INIT, found = BUF_INIT;

	buf_printf(&name, "labs/%s", w->name);
	return name.err == 0 && share_find(buf_cstr(&name), &found) == 0 &&
	       folder_same(buf_cstr(&found), w->lab);
}

/* Nothing of PATH, a lab as it is shipped, is answered: who works at it works
 * elsewhere. */
static void
say_uncopied(const struct cli *c, const struct work *w, const struct mark *m,
    const char *path)
{
	if (cli_is_file(path) || folder_has(path, ANSWERS_FILE) ||
	    !is_shipped(w))
		return;
	for (size_t i = 0; i < m->n; i++)
		if (m->results[i].verdict != LESSON_MISSING)
			return;
	cli_remark(c,
	    _("%s has no answers yet; rung copy %s FOLDER makes a folder to "
	      "answer in, and rung play %s asks on the screen"),
	    w->name, w->name, w->name);
}

/* Answers without a number, which are right or wrong by other letters and
 * values than those of a copy with one. */
static void
say_of_nobody(const struct cli *c, const struct work *w, const struct mark *m,
    const char *path)
{
	bool answered = false;

	for (size_t i = 0; i < m->n; i++)
		answered |= m->results[i].verdict != LESSON_MISSING;
	if (answered && c->student == NULL && work_student(w)[0] == '\0' &&
	    !cli_is_file(path) && folder_has(path, ANSWERS_FILE))
		cli_remark(c,
		    _("%s/%s: “student:” is empty, so the work is judged "
		      "without a student number; if the copy was made with "
		      "--student, write that number there"),
		    path, ANSWERS_FILE);
}

/* A student at his own work has been told what it is worth: that counts as a
 * try, also where it can't be kept.  Answers alone, without a lab beside them,
 * are nothing that is worked on: there is nothing to keep tries of. */
static void
keep_tries(
    struct cli *c, struct work *w, const struct mark *m, const char *path)
{
	const char *student = work_student(w);
	struct diag d = DIAG_INIT;
	LOCAL_BUF why = BUF_INIT;

	if (cli_is_file(path) || c->lab != NULL ||
	    strcmp(lesson_student(m->lesson), student) != 0)
		return;
	if (!folder_has(path, ANSWERS_FILE) && w->copy == NULL)
		path = w->lab;
	if (!folder_has(path, "lab.lua") ||
	    cli_keep_tries(w, m->results, m->n, path, c->student, &d) == 0)
		return;
	diag_write(&d, &why);
	cli_remark(
	    c, _("the number of tries can't be saved: %s"), buf_cstr(&why));
}

static int
check_work_folder(struct cli *c, const char *folder, struct doc *out,
    bool *good, struct diag *d)
{
	size_t width = c->width != 0 ? c->width : CLI_WIDTH_PAGE;
	LOCAL(work_free) struct work w = WORK_INIT;
	LOCAL(mark_free) struct mark m = MARK_INIT;
	struct cli_programs programs;
	size_t told;
	int err = c->processes && !c->trusted ? process_try_box(d) : 0;

	if (err == 0)
		err = c->teacher
			  ? cli_find_work(&w, folder, c->lab, d)
			  : cli_find_done(&w, folder, c->lab, c->student, d);

	if (err == 0)
		err = cli_check_student(c, &w, folder, d);
	if (err == 0)
		err = cli_refuse_in_exam(w.name,
		    c->student != NULL ? c->student : work_student(&w), d);
	cli_take_programs(c, folder, &programs);
	w.processes = c->processes ? &programs.run : NULL;
	if (err == 0)
		err = mark_work(&m, &w, c->student, d);
	if (err == 0 && lesson_tells_other_tasks(m.lesson, &told))
		cli_remark(c,
		    _("%s: the handout has %zu tasks but check.lua has %zu; a "
		      "task may appear with the text of another task"),
		    w.lab, told, lesson_count(m.lesson));
	if (err == 0 && c->teacher && c->output != NULL)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("-o writes marks; to write the right answers of %s to a "
		      "file, use rung worksheet %s --teacher -o FILE"),
		    w.name, w.name);
	if (err == 0 && c->teacher)
		err = check_put_keys(&m, width, out, d);
	if (err == 0 && c->teacher)
		err = put_answers_page(&w, m.lesson, out);
	else if (err == 0 && (c->output != NULL || c->json))
		err = cli_write_marks(c, &w, &m, folder, d);
	else if (err == 0)
		cli_put_mark(&w, &m, width, out);
	if (err == 0 && !c->teacher)
		say_uncopied(c, &w, &m, folder);
	if (err == 0 && !c->teacher)
		say_of_nobody(c, &w, &m, folder);
	if (err == 0 && !c->teacher)
		keep_tries(c, &w, &m, folder);
	*good = c->teacher || m.points == m.of || count_taken(&m) == m.n;
	return err;
}

static int
check_run(struct cli *c, int argc, char **argv, struct diag *d)
{
	LOCAL(doc_free) struct doc doc = DOC_INIT;
	LOCAL_BUF out = BUF_INIT;
	enum handin_kind kind;
	bool good = false;
	int err = 0;

	/* A zip file is a class's. */
	if (argc == 1 && c->class == NULL && handin_look(argv[0], &kind) == 0 &&
	    kind == HANDIN_ZIP) {
		c->class = argv[0];
		argc = 0;
	}
	if (c->class != NULL)
		return cli_check_class(c, argc, d);
	if (cli_check_place(c, "work", d) != 0)
		return CLI_USAGE;
	if (argc != 1)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("check takes one folder, hand-in or lab"));
	if (err == 0)
		err = check_work_folder(c, argv[0], &doc, &good, d);
	if (err == 0)
		err = doc_write(&doc, &out);
	if (err == 0 && c->output == NULL && !c->json)
		err = cli_print(c, &out, d);
	diag_fail(d, err);
	return err != 0 ? CLI_USAGE : good ? CLI_OK : CLI_FAILED;
}

static int
set_deadline(struct cli *c, const char *value, struct diag *d)
{
	struct str s = str_of(value);
	bool day = s.n == 10;
	int64_t ns;

	if (date_days_there(s) > 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--deadline: “%s”: that month has %d days"), value,
		    date_days_there(s));
	/* A time says its zone; a day ends in UTC. */
	if (s.n == 19 || date_read(s, &ns) != 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--deadline: “%s” is not a time; use "
		      "2026-11-30T15:59:59Z (UTC), 2026-11-30T23:59:59+08:00 "
		      "or 2026-11-30"),
		    value);
	cli_put_time(c->deadline, ns / 1000000000 + (day ? 86399 : 0));
	return 0;
}

/* The labs of a set are looked for where its teacher's are. */
static int
set_set(struct cli *c, const char *value, struct diag *d)
{
	c->lab = value;
	if (folder_has(value, SHARE_SET_FILE))
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("--set: %s contains the questions without the answer "
		      "keys, for students; use the folder teacher next to it"),
		    value);
	return folder_has(value, "labs")
		   ? 0
		   : diag_set(d, ERR_NOTFOUND, NULL, 0,
			 _("--set: %s is not a teacher's folder made by rung "
			   "new exam"),
			 value);
}

static int
set_processes(struct cli *c, const char *value, struct diag *d)
{
	c->processes = true;
	c->trusted = value != NULL;
	if (value == NULL || strcmp(value, "trusted") == 0)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("--processes: “%s” is not “trusted”; use --processes or "
	      "--processes=trusted"),
	    value);
}

static const struct cli_option check_options[] = {
	CLI_STUDENT_OPTION,
	CLI_LAB_OPTION,
	{ "teacher", 0, NULL, N_("prints the right answers"), cli_set_teacher },
	{ "class", 0, "FOLDER",
	    N_("judges what a class has handed in: a folder or zip file that "
	       "contains files of rung hand-in, folders, zip files"),
	    cli_set_class },
	{ "roster", 0, "FILE",
	    N_("reads the list of the class: a CSV file with 学号, 姓名, 班级 "
	       "(id, "
	       "name, class)"),
	    cli_set_roster },
	{ "set", 0, "FOLDER",
	    N_("judges the work of a graded set; FOLDER is the teacher's "
	       "folder made by rung new exam"),
	    set_set },
	{ "deadline", 0, "TIME",
	    N_("marks later work as late: 2026-11-30T15:59:59Z, "
	       "2026-11-30T23:59:59+08:00, or the end of a day, 2026-11-30 "
	       "(UTC)"),
	    set_deadline },
	{ "output", 'o', "FILE",
	    N_("writes the report of a class or of one work: .html, .csv, "
	       ".moodle.csv (grades for Moodle), .json or .txt"),
	    cli_set_output },
	{ "processes", 0, "[=trusted]",
	    N_("runs students' programs that are not in Lua, without access to "
	       "your files and network; =trusted gives them all your rights"),
	    set_processes },
	{ "limit", 0, "wall=TIME",
	    N_("gives the programs of one work at most TIME in total "
	       "(default 60s)"),
	    cli_set_limit },
	CLI_JSON_OPTION,
	{ 0 },
};

static const struct cli_example check_examples[] = {
	{ "rung check mine", N_("judges the answers and runs in mine") },
	{ "rung check mine -o mine.json", N_("the same as JSON, for other "
					     "programs") },
	{ NULL, NULL },
};

const struct cli_command cli_check = {
	.name = "check",
	.usage = "[WORK]",
	.text = N_("judges a student's work or that of a class"),
	.purpose = N_("Judges a student’s work, or that of a whole class: "
		      "points for each task, with the reason."),
	.about =
	    N_("Judges each task of the answers and runs in a folder made by "
	       "rung copy: GOOD, PART, BAD, MISSING, RECEIVED (to be "
	       "judged) or ERROR (could not be checked), with the "
	       "reason, the rule and the records. The exit status is 1 "
	       "if points are missing."),
	.options = check_options,
	.examples = check_examples,
	.lasts = true,
	.fn = check_run,
};
