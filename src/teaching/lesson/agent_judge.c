/* What a student's program is worth: which it is, how it is run, and the sum of
 * its parts. */
#include "lesson/agent.h"

#include "base/err.h"
#include "runs/drive.h"
#include "text/utf8.h"

#include <string.h>

/* Records of all runs of one judging: a program that floods is stopped there.
 */
#define RECORDS_MAX 2000000

/* ---- the program ---- */

static struct input_program *
agent_score_find_program(const struct inputs *in, const char *file)
{
	for (size_t i = 0; i < in->nprograms; i++)
		if (strcmp(in->programs[i].file, file) == 0)
			return &in->programs[i];
	return NULL;
}

/* *TEXT, the caller's: what FILE is in the run T; NULL: it has none. */
static int
agent_score_program_of(const struct trace *t, const char *file, char **text)
{
	const struct input_program *p;
	struct diag none = DIAG_INIT;
	LOCAL(inputs_free) struct inputs in;
	int err = inputs_from_head(&in, t, "", &none);

	*text = NULL;
	p = err == 0 ? agent_score_find_program(&in, file) : NULL;
	if (p != NULL && (*text = mem_strdup(p->text)) == NULL)
		err = ERR_NOMEM;
	return err == ERR_NOMEM ? err : 0;
}

/* The last of the student's that is not as the lab has it, into TR->program. */
static int
find_students(struct agent_trial *tr)
{
	const struct lesson_work *w = tr->j->work;
	char *lab, *own;
	int err = agent_score_program_of(w->lab, tr->a->program, &lab);

	for (size_t i = w->nruns; err == 0 && i > 0 && tr->program == NULL;
	     i--) {
		err = agent_score_program_of(
		    w->runs[i - 1], tr->a->program, &own);
		if (own != NULL && (lab == NULL || strcmp(own, lab) != 0))
			tr->program = own;
		else
			mem_free(own);
	}
	mem_free(lab);
	return err;
}

/* ---- the runs ---- */

/* The inputs of the lab's run, as the student has it. */
static int
agent_score_take_lab(
    const struct agent_trial *tr, struct inputs *in, struct diag *d)
{
	int err = inputs_from_head(in, tr->j->work->lab, "", d);

	if (err == 0 && in->detail < TRACE_PROTOCOL)
		in->detail = TRACE_PROTOCOL;
	return err;
}

static int
take_students(struct agent_trial *tr, struct diag *d)
{
	struct input_program *p;
	int err = agent_score_take_lab(tr, &tr->in, d);

	if (err == 0)
		err = agent_score_take_lab(tr, &tr->lab, d);
	if (err == 0 && tr->j->task->process)
		tr->in.processes = tr->lab.processes = tr->j->work->processes;
	p = err == 0 ? agent_score_find_program(&tr->in, tr->a->program) : NULL;
	if (err == 0 && p == NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("the lab has no program %s"), tr->a->program);
	if (err != 0)
		return err;
	mem_free(p->text);
	p->text = tr->program;
	tr->program = NULL;
	return 0;
}

static int
take_like(struct agent_trial *tr, struct diag *d)
{
	int err = agent_score_take_lab(tr, &tr->like, d);

	for (size_t i = 0; err == 0 && i < tr->a->nlike; i++) {
		struct topology_setting s = { .text = tr->a->like[i] };

		err = inputs_add_setting(&tr->like, &s);
	}
	return err;
}

int
agent_run(struct inputs *in, uint64_t records_max, struct trace **t,
    struct buf *failed, struct diag *d)
{
	struct drive_options o = { .max_records = records_max };
	struct drive *drive = NULL;
	int err = trace_begin(t, _("the run's trace"));

	o.trace = *t;
	if (err == 0)
		err = drive_begin(&drive, in, &o, d);
	if (err == 0)
		err = drive_through(drive, NULL, NULL, d);
	if (err == 0 && failed != NULL &&
	    run_warning(drive_run(drive), 0) != NULL)
		diag_write(run_warning(drive_run(drive), 0), failed);
	drive_end(drive);
	/* What was written until then is looked at. */
	if (err == ERR_LIMIT) {
		*d = DIAG_INIT;
		err = 0;
	}
	return err;
}

static int
ask_goals(void *arg, const struct trace *t, bool holds[JUDGE_GOALS_MAX],
    uint64_t records[JUDGE_GOALS_MAX], size_t *failed, struct diag *d)
{
	struct agent_trial *tr = arg;

	tr->records += trace_count(t);
	return lesson_ask_goals(tr->j->lesson, t, holds, records, failed, d);
}

/* Why its program, a process, is asked no more, which is no fault of it; ""
 * while it is. */
static const char *
agent_score_over(const struct agent_trial *tr)
{
	const struct inputs_processes *by = tr->in.processes;

	return by != NULL && by->account != NULL ? by->account->over : "";
}

static int
agent_score_look(void *arg)
{
	const struct agent_trial *tr = arg;

	return tr->records > RECORDS_MAX || agent_score_over(tr)[0] != '\0';
}

static int
agent_score_begin_search(struct agent_trial *tr, struct diag *d)
{
	struct search_options o = {
		.wish = { .kinds = tr->a->kinds },
		.faults = 1,
		.runs = tr->a->runs,
		.goals = &tr->goals,
		.look = agent_score_look,
		.arg = tr,
	};

	tr->goals = (struct judge_goals){
		.n = lesson_goals(tr->j->lesson), .ask = ask_goals, .arg = tr
	};
	return search_begin(&tr->s, &tr->in, &o, d);
}

/* ---- the parts ---- */

static void
say_agent_part(struct agent_trial *tr, const char *what, unsigned points,
    unsigned of, size_t at)
{
	struct buf *why = &tr->j->result->why, head = BUF_INIT, rest = BUF_INIT;

	/* Its line stands before what was said of it. */
	buf_str(&rest, str_slice(buf_view(why), at, why->n));
	buf_truncate(why, at);
	buf_printf(&head, _("%s %s: %g of %g points"),
	    points == of ? "✓"
	    : points > 0 ? "~"
			 : "✗",
	    what, (double)points / LESSON_POINT, (double)of / LESSON_POINT);
	judge_say(tr->j, "%s", buf_cstr(&head));
	if (rest.n > 0 && rest.p[0] != '\n')
		buf_putc(why, '\n');
	buf_str(why, buf_view(&rest));
	buf_end(&rest, &why->err);
	buf_free(&head);
}

/* A part that the lab's own program fulfils as well is earned only beside one
 * that it does not: GAINED of RIGHT. */
static void
agent_score_add_part(struct agent_trial *tr, const char *what, unsigned right,
    unsigned gained, unsigned of, unsigned points, size_t at)
{
	unsigned got = gained > 0 ? judge_share_points(points, right, of) : 0;

	if (right > 0 && gained == 0)
		judge_say(tr->j, "    %s",
		    _("the lab's own program does the same, so this earns no "
		      "points"));
	tr->j->result->points += got;
	say_agent_part(tr, what, got, points, at);
}

/* The run of TR's inputs, or LAB's, with SET, or NULL, into *T, which is TR's.
 * Equal runs are one: that without a setting is the search's, without faults.
 */
static int
run_flow(struct agent_trial *tr, bool lab, const char *set,
    const struct trace **t, struct diag *d)
{
	struct topology_setting s = { .text = set };
	struct flow *f = &tr->flows[lab];
	struct inputs own;
	int err;

	*t = !lab && set == NULL ? tr->s.base.trace : f->trace;
	if (*t != NULL &&
	    (*t != f->trace || f->set == set ||
		(f->set != NULL && set != NULL && strcmp(f->set, set) == 0)))
		return 0;
	trace_destroy(f->trace);
	*f = (struct flow){ .set = set };
	err =
	    inputs_copy(&own, lab ? &tr->lab : &tr->in, UINT64_MAX, INT64_MAX);
	if (err == 0 && set != NULL)
		err = inputs_add_setting(&own, &s);
	if (err == 0)
		err = agent_run(&own, RECORDS_MAX, &f->trace, NULL, d);
	inputs_free(&own);
	*t = f->trace;
	return err;
}

/* Condition I of the run of TR's inputs, or LAB's, with the condition's own
 * setting. */
static int
ask_flow(
    struct agent_trial *tr, size_t i, bool lab, bool *holds, struct diag *d)
{
	const struct trace *t;
	uint64_t record;
	int err = run_flow(tr, lab, tr->a->sets[i], &t, d);

	return err == 0 ? lesson_ask_function(tr->j->lesson,
			      tr->a->functions[i], t, holds, &record, d)
			: err;
}

static int
judge_flows(struct agent_trial *tr, struct diag *d)
{
	struct judging *j = tr->j;
	unsigned right = 0, gained = 0;
	size_t at = j->result->why.n;
	int err = 0;

	for (size_t i = 0; err == 0 && i < j->task->noptions; i++) {
		const struct lesson_option *o = &j->task->options[i];
		bool holds = false, before = false;

		err = ask_flow(tr, i, false, &holds, d);
		judge_say(j, "  %s %s", holds ? "✓" : "✗", o->text);
		if (!holds && o->why != NULL)
			judge_say(j, "    %s", o->why);
		if (!holds && o->rule != RULE_NONE)
			j->result->rule = o->rule;
		right += holds;
		if (err == 0 && holds && gained == 0) {
			err = ask_flow(tr, i, true, &before, d);
			gained += !before;
		}
	}
	agent_score_add_part(tr, _("without faults"), right, gained,
	    (unsigned)j->task->noptions, tr->a->points_flows, at);
	return err;
}

static int
judge_refuses(struct agent_trial *tr, struct diag *d)
{
	size_t at = tr->j->result->why.n;
	unsigned right = 0, gained = 0;
	int err = agent_judge_refuses(tr, &right, &gained, d);

	agent_score_add_part(tr, _("wrong requests"), right, gained,
	    (unsigned)tr->a->nrefusals, tr->a->points_refuses, at);
	return err;
}

static int
judge_survives(struct agent_trial *tr, struct diag *d)
{
	size_t at = tr->j->result->why.n;
	unsigned right = 0, of = 0;
	int err = agent_judge_survives(tr, &right, &of, d);

	agent_score_add_part(tr, _("under faults"), right, right, of,
	    tr->a->points_survives, at);
	return err;
}

/* Faults can take nothing from a program that does nothing without them. */
static void
say_untried(struct agent_trial *tr)
{
	size_t at = tr->j->result->why.n;

	judge_say(
	    tr->j, "  ✗ %s", _("no fault was tried, so this earns no points"));
	say_agent_part(tr, _("under faults"), 0, tr->a->points_survives, at);
}

/* The first fault in the run without faults, of a program that only judging
 * runs. */
static void
say_doubt(struct agent_trial *tr)
{
	LOCAL_BUF line = BUF_INIT;

	if (tr->j->task->process && tr->s.base.ndoubts > 0) {
		diag_write(&tr->s.base.doubts[0], &line);
		judge_say(tr->j, "%s", buf_cstr(&line));
	}
}

static int
judge_parts(struct agent_trial *tr, struct diag *d)
{
	struct lesson_result *r = tr->j->result;
	struct diag why = DIAG_INIT;
	int err = agent_score_begin_search(tr, &why);
	unsigned flows;

	r->verdict = LESSON_BAD;
	if (err == ERR_NOMEM)
		return err;
	if (err != 0) {
		diag_write(&why, &r->why);
		return r->why.err;
	}
	say_doubt(tr);
	err = judge_flows(tr, d);
	flows = r->points;
	if (err == 0 && tr->a->nrefusals > 0)
		err = judge_refuses(tr, d);
	if (err == 0 && tr->a->kinds != 0 && flows > 0)
		err = judge_survives(tr, d);
	else if (err == 0 && tr->a->kinds != 0)
		say_untried(tr);
	r->verdict = r->points == tr->j->task->points ? LESSON_GOOD
		     : r->points > 0                  ? LESSON_PART
						      : LESSON_BAD;
	return err;
}

/* What was seen of it until then says nothing. */
static void
take_unjudged(struct agent_trial *tr)
{
	struct lesson_result *r = tr->j->result;

	r->verdict = LESSON_RECEIVED;
	r->points = 0;
	r->rule = RULE_NONE;
	buf_clear(&r->why);
	tr->in.processes->account->met += !tr->in.processes->account->computed;
	judge_say(tr->j, _("not judged: %s"), agent_score_over(tr));
}

int
lesson_judge_agent(struct judging *j, struct diag *d)
{
	struct agent_trial tr = { .j = j,
		.a = j->lesson->tasks[j->task->number - 1].agent };
	int err = find_students(&tr);

	/* None: nothing was handed in. */
	if (err == 0 && tr.program != NULL && j->task->process &&
	    j->work->processes == NULL) {
		j->result->verdict = LESSON_RECEIVED;
		judge_say(j,
		    _("%s was not run. rung check --processes runs it in a "
		      "sandbox and judges it"),
		    tr.a->program);
	} else if (err == 0 && tr.program != NULL) {
		err = take_students(&tr, d);
		if (err == 0)
			err = take_like(&tr, d);
		if (err == 0)
			err = judge_parts(&tr, d);
		if (err == 0 && agent_score_over(&tr)[0] != '\0')
			take_unjudged(&tr);
	}
	trace_destroy(tr.flows[0].trace);
	trace_destroy(tr.flows[1].trace);
	search_free(&tr.s);
	search_free(&tr.own);
	inputs_free(&tr.in);
	inputs_free(&tr.like);
	inputs_free(&tr.lab);
	mem_free(tr.program);
	return diag_fail(d, err);
}
