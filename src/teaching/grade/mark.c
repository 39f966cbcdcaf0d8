/* Judges one student's work, and writes marks for other programs. */
#include "grade/mark.h"
#include "grade/other_version.h"
#include "rules/rules.h"
#include "text/json.h"

#include <stdarg.h>
#include <string.h>

/* Task I.  A check of this version may fail on the run of another; then the
 * lab as it is now decides. */
static int
mark_judge_task(struct mark *m, const struct work *w, size_t i,
    const struct lesson_work *lw)
{
	struct lesson_answer a = {
		.text = buf_view(&w->answers.tasks[i].text),
		.hints = w->answers.tasks[i].hints,
		.wrong = w->answers.tasks[i].wrong,
		.predicted = m->predicted.made,
		.predicted_right = m->predicted.right,
	};
	struct lesson_work here = *lw;
	int err = lesson_judge(m->lesson, i, &a, lw, &m->results[i]);

	if (err == 0 && m->results[i].verdict == LESSON_ERROR &&
	    m->here != NULL) {
		lesson_result_free(&m->results[i]);
		here.lab = m->here;
		err = lesson_judge(m->lesson, i, &a, &here, &m->results[i]);
	}
	return err == 0 ? other_version_say(
			      m, w, lesson_task(m->lesson, i), &m->results[i])
			: err;
}

/* The student's runs are of the lab as the student has it. */
static int
judge_tasks(struct mark *m, const struct work *w)
{
	const struct trace *runs[1 + WORK_RUNS_MAX] = { m->trace };
	struct lesson_work lw = { .lab = m->trace,
		.runs = runs + 1,
		.figure = buf_view(&w->figure),
		.run = named_runs_find,
		.arg = &m->named,
		.processes = w->processes };
	int err;

	for (size_t i = 0; i < w->nruns; i++)
		if (w->runs[i].trace != NULL)
			runs[1 + lw.nruns++] = w->runs[i].trace;
	err = quiz_text_again(buf_view(&w->answers.predictions), runs,
	    1 + lw.nruns, &m->predicted);
	for (size_t i = 0; err == 0 && i < lesson_count(m->lesson); i++) {
		err = mark_judge_task(m, w, i, &lw);
		m->n = i + 1;
		m->points += m->results[i].points;
	}
	return err;
}

int
mark_work(struct mark *m, struct work *w, const char *student, struct diag *d)
{
	int err;

	*m = MARK_INIT;
	if (student == NULL)
		student = w->answers.student != NULL ? w->answers.student : "";
	err = lesson_load(&m->lesson, w->lab, student, d);
	if (err == 0)
		err = lesson_name_commands(m->lesson, work_copy_of(w, student));
	if (err == 0)
		err = variant_make(&m->variant, m->lesson, d);
	if (err == 0 && student[0] == '\0')
		err = rerun_try_varied(m->lesson, w->lab, d);
	if (err == 0)
		err = rerun_file(w->lab, &m->variant, &m->trace, NULL, d);
	if (err == 0)
		err = lesson_take_given(m->lesson, m->trace, d);
	if (err == 0 && work_is_of_other_version(w))
		err = other_version_find_lab(m, w);
	if (err == 0)
		err = work_run(w, &m->variant);
	if (err == 0) {
		m->of = lesson_points(m->lesson);
		err = judge_tasks(m, w);
	}
	return diag_fail(d, err);
}

void
mark_free(struct mark *m)
{
	for (size_t i = 0; i < m->n; i++)
		lesson_result_free(&m->results[i]);
	named_runs_free(&m->named);
	variant_free(&m->variant);
	trace_destroy(m->trace);
	trace_destroy(m->here);
	lesson_destroy(m->lesson);
	*m = MARK_INIT;
}

/* ---- marks for other programs ---- */

/* What of an answer or reason is kept for a class. */
#define TEXT_MOST 2000
/* Of one run. */
#define COMPLAINTS_MOST 3

/* SENTENCE begins with "NAME:", as those about a script do. */
static bool
mark_names_file(struct str sentence, const char *name)
{
	struct str rest;

	return str_is(str_cut(sentence, ':', &rest), name);
}

/* The receiver of remarks. */
struct hearer {
	mark_remark_fn *fn;
	void *arg;
};

static void
say_remark(const struct hearer *h, const char *fmt, ...)
{
	LOCAL_BUF text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	h->fn(buf_cstr(&text), h->arg);
}

/* SENTENCE begins with a file and a line. */
static bool
mark_names_line(struct str sentence)
{
	struct str rest, file = str_cut(sentence, ':', &rest);

	return str_find(file, " ") < 0 && rest.n > 0 && chr_is_digit(rest.p[0]);
}

static void
say_complaints(const struct hearer *h, const struct work_run *r)
{
	struct str rest = buf_view(&r->said), line;

	if (mark_names_file(buf_view(&r->failed), r->name))
		say_remark(h, _("run %s"), buf_cstr(&r->failed));
	else if (mark_names_line(buf_view(&r->failed)))
		say_remark(h, "%s", buf_cstr(&r->failed));
	else if (r->failed.n > 0)
		say_remark(h, _("run %s: %s"), r->name, buf_cstr(&r->failed));
	for (int i = 0; i < COMPLAINTS_MOST && rest.n > 0; i++) {
		line = str_cut(rest, '\n', &rest);
		say_remark(h, "%.*s", STR_ARG(line));
	}
}

void
mark_complaints(const struct work *w, mark_remark_fn *fn, void *arg)
{
	const struct hearer h = { fn, arg };

	for (size_t i = 0; i < w->nruns; i++)
		say_complaints(&h, &w->runs[i]);
}

static void
say_run(const struct hearer *h, const struct work *w, const struct work_run *r)
{
	if (r->failed.n == 0 && r->hash != 0 && r->trace != NULL &&
	    work_hash(w, r->trace) != r->hash)
		say_remark(h,
		    _("run %s now has another result than the hand-in says "
		      "(rung %s)"),
		    r->name, w->version != NULL ? w->version : "?");
}

/* It was done with the numbers of another student than who hands it in. */
static void
say_owner(const struct hearer *h, const char *student, const char *owner)
{
	if (student == NULL || student[0] == '\0' || owner == NULL ||
	    strcmp(student, owner) == 0)
		return;
	if (owner[0] == '\0')
		say_remark(h, "%s",
		    _("it was done without a student number, with the lab that "
		      "is the same for everybody"));
	else
		say_remark(h, _("it was done with the lab of %s"), owner);
}

/* A student's values are drawn by the number and by the lab's name as well. */
static void
say_lab(const struct hearer *h, const struct work *w)
{
	const char *said = w->answers.lab;

	if (said == NULL || said[0] == '\0' || strcmp(said, w->name) == 0 ||
	    w->answers.student == NULL || w->answers.student[0] == '\0')
		return;
	say_remark(h,
	    _("it was done as %s, whose values differ from those in %s"), said,
	    w->name);
}

/* Its lab's run came out otherwise: a lab of one's own may be called like one
 * of rung's.  What another version has made is told of above. */
static void
say_other_lab(
    const struct hearer *h, const struct mark *m, const struct work *w)
{
	const char *said = w->answers.lab;

	if (w->lab_hash == 0 || m->trace == NULL ||
	    work_is_of_other_version(w) || said == NULL ||
	    strcmp(said, w->name) != 0 || trace_hash(m->trace) == w->lab_hash)
		return;
	say_remark(h,
	    _("it was done with another lab that is called %s; name its folder "
	      "with --lab=FOLDER"),
	    w->name);
}

/* As the file says it, by the clock of the student's machine. */
static void
say_exam(const struct hearer *h, const struct work *w)
{
	int64_t s = w->exam_ns / 1000000000;

	if (w->exam_ns <= 0)
		return;
	say_remark(h, _("exam from %s to %s, with a limit of %lld %s"),
	    w->exam_begun, w->exam_ended, (long long)(s % 60 ? s : s / 60),
	    s % 60 ? "s" : "min");
	if (w->exam_took_ns > w->exam_ns)
		say_remark(h, "%s", _("the exam took longer than was allowed"));
}

void
mark_remarks(
    const struct mark *m, const struct work *w, mark_remark_fn *fn, void *arg)
{
	const struct hearer h = { fn, arg };

	for (size_t i = 0; i < m->n; i++) {
		const struct answer *a = &w->answers.tasks[i];

		if (!lesson_task(m->lesson, i)->ahead)
			continue;
		if (a->looked)
			say_remark(&h,
			    _("task %u: looked first, before the first try"),
			    (unsigned)i + 1);
		else if (a->taught)
			say_remark(&h,
			    _("task %u: seen in a lesson, before the first "
			      "try"),
			    (unsigned)i + 1);
	}
	for (size_t i = m->n; i < LESSON_TASKS_MAX; i++)
		if (w->answers.tasks[i].text.n > 0)
			say_remark(
			    &h, _("there is no task %u"), (unsigned)i + 1);
	for (unsigned i = 0; i < LESSON_TASKS_MAX; i++)
		if ((w->uncounted >> i & 1) != 0)
			say_remark(&h,
			    _("answer %u does not count: in an exam, only "
			      "answers that are given on its screen before its "
			      "end count"),
			    i + 1);
	if (w->answers.has_stray)
		say_remark(&h, _("there is no task %u"), w->answers.stray);
	if (w->edited)
		say_remark(&h, "%s",
		    _("the file was changed after rung had written it"));
	if (w->uncoded)
		say_remark(&h, "%s",
		    _("the code of the report does not match its contents"));
	if (work_is_of_other_version(w))
		say_remark(&h,
		    _("made by %s; answers are judged by the values of that "
		      "version where possible"),
		    w->version);
	for (size_t i = 0; i < w->nruns; i++)
		say_run(&h, w, &w->runs[i]);
	if (m->predicted.unknown > 0)
		say_remark(&h,
		    _("%u predictions do not count: the version of rung that "
		      "saved them did not save the answers"),
		    m->predicted.unknown);
	say_owner(&h, w->student, w->answers.student);
	say_lab(&h, w);
	say_other_lab(&h, m, w);
	say_exam(&h, w);
}

/* POINTS, hundredths, as a member of a JSON object: 7.5. */
static void
mark_put_member(struct buf *out, const char *key, uint64_t points)
{
	json_put_key(out, key);
	buf_hundredths(out, points);
}

static void
put_text_member(struct buf *out, const char *key, struct str text)
{
	json_put_field(out, key, str_slice(text, 0, TEXT_MOST));
}

/* The answer as a class compares it. */
static void
put_plain_member(struct buf *out, const struct lesson_task *t, struct str text)
{
	struct buf plain = BUF_INIT;

	if (answer_put_plain(t, text, &plain) == 0)
		put_text_member(out, "plain", buf_view(&plain));
	buf_end(&plain, &out->err);
}

static void
mark_put_result(const struct lesson_task *t, const struct lesson_result *r,
    const struct answer *a, struct buf *out)
{
	const struct rule *rule = rule_at(r->rule);

	buf_printf(out, "{\"task\":%u", t->number);
	json_put_field(out, "kind", str_of(lesson_kind_name(t->kind)));
	json_put_field(out, "verdict", str_of(lesson_verdict_name(r->verdict)));
	mark_put_member(out, "points", r->points);
	mark_put_member(out, "of", t->points);
	put_text_member(out, "answer", buf_view(&a->text));
	put_plain_member(out, t, buf_view(&a->text));
	json_put_int(out, "hints", a->hints);
	json_put_int(out, "tries", a->tries);
	put_text_member(out, "believed", buf_view(&r->believed));
	put_text_member(out, "why", buf_view(&r->why));
	if (rule != NULL)
		json_put_field(out, "rule", str_of(rule->why));
	json_open(out, "records", '[');
	for (size_t i = 0; i < r->nrecords; i++) {
		json_put_item(out);
		buf_u64(out, r->records[i]);
	}
	buf_puts(out, "]}");
}

static void
mark_put_remark(const char *text, void *arg)
{
	json_put_item(arg);
	json_put_str(arg, str_slice(str_of(text), 0, TEXT_MOST));
}

/* Where the work comes from, and its owner. */
static void
put_owner(const char *file, const struct work *w, struct buf *out)
{
	buf_putc(out, '{');
	json_put_field(out, "file", str_of(file));
	json_put_field(
	    out, "lab", str_of(w->name != NULL ? w->name : w->answers.lab));
	json_put_field(out, "student", str_of(work_student(w)));
}

int
mark_put_json(const struct mark *m, const struct work *w, const char *file,
    struct buf *out)
{
	put_owner(file, w, out);
	json_put_field(out, "date", str_of(w->date));
	mark_put_member(out, "points", m->points);
	mark_put_member(out, "of", m->of);
	if (w->exam_ns > 0) {
		json_put_int(out, "exam_limit_s", w->exam_ns / 1000000000);
		json_put_field(out, "exam_begun", str_of(w->exam_begun));
		json_put_field(out, "exam_ended", str_of(w->exam_ended));
	}
	json_open(out, "tasks", '[');
	for (size_t i = 0; i < m->n; i++) {
		json_put_item(out);
		mark_put_result(lesson_task(m->lesson, i), &m->results[i],
		    &w->answers.tasks[i], out);
	}
	buf_putc(out, ']');
	json_open(out, "remarks", '[');
	mark_complaints(w, mark_put_remark, out);
	mark_remarks(m, w, mark_put_remark, out);
	buf_puts(out, "]}\n");
	return out->err;
}

int
mark_put_failure(
    const char *file, const struct work *w, const char *why, struct buf *out)
{
	put_owner(file, w, out);
	json_put_field(out, "failed", str_slice(str_of(why), 0, TEXT_MOST));
	buf_puts(out, "}\n");
	return out->err;
}
