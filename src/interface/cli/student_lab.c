/*
 * A lab as one student has it: the number's seed and settings, exams among the
 * kept sessions, how far its runs are seen.
 */
#include "cli/student_lab.h"

#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "cli/check.h"
#include "inputs/inputs.h"
#include "lesson/prediction_hold.h"
#include "trace/page_link.h"

#include <string.h>
#include <time.h>

/* Session S keeps an exam of STUDENT (NULL: any) in LAB, *E. */
static bool
is_exam_of(const struct session_entry *s, const char *lab, const char *student,
    struct exam *e)
{
	LOCAL(answers_free) struct answers a = ANSWERS_INIT;

	return kept_lesson_find(str_of(s->state), &a, e) == 0 &&
	       e->seconds > 0 && str_is(str_of(a.lab), lab) &&
	       (student == NULL || str_is(str_of(a.student), student));
}

static bool
find_exam(const char *lab, const char *student, struct exam *e, char **session)
{
	struct session_entry *list = NULL;
	struct diag d = DIAG_INIT;
	bool found = false;
	size_t n = 0;

	if (session_list(&list, &n, &d) != 0)
		return false;
	for (size_t i = 0; i < n && !found; i++) {
		found = is_exam_of(&list[i], lab, student, e);
		if (found && session != NULL) {
			*session = mem_strdup(list[i].name);
			found = *session != NULL;
		}
	}
	session_list_free(list, n);
	return found;
}

bool
cli_find_exam(
    const char *lab, const char *student, struct exam *e, char **session)
{
	if (student == NULL || student[0] == '\0')
		return find_exam(lab, NULL, e, session);
	return find_exam(lab, student, e, session) ||
	       find_exam(lab, "", e, session);
}

static bool
exam_has_time_left(const struct exam *e)
{
	return exam_left(e, (int64_t)time(NULL)) > 0;
}

int
cli_refuse_in_exam(const char *lab, const char *student, struct diag *d)
{
	struct exam e;
	char end[32];

	if (!cli_find_exam(lab, student, &e, NULL) || !exam_has_time_left(&e))
		return 0;
	cli_put_time(end, e.begun + e.seconds);
	return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
	    _("an exam of %s lasts until %s; until then there are no verdicts "
	      "and reasons"),
	    lab, end);
}

/* S is the session called NAME. */
static bool
is_called(const struct session *s, const char *name)
{
	struct str file = str_of(session_file(s));
	ptrdiff_t slash = str_rchr(file, '/');

	file = str_slice(file, (size_t)(slash + 1), file.n);
	return str_starts(file, name) &&
	       str_is(str_slice(file, strlen(name), file.n), ".json");
}

bool
cli_is_practice(const struct session *s, const char *lab, const char *student)
{
	LOCAL_MEM char *name = NULL;
	struct exam e;

	return cli_find_exam(lab, student, &e, &name) && !is_called(s, name);
}

/* The name of the session with the exam with which a player of LAB for STUDENT
 * goes on, where it goes on or is ASKED for; NULL.  A player without a number
 * may own the exam that goes on. */
static char *
find_playable(const char *lab, const char *student, bool asked)
{
	char *name = NULL;
	struct exam e;

	if (find_exam(lab, student, &e, &name) &&
	    (asked || exam_has_time_left(&e)))
		return name;
	mem_free(name);
	name = NULL;
	if (student[0] == '\0' && find_exam(lab, NULL, &e, &name) &&
	    exam_has_time_left(&e))
		return name;
	mem_free(name);
	return NULL;
}

int
cli_resume_exam(struct session **exam, const struct session *s, const char *lab,
    const char *student, bool asked, struct diag *d)
{
	LOCAL_MEM char *name = find_playable(lab, student, asked);
	int err = 0;

	*exam = NULL;
	if (name != NULL && !is_called(s, name))
		err = session_resume(exam, name, d);
	return err;
}

/* --student: the seed and the settings that a student's number stands for. */

/* Whom the folder FILE, a copy of a lab, is of: *STUDENT, which is W's. */
static int
find_owner(
    const char *file, struct work *w, const char **student, struct diag *d)
{
	int err = folder_has(file, ANSWERS_FILE)
		      ? work_read_folder(w, file, NULL, true, d)
		      : 0;

	if (err == 0)
		*student = w->answers.student;
	return err;
}

int
cli_make_variant(
    const struct cli *c, const char *file, struct variant *v, struct diag *d)
{
	const char *student = c->student;
	LOCAL(work_free) struct work w = WORK_INIT;
	struct lesson *l = NULL;
	LOCAL(inputs_free) struct inputs in = { .lab = NULL };
	int err = 0;

	*v = VARIANT_INIT;
	if (student != NULL && c->has_seed)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--student sets the seed; leave out --seed"));
	/* A link may be that of a lab, whose folder it has then. */
	if (student != NULL && page_link_is(str_of(file)))
		err = inputs_read(&in, file, d);
	if (err == 0 && student != NULL)
		err = cli_find_work(
		    &w, in.folder != NULL ? in.folder : file, NULL, d);
	else if (err == 0 && !c->has_seed)
		err = find_owner(file, &w, &student, d);
	if (err == 0 && student != NULL && student[0] != '\0')
		err = lesson_load(&l, w.lab, student, d);
	if (err == 0 && l != NULL)
		err = variant_make(v, l, d);
	lesson_destroy(l);
	return err;
}

/* ---- how far the runs of a copy are seen ---- */

/* A copy whose tasks may hold a run. */
struct copy {
	struct work work;
	struct lesson *lesson; /* as its student has it */
	struct session *own;   /* the lab's own run, where it had to be made */
	uint64_t from[LESSON_TASKS_MAX];
};

static void
free_copy(struct copy *copy)
{
	session_destroy(copy->own);
	lesson_destroy(copy->lesson);
	work_free(&copy->work);
}

/* Another's number makes another lab of it. */
static bool
is_of_another(const struct cli *c, const struct work *w)
{
	return w->answers.student == NULL || w->answers.student[0] == '\0' ||
	       (c->student != NULL &&
		   strcmp(c->student, w->answers.student) != 0);
}

/* Reads COPY from FILE; its lesson is NULL where no task may hold a run. */
static int
read_copy(
    const struct cli *c, const char *file, struct copy *copy, struct diag *d)
{
	struct work *w = &copy->work;
	struct diag none = DIAG_INIT;
	int err;

	*copy = (struct copy){ .work = WORK_INIT };
	if (!folder_has(file, ANSWERS_FILE))
		return 0;
	err = work_read_folder(w, file, NULL, true, d);
	if (err != 0 || is_of_another(c, w))
		return err;
	err = cli_add_kept(w, file);
	if (err == 0 &&
	    lesson_load(&copy->lesson, w->lab, w->answers.student, &none) != 0)
		/* Without tasks nothing is asked. */
		err = none.err == ERR_NOMEM ? none.err : 0;
	if (copy->lesson != NULL &&
	    !prediction_hold_is_any_open(copy->lesson, &w->answers)) {
		lesson_destroy(copy->lesson);
		copy->lesson = NULL;
	}
	return diag_fail(d, err);
}

bool
cli_may_hold(const struct cli *c, const char *file)
{
	LOCAL(free_copy) struct copy copy;
	struct diag none = DIAG_INIT;

	return read_copy(c, file, &copy, &none) == 0 && copy.lesson != NULL;
}

/* Records of a run that C asks for have the numbers of the lab's own. */
static bool
is_whole(const struct cli *c)
{
	return !c->has_detail && c->until_ns == 0 && c->nacts == 0 &&
	       c->arrivals == NULL && !cli_given(c, "limit");
}

/* *RUN becomes the lab's own run, which T, if it is OWN, may be. */
static int
find_own_run(const struct cli *c, const char *file, struct copy *copy,
    const struct trace *t, bool own, const struct trace **run, struct diag *d)
{
	bool done = false;
	int err = 0;

	*run = t;
	if (own && is_whole(c))
		return 0;
	err = cli_open_lab(&copy->own, file, copy->lesson, d);
	while (err == 0 && !done)
		err = session_advance(copy->own, 0, &done, d);
	if (err == 0)
		*run = session_trace(copy->own, 0);
	return err;
}

/* The record of T, of another detail, from which on it shows what RUN shows
 * from its BEFORE on: one of that moment has no number there. */
static uint64_t
place_in(const struct trace *t, const struct trace *run, uint64_t before)
{
	uint64_t seq = 1, n = trace_count(t);

	while (before > 1 && seq <= n &&
	       trace_time_of(t, seq) < trace_time_of(run, before))
		seq++;
	return seq;
}

/* Where COPY's tasks hold T, RUN being the lab's own: 0 is nowhere. */
static uint64_t
find_hold(struct cli *c, const struct copy *copy, const struct trace *run,
    const struct trace *t, bool own)
{
	const struct prediction_hold h = prediction_hold_of(
	    copy->lesson, &copy->work.answers, copy->from, trace_count(run));
	uint64_t before = 0;

	if (own && h.own != 0)
		before = c->has_detail ? place_in(t, run, h.before) : h.before;
	else if (!own && h.others != 0)
		before = 1;
	if (before == 0 || before > trace_count(t))
		return 0;
	c->held = own ? h.own : h.others;
	return before;
}

static int
cut_before(struct trace **t, uint64_t before, struct diag *d)
{
	struct trace *cut;
	int err = trace_cut(&cut, *t, before, d);

	if (err == 0) {
		trace_destroy(*t);
		*t = cut;
	}
	return err;
}

static int
hold_or_look(struct cli *c, const char *file, struct copy *copy,
    struct trace **t, struct diag *d)
{
	const struct trace *run = NULL;
	struct answers *a = &copy->work.answers;
	struct diag why = DIAG_INIT;
	uint64_t before;
	bool own;
	int err = variant_is_own(copy->lesson, *t, &own, d);

	if (err == 0)
		err = find_own_run(c, file, copy, *t, own, &run, d);
	if (err == 0)
		err = prediction_hold_find(copy->lesson, run, copy->from, &why);
	if (err != 0)
		return diag_fail(d, err);
	if (why.err != 0) {
		cli_remark(
		    c, _("%s: its tasks can't ask first: %s"), file, why.text);
		return 0;
	}
	if (c->look)
		return prediction_hold_look(
			   copy->lesson, a, copy->from, trace_count(run), own)
			   ? cli_keep_help(&copy->work, file, c->student, d)
			   : 0;
	before = find_hold(c, copy, run, *t, own);
	c->held_in = file;
	return before > 0 ? cut_before(t, before, d) : 0;
}

int
cli_hold(struct cli *c, const char *file, struct trace **t, struct diag *d)
{
	LOCAL(free_copy) struct copy copy;
	int err = read_copy(c, file, &copy, d);

	return err == 0 && copy.lesson != NULL
		   ? hold_or_look(c, file, &copy, t, d)
		   : err;
}
