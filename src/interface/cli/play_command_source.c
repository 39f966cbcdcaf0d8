/* Between the screen and the engine, which runs a session: each function only
 * hands on.  Saving is the session's. */
#include "cli/play_command_source.h"

#include "base/err.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/check.h"
#include "grade/variant.h"
#include "inputs/inputs.h"
#include "jobs/program.h"
#include "session/settings.h"
#include "views/lesson/kept.h"

#include <string.h>
#include <time.h>

static struct engine_branch
branch_of(size_t branch, void *arg)
{
	struct engine_branch b = { .name = NULL };

	engine_branch(arg, branch, &b);
	return b;
}

static size_t
count_branches(void *arg)
{
	struct engine_branch b;
	size_t n = 0;

	while (engine_branch(arg, n, &b))
		n++;
	return n;
}

static const struct trace *
branch_trace(size_t branch, void *arg)
{
	return branch_of(branch, arg).trace;
}

static int
hold_branches(uint64_t before, struct diag *d, void *arg)
{
	return engine_hold(arg, before, d);
}

static const struct trace *
whole_trace(size_t branch, void *keeper)
{
	return session_trace(keeper, branch);
}

static const char *
branch_name(size_t branch, void *arg)
{
	return branch_of(branch, arg).name;
}

static int
rename_branch(size_t branch, const char *text, struct diag *d, void *arg)
{
	return engine_rename(arg, branch, text, d);
}

static int
remove_branch(size_t branch, struct diag *d, void *arg)
{
	return engine_rename(arg, branch, NULL, d);
}

static bool
branch_parent(size_t branch, size_t *of, uint64_t *after, void *arg)
{
	struct engine_branch b = branch_of(branch, arg);

	*of = b.parent;
	*after = b.after;
	return b.has_parent;
}

static int
branch_advance(size_t branch, bool *done, struct diag *d, void *arg)
{
	struct engine_progress p;
	int err = engine_advance(arg, branch, 1, &p, d);

	*done = p.done;
	return err;
}

static int
begin_act(size_t from, uint64_t after, const struct act *what, struct diag *d,
    void *arg)
{
	return engine_act(arg, from, after, what, d);
}

static int
act_step(
    bool *done, size_t *branch, unsigned *percent, struct diag *d, void *arg)
{
	struct engine_progress p;
	int err = engine_advance(arg, ENGINE_ACT, 1, &p, d);

	*done = p.done;
	*branch = p.branch;
	*percent = p.percent;
	return err;
}

static void
act_cancel(void *arg)
{
	engine_act(arg, 0, 0, NULL, NULL);
}

static size_t
verbs(size_t branch, uint64_t after, const char *on, struct act_verb *list,
    size_t max, void *arg)
{
	struct diag none = DIAG_INIT;

	return engine_verbs(arg, branch, after, on, list, max, &none);
}

static int
check_arg(size_t branch, const char *on, const char *verb, const char *key,
    const char *value, struct diag *d, void *arg)
{
	const struct act_arg pair = { key, value };

	return engine_check(arg, branch, on, verb, &pair, d);
}

/* ---- of the session ---- */

static const struct diag *
branch_remark(size_t branch, size_t i, void *keeper)
{
	return session_remark(keeper, branch, i);
}

static int
save_state(struct str state, struct diag *d, void *keeper)
{
	return session_save(keeper, state, d);
}

static struct str
kept_state(void *keeper)
{
	return session_state(keeper);
}

int
play_source_open(struct play_source *src, struct engine **e, struct session *s,
    struct diag *d)
{
	const struct engine_inputs in = { .session = s };
	bool acts = session_can_act(s);
	int err = engine_open(e, &in, d);

	*src = (struct play_source){
		.arg = *e,
		.keeper = s,
		.title = session_title(s),
		.branches = count_branches,
		.trace = branch_trace,
		.hold = hold_branches,
		.whole = whole_trace,
		.name = branch_name,
		.rename = rename_branch,
		.remove = remove_branch,
		.parent = branch_parent,
		.advance = branch_advance,
		.remark = branch_remark,
		.act = acts ? begin_act : NULL,
		.act_step = act_step,
		.act_cancel = act_cancel,
		.verbs = acts ? verbs : NULL,
		.check_arg = acts ? check_arg : NULL,
		.save = session_can_keep(s) ? save_state : NULL,
		.state = kept_state,
	};
	return err;
}

/*
 * The tasks of a lab that is played.  They are judged by the run of the lab
 * itself, which a session of its own makes in the background: the shown run may
 * be changed by settings and acts from the beginning.
 */
struct cli_lab {
	struct play_lab shown;
	struct work work; /* which lab it is, and where */
	char *student, *script;
	struct buf typed; /* how commands of the handout name the lab */
	struct lesson *lesson;
	char language[16]; /* that it was loaded in */
	struct session *run;
	bool done, failed;    /* of the run */
	struct settings kept; /* once a number was asked for: it is there */
	struct named_runs named;
};

static struct lesson *
lesson_now(struct diag *d, void *arg)
{
	struct cli_lab *lab = arg;
	struct lesson *l;

	if (lab->lesson != NULL && strcmp(lab->language, i18n_language()) == 0)
		return lab->lesson;
	/* The one that there is stays where the other can't be had. */
	if (lesson_load(&l, lab->work.lab, lab->student, d) != 0)
		return lab->lesson;
	/* Else they are the lab's own. */
	lesson_name_commands(l, work_copy_of(&lab->work, lab->student));
	lesson_destroy(lab->lesson);
	lab->lesson = l;
	strncpy(lab->language, i18n_language(), sizeof(lab->language) - 1);
	return l;
}

static int
begin_run(struct cli_lab *lab, struct diag *d)
{
	struct lesson *l = lesson_now(d, lab);

	return l != NULL ? cli_open_lab(&lab->run, lab->work.lab, l, d)
			 : d->err;
}

static const struct trace *
run_on(bool *more, void *arg)
{
	struct cli_lab *lab = arg;
	struct diag d = DIAG_INIT;

	if (lab->run == NULL && !lab->failed)
		lab->failed = begin_run(lab, &d) != 0;
	if (lab->run != NULL && !lab->done)
		session_advance(lab->run, 0, &lab->done, &d);
	*more = lab->run != NULL && !lab->done;
	return lab->done ? session_trace(lab->run, 0) : NULL;
}

static const struct trace *
run_named(struct str command, struct diag *d, void *arg)
{
	struct cli_lab *lab = arg;

	return named_runs_find(command, d, &lab->named);
}

static bool
make_named(struct str command, uint64_t *records, void *arg)
{
	struct named_runs *r = &((struct cli_lab *)arg)->named;
	bool more = named_run_goes_on(r, command);

	*records = more && r->now.trace != NULL ? trace_count(r->now.trace) : 0;
	return more;
}

static void
leave_named(void *arg)
{
	named_run_leave(&((struct cli_lab *)arg)->named);
}

static int64_t
clock_now(void *arg)
{
	(void)arg;
	return (int64_t)time(NULL);
}

static int
keep_student(struct str number, struct diag *d, void *arg)
{
	struct cli_lab *lab = arg;

	if (number.n >= sizeof(lab->kept.student))
		return diag_fail(d, ERR_RANGE);
	settings_read(&lab->kept);
	lab->kept.asked = true;
	if (number.n > 0)
		memcpy(lab->kept.student, number.p, number.n);
	lab->kept.student[number.n] = '\0';
	settings_write(&lab->kept);
	return 0;
}

void
cli_lab_ask(struct cli_lab *lab)
{
	if (lab != NULL)
		lab->shown.keep_student = keep_student;
}

const char *
cli_lab_student(const struct cli_lab *lab)
{
	return lab != NULL && lab->kept.student[0] != '\0' ? lab->kept.student
							   : NULL;
}

const struct play_lab *
cli_lab_source(const struct cli_lab *lab)
{
	return lab != NULL ? &lab->shown : NULL;
}

void
cli_lab_close(struct cli_lab *lab)
{
	if (lab == NULL)
		return;
	session_destroy(lab->run);
	named_runs_free(&lab->named);
	lesson_destroy(lab->lesson);
	work_free(&lab->work);
	mem_free(lab->student);
	mem_free(lab->script);
	buf_free(&lab->typed);
	mem_free(lab);
}

/* For whom it is: STUDENT, else whom the session was kept for, else whose copy
 * of the lab it is. */
static int
set_student(struct cli_lab *lab, const struct session *s, const char *student)
{
	LOCAL(answers_free) struct answers a = ANSWERS_INIT;
	struct exam e;
	int err = kept_lesson_find(session_state(s), &a, &e);

	if (student == NULL && a.student != NULL)
		student = a.student;
	if (student == NULL)
		student = lab->work.answers.student;
	if (err == 0) {
		lab->student = mem_strdup(student != NULL ? student : "");
		err = lab->student != NULL ? 0 : ERR_NOMEM;
	}
	return err;
}

/* The script of S, which its student sees before the run. */
static int
take_script(struct cli_lab *lab, const struct session *s, struct diag *d)
{
	LOCAL(inputs_free) struct inputs in = { .lab = NULL };
	int err = inputs_from_head(&in, session_trace(s, 0), "", d);

	if (err == 0)
		lab->script = mem_strdup(in.script != NULL ? in.script : "");
	if (err == 0 && lab->script == NULL)
		err = ERR_NOMEM;
	lab->shown.script = lab->script;
	return err;
}

/* A student's copy of the lab asks first, and shows no more until then. */
static int
hold_copy(struct cli_lab *lab, const struct session *s, struct diag *d)
{
	const char *owner = lab->work.answers.student;

	lab->shown.holds = lab->lesson != NULL && owner != NULL &&
			   owner[0] != '\0' &&
			   strcmp(owner, lab->student) == 0 &&
			   folder_has(session_opened(s), ANSWERS_FILE);
	lab->shown.written = &lab->work.answers;
	if (!lab->shown.holds)
		return 0;
	return take_script(lab, s, d) != 0
		   ? d->err
		   : variant_is_own(
			 lab->lesson, session_trace(s, 0), &lab->shown.own, d);
}

int
cli_lab_open(struct cli_lab **out, const struct session *s, const char *student,
    int64_t exam_ns, struct diag *d)
{
	struct cli_lab *lab = mem_zalloc(1, sizeof(*lab));
	struct diag why = DIAG_INIT;
	int err = lab != NULL ? 0 : ERR_NOMEM;

	*out = NULL;
	/* A script, a topology or a trace by itself has none. */
	if (err == 0 && cli_is_file(session_opened(s)))
		err = ERR_NOTFOUND;
	if (err == 0)
		err = cli_find_work(&lab->work, session_opened(s), NULL, &why);
	if (err == 0)
		err = set_student(lab, s, student);
	if (err == 0) {
		const char *copy = work_copy_of(&lab->work, lab->student);

		shell_put_word(
		    &lab->typed, copy != NULL ? copy : lab->work.name);
		lab->shown = (struct play_lab){ .arg = lab,
			.name = lab->work.name,
			.typed = buf_cstr(&lab->typed),
			.student = lab->student,
			.exam_seconds = exam_ns / 1000000000,
			.lesson = lesson_now,
			.run = run_on,
			.named = run_named,
			.named_more = make_named,
			.named_leave = leave_named,
			.clock = clock_now };
		lesson_now(&why, lab);
		err = why.err;
		if (err == 0)
			err = hold_copy(lab, s, &why);
	}
	/* Its questions count elsewhere. */
	if (err == ERR_UNSUPPORTED && lab->student == NULL)
		diag_set(d, err, NULL, 0, "%s", why.text);
	/* A check.lua with a mistake is told of where the tasks would be. */
	if (err == 0 ||
	    (err != ERR_NOMEM && err != ERR_NOTFOUND && lab->student != NULL)) {
		*out = lab;
		return 0;
	}
	cli_lab_close(lab);
	return err == ERR_NOMEM ? diag_fail(d, err) : d->err;
}
