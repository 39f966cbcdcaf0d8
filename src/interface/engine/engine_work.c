/* The lab's tasks, what a student has done for them and what that is worth, and
 * all of it as a hand-in. */
#include "engine/engine_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "draw/paper.h"
#include "grade/handin.h"
#include "grade/variant.h"
#include "lesson/handout.h"
#include "lesson/prediction_hold.h"
#include "rules/rules.h"
#include "text/json.h"
#include "trace/reader.h"
#include "views/lesson/lesson_page.h"

#include <string.h>

/* ---- runs beside the branches ---- */

void
engine_free_made(struct engine *e)
{
	for (size_t i = 0; i < e->nmade; i++) {
		mem_free(e->made[i].what);
		engine_close(e->made[i].run);
	}
	mem_free(e->made);
}

/* WHAT that IN says, made to its end with E's texts behind its own; it is E's.
 */
static const struct trace *
engine_work_make_run(struct engine *e, const char *what,
    const struct engine_inputs *in, struct diag *d)
{
	struct engine_inputs with = *in;
	size_t n = in->ntexts + e->ntexts;
	struct engine_text *texts = mem_zalloc(n, sizeof(*texts));
	struct engine_made made = { .what = mem_strdup(what) };
	struct engine_progress p;
	struct diag failed = DIAG_INIT;
	int err = texts != NULL && made.what != NULL ? 0 : ERR_NOMEM;

	for (size_t i = 0; err == 0 && i < n; i++)
		texts[i] =
		    i < in->ntexts
			? in->texts[i]
			: (struct engine_text){ e->texts[i - in->ntexts].path,
				  buf_view(&e->texts[i - in->ntexts].text) };
	with.texts = texts;
	with.ntexts = n;
	if (err == 0)
		err = engine_open(&made.run, &with, d);
	/* One that fails has the trace up to there, but where memory lacked:
	 * another time it has all of it. */
	if (err == 0)
		err = engine_advance(made.run, 0, 0, &p, &failed);
	if (err == 0 && failed.err == ERR_NOMEM)
		err = ERR_NOMEM;
	if (err == 0)
		err = ARRAY_RESIZE(&e->made, e->nmade + 1);
	mem_free(texts);
	if (err == 0) {
		e->made[e->nmade++] = made;
		return session_trace(made.run->s, 0);
	}
	mem_free(made.what);
	engine_close(made.run);
	diag_fail(d, err);
	return NULL;
}

static const struct trace *
find_made(const struct engine *e, const char *what)
{
	for (size_t i = 0; i < e->nmade; i++)
		if (strcmp(e->made[i].what, what) == 0)
			return session_trace(e->made[i].run->s, 0);
	return NULL;
}

/* The lab's own run, as the student has it, whatever is run now. */
static const struct trace *
own_run(struct engine *e, struct diag *d)
{
	const struct trace *t = e->shown || e->ntexts == 0
				    ? session_trace(e->s, 0)
				    : find_made(e, "");
	const struct buf *script;
	struct engine_text own = { .text = STR_NULL };
	LOCAL_BUF path = BUF_INIT;

	if (t != NULL)
		return t;
	buf_printf(&path, "%.*s/%s", STR_ARG(engine_lab_folder(e)), INPUTS_LAB);
	script = engine_find_text(e, engine_lab_folder(e), INPUTS_LAB);
	own.path = buf_cstr(&path);
	if (script == NULL)
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("“%s” is not one of the texts that were given"),
		    own.path);
	else
		own.text = buf_view(script);
	if (script != NULL)
		t = engine_work_make_run(e, "",
		    &(struct engine_inputs){
			.texts = &own, .ntexts = 1, .student = e->student },
		    d);
	return t;
}

int
engine_take_given(struct engine *e, struct lesson *l, struct diag *d)
{
	const struct trace *t = lesson_gives(l) ? own_run(e, d) : NULL;

	return t != NULL ? lesson_take_given(l, t, d) : d->err;
}

/* What LINK is the address of; NULL and D where that can't be run any more. */
static const struct trace *
linked_run(struct engine *e, const char *link, struct diag *d)
{
	const struct trace *t = find_made(e, link);
	LOCAL_BUF path = BUF_INIT;
	struct engine_text first = { .text = str_of(link) };

	if (t != NULL)
		return t;
	buf_printf(&path, "%.*s/a.link", STR_ARG(engine_lab_folder(e)));
	first.path = buf_cstr(&path);
	return engine_work_make_run(e, link,
	    &(struct engine_inputs){ .texts = &first, .ntexts = 1 }, d);
}

struct named {
	struct engine *e;
	const struct engine_work *work;
};

/* Where a lab's firmware can't be run, a text of its folder is what was
 * recorded of it as it stands.  0 or D's error. */
static int
take_recorded(const struct engine_work *work, const char *lab, struct trace **t,
    struct diag *d)
{
	LOCAL_BUF path = BUF_INIT, text = BUF_INIT;
	int err = 0;

	buf_printf(&path, "labs/%s/recorded.jsonl", lab);
	for (size_t i = 0; i < work->ntexts && text.n == 0; i++)
		if (strcmp(work->texts[i].path, buf_cstr(&path)) == 0)
			buf_str(&text, work->texts[i].text);
	if (text.err != 0)
		err = diag_fail(d, text.err);
	else if (text.n > 0)
		err = trace_read_buf(t, &text, buf_cstr(&path), d);
	return err;
}

/* The run of a lab that an answer names: lesson_work's function. */
static const struct trace *
lab_run(struct str command, struct diag *d, void *arg)
{
	const struct named *of = arg;
	LOCAL_BUF lab = BUF_INIT, path = BUF_INIT, what = BUF_INIT;
	struct engine_inputs in = { .ntexts = 0 };
	LOCAL(variant_free) struct variant v;
	const struct trace *t = NULL;
	int err = variant_read(&v, command, &lab);

	buf_printf(&path, "labs/%s/%s", buf_cstr(&lab), INPUTS_LAB);
	buf_printf(&what, "%.*s", STR_ARG(command));
	for (size_t i = 0; i < of->work->ntexts; i++)
		if (strcmp(of->work->texts[i].path, buf_cstr(&path)) == 0) {
			in.texts = of->work->texts + i;
			in.ntexts = of->work->ntexts - i;
		}
	in.options.run.settings = v.settings;
	in.options.run.nsettings = v.nsettings;
	in.options.run.has_seed = v.has_seed;
	in.options.run.seed = v.seed;
	if (err != 0 || in.ntexts == 0)
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no lab “%s”; rung labs lists the labs"),
		    buf_cstr(&lab));
	else
		t = find_made(of->e, buf_cstr(&what));
	if (d->err == 0 && t == NULL && v.nsettings == 0 && !v.has_seed)
		take_recorded(of->work, buf_cstr(&lab), &in.trace, d);
	if (d->err == 0 && t == NULL)
		t = engine_work_make_run(of->e, buf_cstr(&what), &in, d);
	return t;
}

/* ---- all runs of a student ---- */

struct runs {
	const struct trace *list[WORK_RUNS_MAX];
	const char *names[WORK_RUNS_MAX];
	size_t n;
};

static void
add_run(struct runs *r, const char *name, const struct trace *t)
{
	for (size_t i = 0; i < r->n; i++)
		if (trace_hash(r->list[i]) == trace_hash(t))
			return;
	if (r->n == WORK_RUNS_MAX)
		return;
	r->names[r->n] = name;
	r->list[r->n++] = t;
}

/* The branches that have ended, and what WORK has beside them. */
static void
take_runs(struct engine *e, const struct engine_work *work, struct runs *r)
{
	for (size_t i = 0; i < session_branches(e->s); i++)
		if (trace_complete(session_trace(e->s, i)))
			add_run(
			    r, session_name(e->s, i), session_trace(e->s, i));
	for (size_t i = 0; i < work->nlinks; i++) {
		struct diag d = DIAG_INIT;
		const struct trace *t = linked_run(e, work->links[i], &d);

		if (t != NULL)
			add_run(r, "kept", t);
	}
}

/* ---- tasks ---- */

void
engine_put_task(const struct lesson_task *t, struct buf *out)
{
	struct buf text = BUF_INIT, example = BUF_INIT;

	buf_putc(out, '{');
	json_put_int(out, "number", t->number);
	json_put_field(out, "form", str_of(lesson_kind_name(t->kind)));
	json_put_field(out, "asked", str_of(lesson_kind_text(t->kind)));
	json_put_int(out, "points", t->points);
	handout_put_text(t->text, &text);
	paper_json_html(out, "text", buf_view(&text));
	if (t->unit != NULL)
		json_put_field(out, "unit", str_of(t->unit));
	page_put_example(t, &example);
	json_put_field(out, "example", buf_view(&example));
	json_put_int(out, "hints", (int64_t)t->nhints);
	json_put_int(out, "predictions", t->predictions);
	json_put_bool(out, "ahead", t->ahead);
	if (t->process)
		json_put_bool(out, "process", true);
	json_open(out, "options", '[');
	for (size_t i = 0; i < t->noptions; i++) {
		json_put_item(out);
		json_put_str(out, str_of(t->options[i].text));
	}
	buf_puts(out, "]}");
	buf_end(&text, &out->err);
	buf_end(&example, &out->err);
}

/* A part of the handout, or with it empty task I. */
static void
engine_work_put_part(
    struct lesson *l, struct str handout, size_t i, struct buf *out)
{
	if (handout.n > 0 && str_trim(handout).n == 0)
		return;
	json_open(out, NULL, '{');
	if (handout.n > 0) {
		paper_json_html(out, "text", handout);
	} else {
		json_put_key(out, "task");
		engine_put_task(lesson_task(l, i), out);
	}
	buf_putc(out, '}');
}

/* The handout with its tasks in their places; tasks without a place below. */
static void
engine_work_put_parts(struct lesson *l, struct buf *out)
{
	struct str handout = lesson_handout(l), t;
	size_t at = 0, start, i, n = lesson_count(l);

	for (i = 0; i < n; i++) {
		t = lesson_task(l, i)->text;
		if (t.n == 0 || t.p < handout.p || t.p >= handout.p + handout.n)
			break;
		start = (size_t)(t.p - handout.p);
		while (start > at && handout.p[start - 1] != '\n')
			start--;
		engine_work_put_part(l, str_slice(handout, at, start), 0, out);
		engine_work_put_part(l, STR_NULL, i, out);
		at = (size_t)(t.p - handout.p) + t.n;
	}
	engine_work_put_part(l, str_slice(handout, at, handout.n), 0, out);
	for (; i < n; i++)
		engine_work_put_part(l, STR_NULL, i, out);
}

/* Where RUN shows what each of L's tasks asks. */
static int
engine_work_find_from(
    struct engine *e, struct lesson *l, const struct trace *run)
{
	int err =
	    e->from_of == l ? 0 : prediction_hold_find(l, run, e->from, NULL);

	if (err == 0)
		e->from_of = l;
	return err;
}

int
engine_put_hold(struct engine *e, struct lesson *l,
    const struct engine_work *work, struct buf *out, struct diag *d)
{
	const struct answers none = ANSWERS_INIT;
	const struct answers *a = work != NULL ? &work->answers : &none;
	const struct trace *run = own_run(e, d);
	struct prediction_hold h;
	bool own = false;
	int err = run != NULL
		      ? variant_is_own(l, session_trace(e->s, 0), &own, d)
		      : d->err;

	if (err == 0)
		err = engine_work_find_from(e, l, run);
	if (err != 0)
		return diag_fail(d, err);
	h = prediction_hold_of(l, a, e->from, trace_count(run));
	buf_putc(out, '{');
	json_put_bool(out, "own", own);
	json_put_int(out, "before", (int64_t)h.before);
	json_put_int(out, "task", h.own);
	json_put_int(out, "others", h.others);
	json_open(out, "open", '[');
	for (size_t i = 0; i < lesson_count(l); i++)
		if (prediction_hold_is_open(l, a, i)) {
			json_put_item(out);
			buf_printf(out, "%u", lesson_task(l, i)->number);
		}
	buf_putc(out, ']');
	json_open(out, "hidden", '[');
	for (size_t i = 0; i < lesson_count(l); i++)
		if (prediction_hold_hides(
			&h, l, i, e->from, trace_count(run))) {
			json_put_item(out);
			buf_printf(out, "%u", lesson_task(l, i)->number);
		}
	buf_puts(out, "]}");
	return 0;
}

int
engine_put_lesson(
    struct engine *e, struct lesson *l, struct buf *out, struct diag *d)
{
	bool own;
	int err = variant_is_own(l, session_trace(e->s, 0), &own, d);

	if (err != 0)
		return diag_fail(d, err);
	buf_putc(out, '{');
	json_put_bool(out, "own", own);
	json_put_int(out, "points", lesson_points(l));
	json_put_int(out, "minutes", lesson_minutes(l));
	json_put_int(out, "level", lesson_level(l));
	json_put_field(out, "set", str_of(lesson_set(l)));
	json_open(out, "parts", '[');
	engine_work_put_parts(l, out);
	buf_puts(out, "]}");
	return 0;
}

/* ---- verdicts ---- */

static void
engine_work_put_rule(const struct lesson_result *r, struct buf *out)
{
	const struct rule *rule = rule_at(r->rule);
	struct buf text = BUF_INIT;

	if (rule == NULL || r->verdict == LESSON_GOOD)
		return;
	rule_put_place(rule, &text);
	buf_printf(&text, "  %s", i18n_text(rule->text));
	json_put_field(out, "rule", buf_view(&text));
	buf_end(&text, &out->err);
}

/* The object's members; it stays open. */
static void
engine_work_put_result(const struct lesson_result *r,
    const struct lesson_task *t, const struct lesson_answer *given,
    const struct answers *a, struct buf *out)
{
	size_t seen = a->tasks[t->number - 1].hints;

	buf_putc(out, '{');
	json_put_field(out, "verdict", str_of(lesson_verdict_name(r->verdict)));
	json_put_field(out, "words", str_of(lesson_verdict_text(r->verdict)));
	json_put_bool(out, "right", r->verdict == LESSON_GOOD);
	json_put_int(out, "points", r->points);
	json_put_field(out, "text", buf_view(&r->why));
	engine_work_put_rule(r, out);
	if (t->predictions > 0) {
		json_put_int(out, "predicted", given->predicted);
		json_put_int(out, "predicted_right", given->predicted_right);
	}
	json_open(out, "records", '[');
	for (size_t i = 0; i < r->nrecords; i++) {
		json_put_item(out);
		buf_printf(out, "%llu", (unsigned long long)r->records[i]);
	}
	buf_putc(out, ']');
	json_open(out, "hints", '[');
	for (size_t i = 0; i < seen && i < t->nhints; i++) {
		json_put_item(out);
		json_put_str(out, str_of(t->hints[i]));
	}
	buf_putc(out, ']');
	json_put_key(out, "answers");
	answers_put_json(a, out);
}

/* The predictions of WORK as grade/mark.h counts them: by the lab's own run and
 * by RUNS. */
static int
count_predictions(const struct engine_work *work, const struct trace *lab,
    const struct runs *runs, struct lesson_answer *a)
{
	const struct trace *all[1 + WORK_RUNS_MAX] = { lab };
	struct quiz_count c;
	int err;

	memcpy(all + 1, runs->list, runs->n * sizeof(all[0]));
	err = quiz_text_again(
	    buf_view(&work->answers.predictions), all, 1 + runs->n, &c);
	a->predicted = c.made;
	a->predicted_right = c.right;
	return err;
}

/* The numbers of a lesson's tasks are their places. */
int
engine_judge(struct engine *e, struct lesson *l, size_t i, struct str answer,
    struct engine_work *given, struct buf *out, struct diag *d)
{
	struct engine_work none = { .answers = ANSWERS_INIT };
	struct engine_work *work = given != NULL ? given : &none;
	const struct lesson_task *t = lesson_task(l, i);
	struct answer *a = &work->answers.tasks[i];
	struct lesson_answer said = { .hints = a->hints, .wrong = a->wrong };
	struct named named = { e, work };
	struct runs runs = { .n = 0 };
	struct lesson_result r = LESSON_RESULT_INIT;
	struct lesson_work w = { .lab = own_run(e, d),
		.runs = runs.list,
		.figure = work->figure,
		.run = lab_run,
		.arg = &named };
	int err = w.lab != NULL ? 0 : d->err;

	if (err == 0)
		err = answers_set(&work->answers, (unsigned)i + 1, answer);
	if (err == 0) {
		take_runs(e, work, &runs);
		w.nruns = runs.n;
		said.text = buf_view(&a->text);
	}
	if (err == 0 && t->predictions > 0)
		err = count_predictions(work, w.lab, &runs, &said);
	if (err == 0)
		err = lesson_judge(l, i, &said, &w, &r);
	if (err == 0)
		err = answers_tell(&work->answers, (unsigned)i + 1, &r, NULL);
	if (err == 0) {
		engine_work_put_result(&r, t, &said, &work->answers, out);
		json_put_key(out, "hold");
		err = engine_put_hold(e, l, work, out, d);
		buf_putc(out, '}');
	}
	lesson_result_free(&r);
	answers_free(&none.answers);
	if (err == 0)
		err = out->err;
	return err == ERR_NOMEM ? diag_fail(d, ERR_NOMEM) : err;
}

/* ---- handing in ---- */

static int
name_answers(struct answers *a, const char *lab, const char *student)
{
	mem_free(a->lab);
	mem_free(a->student);
	a->lab = mem_strdup(lab);
	a->student = mem_strdup(student);
	return a->lab != NULL && a->student != NULL ? 0 : ERR_NOMEM;
}

int
engine_handin(struct engine *e, struct engine_work *work, const char *date,
    struct buf *out, struct diag *d)
{
	struct str folder = e->ntexts > 0 ? engine_lab_folder(e) : STR_NULL;
	ptrdiff_t slash = str_rchr(folder, '/');
	struct str name = str_slice(folder, (size_t)(slash + 1), folder.n);
	struct runs runs = { .n = 0 };
	struct work w = WORK_INIT;
	struct mark m = MARK_INIT;
	int err = 0;

	if (e->student[0] == '\0')
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the student's number is missing"));
	if (e->shown)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("a trace that is only shown can't be handed in"));
	m.trace = (struct trace *)own_run(e, d);
	w.name = mem_dup(name.p != NULL ? name.p : "", name.n);
	if (m.trace == NULL)
		err = d->err;
	else if (w.name == NULL)
		err = ERR_NOMEM;
	/* Borrowed, all of it. */
	if (err == 0)
		err = name_answers(&work->answers, w.name, e->student);
	take_runs(e, work, &runs);
	w.nruns = runs.n;
	for (size_t i = 0; i < runs.n; i++)
		w.runs[i] = (struct work_run){ .name = (char *)runs.names[i],
			.trace = (struct trace *)runs.list[i] };
	w.answers = work->answers;
	buf_str(&w.figure, work->figure);
	if (err == 0)
		err = w.figure.err != 0
			  ? ERR_NOMEM
			  : handin_write(&w, &m, e->student, date, out, d);
	buf_free(&w.figure);
	mem_free(w.name);
	return diag_fail(d, err);
}
