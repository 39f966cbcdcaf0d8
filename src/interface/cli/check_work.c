/*
 * Where students' work is that rung check judges: in files, in a session of the
 * screen, in a folder of submissions.
 */
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "cli/check.h"
#include "cli/student_lab.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "grade/class.h"
#include "grade/handin.h"
#include "grade/mark.h"
#include "inputs/share.h"
#include "live/process.h"
#include "session/own_labs.h"
#include "session/session.h"
#include "trace/page_link.h"
#include "views/lesson/kept.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int cli_take_session(
    struct work *w, const char *opened, const char *student, struct diag *d);

/* ---- where a student's work is ---- */

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool
cli_is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

/* A folder below this one is named from here. */
static const char *
name_from_here(const char *path)
{
	char *here = getcwd(NULL, 0);
	size_t n = here != NULL ? strlen(here) : 0;
	bool below = n > 1 && strncmp(path, here, n) == 0 && path[n] == '/' &&
		     path[n + 1] != '\0';

	free(here);
	return below ? path + n + 1 : path;
}

/* PATH, W's folder, is a copy where the lab is elsewhere. */
static int
keep_copy(struct work *w, const char *path)
{
	if (folder_same(path, w->lab) || !folder_has(path, ANSWERS_FILE))
		return 0;
	w->copy = mem_strdup(name_from_here(path));
	return w->copy != NULL ? 0 : ERR_NOMEM;
}

int
cli_find_work(struct work *w, const char *path, const char *lab, struct diag *d)
{
	LOCAL_BUF name = BUF_INIT, found = BUF_INIT;
	int err;

	*w = WORK_INIT;
	/* What the user names is a lab by his word from then on. */
	if (lab != NULL && folder_has(lab, "check.lua"))
		own_labs_add(lab);
	if (is_folder(path)) {
		err = work_read_folder(w, path, lab, true, d);
		return err == 0 ? keep_copy(w, path) : err;
	}
	if (page_link_is(str_of(path)))
		return handin_read_link(w, str_of(path), lab, d);
	if (access(path, F_OK) == 0)
		return handin_read(w, path, lab, d);
	buf_printf(&name, "labs/%s", path);
	err = name.err != 0 ? ERR_NOMEM : share_find(buf_cstr(&name), &found);
	if (err == ERR_NOTFOUND) {
		diag_set(d, err, NULL, 0,
		    _("%s is neither a folder nor a hand-in nor a lab"), path);
		share_meant(d, err, path);
	}
	if (err == 0)
		err = work_read_folder(w, buf_cstr(&found), path, true, d);
	return err;
}

/* A folder is judged by the tasks of the lab that its answers name, or of a lab
 * of its own. */
static int
check_has_lab(const struct work *w, const char *path, struct diag *d)
{
	if (str_of(w->answers.lab).n > 0 || folder_has(path, "check.lua"))
		return 0;
	return diag_set(d, ERR_NOTFOUND, path, 0,
	    _("no %s in it names the lab of the answers (lab: NAME); rung copy "
	      "LAB FOLDER makes a folder to answer in"),
	    ANSWERS_FILE);
}

int
cli_find_done(struct work *w, const char *path, const char *lab,
    const char *student, struct diag *d)
{
	int err = cli_find_work(w, path, lab, d);
	bool folder = is_folder(path);

	if (err == 0 && folder && lab == NULL)
		err = check_has_lab(w, path, d);
	if (err == 0 && folder)
		err = cli_take_session(w, path, student, d);
	else if (err == 0 && !page_link_is(str_of(path)) &&
		 access(path, F_OK) != 0)
		err = cli_take_session(w, w->lab, student, d);
	return err;
}

int
cli_check_student(
    const struct cli *c, const struct work *w, const char *path, struct diag *d)
{
	const char *said = w->answers.student;

	if (c->student == NULL || said == NULL || said[0] == '\0' ||
	    strcmp(said, c->student) == 0 || !folder_has(path, ANSWERS_FILE))
		return 0;
	return diag_set(d, ERR_SYNTAX, path, 0,
	    _("its %s has student: %s, so --student=%s has no effect; rung "
	      "copy %s FOLDER --student=%s makes a copy for that student"),
	    ANSWERS_FILE, said, c->student, w->name, c->student);
}

void
cli_put_time(char out[32], int64_t seconds)
{
	time_t t = (time_t)seconds;
	struct tm tm;

	if (seconds <= 0 || gmtime_r(&t, &tm) == NULL ||
	    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		out[0] = '\0';
}

void
cli_put_date(char out[32])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	uint64_t s;

	if (epoch == NULL || str_u64(str_of(epoch), &s) != 0 || s > INT64_MAX)
		s = (uint64_t)time(NULL);
	cli_put_time(out, (int64_t)s);
}

/* ---- rung check --class: a folder of submissions, and the report ---- */

#define FORM_JSON 3

/* The forms of a report, by the end of its file's name. */
static const struct {
	const char *ending;
	int (*put)(const struct class *c, struct buf *out);
} forms[] = {
	{ ".html", class_put_html },
	{ ".moodle.csv", class_put_moodle },
	{ ".csv", class_put_csv },
	[FORM_JSON] = { ".json", class_put_json },
	{ ".txt", class_put_text },
};

static int
show_progress(size_t done, size_t all, void *arg)
{
	struct progress_step step = {
		.what = N_("judging"), .done = done, .of = all
	};
	LOCAL_BUF note = BUF_INIT;

	(void)arg;
	buf_printf(&note, _("%zu of %zu submissions"), done, all);
	step.note = buf_cstr(&note);
	cli_progress_take(&step);
	return interrupt_came();
}

static int
write_class(struct cli *c, const struct class *class, struct diag *d)
{
	LOCAL_BUF out = BUF_INIT;
	size_t form = 0;
	int err;

	while (c->output != NULL && form < COUNT_OF(forms) &&
	       !str_ends(str_of(c->output), forms[form].ending))
		form++;
	if (c->json)
		form = FORM_JSON;
	if (form == COUNT_OF(forms))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("%s: a report must end in .html, .csv, .moodle.csv, "
		      ".json or .txt"),
		    c->output);
	err = c->output != NULL || c->json ? forms[form].put(class, &out)
					   : class_put_text(class, &out);
	if (err == 0)
		err = c->output != NULL ? cli_write(c, &out, c->output, d)
					: cli_print_lines(c, &out, d);
	return err;
}

int
cli_write_marks(struct cli *c, const struct work *w, const struct mark *m,
    const char *file, struct diag *d)
{
	LOCAL(class_free) struct class class = CLASS_INIT;
	LOCAL_BUF line = BUF_INIT;
	int err = mark_put_json(m, w, file, &line);

	if (err == 0)
		err = class_take_line(&class, str_trim(buf_view(&line)));
	if (err == 0)
		err = class_settle(
		    &class, c->deadline[0] != '\0' ? c->deadline : NULL);
	if (err == 0)
		err = write_class(c, &class, d);
	return err;
}

/* Without their keys answers would be worth nothing: they are taken, and no
 * reason is said. */
static int
check_has_keys(const struct class *class, struct diag *d)
{
	for (size_t i = 0; i < class->n; i++) {
		const struct class_entry *e = &class->entries[i];

		for (size_t t = 0; t < e->ntasks; t++)
			if (e->tasks[t].verdict == LESSON_RECEIVED &&
			    e->tasks[t].why[0] == '\0')
				return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
				    _("%s: this folder contains the questions "
				      "of a set without the answer keys; judge "
				      "the work with --set=FOLDER, the set's "
				      "folder for the teacher"),
				    e->lab);
	}
	return 0;
}

/* A signal came.  A second one ends it at once. */
static int
end_early(const struct cli *c, struct class *class, bool written)
{
	int sig = interrupt_came();
	size_t left = class->unjudged;

	class_free(class);
	if (c->output != NULL && written && left > 0)
		cli_remark(c,
		    _("interrupted; %s has what was judged; not judged: %zu"),
		    c->output, left);
	else if (c->output != NULL && written)
		cli_remark(c, _("interrupted; %s is complete"), c->output);
	else if (c->output != NULL)
		cli_remark(
		    c, _("interrupted; nothing was written to %s"), c->output);
	else
		cli_remark(c, "%s", _("interrupted"));
	cli_progress_end();
	interrupt_leave();
	raise(sig);
	return 128 + sig;
}

void
cli_take_programs(const struct cli *c, const char *work, struct cli_programs *p)
{
	const char *const all[] = { work, c->lab, c->roster, c->output };
	size_t n = 0;

	*p = (struct cli_programs){ .account = { .most_ms = PROCESS_WAIT_MS } };
	if (c->program_ns > 0)
		p->account.most_ms = c->program_ns / 1000000;
	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (all[i] != NULL)
			p->hidden[n++] = all[i];
	p->run = process_apart(!c->trusted, &p->account);
	p->run.hidden = p->hidden;
}

/* The folder of a set, or one of the two in it. */
static bool
is_graded_set(const char *folder)
{
	return folder_has(folder, SHARE_SET_FILE) ||
	       folder_has(folder, "students/" SHARE_SET_FILE) ||
	       (str_is(folder_name(folder), "teacher") &&
		   folder_has(folder, "../students/" SHARE_SET_FILE));
}

int
cli_check_class(struct cli *c, int argc, struct diag *d)
{
	struct cli_programs programs = { .hidden = { NULL } };
	struct class_options o = { .lab = c->lab,
		.deadline = c->deadline[0] != '\0' ? c->deadline : NULL,
		.roster = c->roster,
		.output = c->output,
		.look = show_progress,
		.processes = c->processes ? &programs.run : NULL };
	struct class class = CLASS_INIT;
	bool written = false, judged = true;
	int err = 0;

	cli_take_programs(c, c->class, &programs);
	if (c->processes && !c->trusted)
		err = process_try_box(d);
	if (err == 0 && argc != 0)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("check takes --class=FOLDER or one WORK, not both"));
	if (err == 0 && folder_has(c->class, ANSWERS_FILE))
		err = diag_set(d, ERR_UNSUPPORTED, c->class, 0,
		    _("is the work of one student; use rung check %s"),
		    c->class);
	if (err == 0 && is_graded_set(c->class))
		err = diag_set(d, ERR_UNSUPPORTED, c->class, 0,
		    _("is a graded set made by rung new exam; --class takes "
		      "the folder with the students' work, --set the set's "
		      "folder teacher"));
	interrupt_catch();
	if (err == 0 && c->output != NULL)
		cli_progress_leaves(c, c->output, false);
	if (err == 0)
		err = class_judge(&class, c->class, &o, d);
	if (err == 0)
		err = check_has_keys(&class, d);
	if (err == 0 && (class.n > class.unjudged || interrupt_came() == 0)) {
		err = write_class(c, &class, d);
		written = err == 0;
	}
	if (interrupt_came() != 0)
		return end_early(c, &class, written);
	interrupt_leave();
	diag_fail(d, err);
	for (size_t i = 0; i < class.n; i++)
		judged &= class.entries[i].failed[0] == '\0';
	class_free(&class);
	return err == 0 && judged ? CLI_OK : CLI_USAGE;
}

/* ---- work that was done on the screen: the newest session of a lab ---- */

#define FIGURE_SIZE_MAX (4u << 20)

bool
cli_is_session_of(const struct session_entry *e, const char *lab)
{
	LOCAL_BUF named = BUF_INIT;
	/* What was opened by its name is kept by it; a lab of one's own may be
	 * called so as well. */

	return strchr(e->file, '/') == NULL &&
		       share_find_input(e->file, &named) == 0
		   ? folder_same(lab, buf_cstr(&named))
		   : folder_same(lab, e->file);
}

/* The first in LIST that is of the lab at PATH, the newest; N: none. */
static size_t
find_entry(const struct session_entry *list, size_t n, const char *path)
{
	size_t i = 0;

	while (i < n && !cli_is_session_of(&list[i], path))
		i++;
	return i;
}

/* Its student, in a copy of the caller's. */
static char *
copy_student(const struct session_entry *s)
{
	LOCAL(answers_free) struct answers a = ANSWERS_INIT;
	struct exam e;
	char *student = NULL;

	if (kept_lesson_find(str_of(s->state), &a, &e) == 0)
		student = mem_strdup(a.student != NULL ? a.student : "");
	return student;
}

/* The file of the newest session of the lab at PATH, and its student; both are
 * the caller's, NULL where there is none. */
static char *
checked_work_find_newest(const char *path, char **student)
{
	struct session_entry *list = NULL;
	struct diag d = DIAG_INIT;
	char *found = NULL;
	size_t n = 0, i;

	if (session_list(&list, &n, &d) != 0)
		return NULL;
	i = find_entry(list, n, path);
	if (i < n) {
		found = mem_strdup(list[i].name);
		*student = copy_student(&list[i]);
	}
	session_list_free(list, n);
	return found;
}

static bool
checked_work_is_said(const char *word)
{
	return word != NULL && word[0] != '\0';
}

/* That of STUDENT's exam, where there is one: whatever was done since is
 * practice.  Else the newest. */
static char *
find_session(const struct work *w, const char *path, const char *student)
{
	char *of = NULL, *newest = checked_work_find_newest(path, &of),
	     *exam = NULL;
	struct exam e;

	if (!checked_work_is_said(student))
		student = checked_work_is_said(w->answers.student)
			      ? w->answers.student
			      : of;
	if (cli_find_exam(w->name, student, &e, &exam)) {
		mem_free(newest);
		newest = exam;
	}
	mem_free(of);
	return newest;
}

/* A branch's run as what it is made of. */
static int
add_branch(struct work *w, const struct session *s, size_t i)
{
	int err = work_add_inputs(
	    w, mem_strdup(session_name(s, i)), session_trace(s, i));

	return err == ERR_NOMEM ? err : 0;
}

static void
take_exam(struct work *w, const struct exam *e)
{
	int64_t now = (int64_t)time(NULL), limit = e->begun + e->seconds;
	/* It ends by its limit, also without a program that watches. */
	int64_t ended = e->ended != 0 ? e->ended : now < limit ? now : limit;

	if (e->seconds == 0)
		return;
	/* What answers.txt says may have been written at any time. */
	for (size_t i = 0; i < LESSON_TASKS_MAX; i++) {
		if (w->answers.tasks[i].text.n > 0)
			w->uncounted |= UINT32_C(1) << i;
		buf_clear(&w->answers.tasks[i].text);
	}
	w->exam_ns = e->seconds * 1000000000;
	w->exam_took_ns = (ended - e->begun) * 1000000000;
	cli_put_time(w->exam_begun, e->begun);
	cli_put_time(w->exam_ended, ended);
}

/* The figure that an answer names, where there is no other. */
static int
take_figure(struct work *w)
{
	int err = 0;

	for (size_t i = 0; i < LESSON_TASKS_MAX && w->figure.n == 0; i++) {
		struct buf *name = &w->answers.tasks[i].text;

		if (!str_ends(buf_view(name), ".svg"))
			continue;
		err =
		    buf_read_file(&w->figure, buf_cstr(name), FIGURE_SIZE_MAX);
		if (err == ERR_NOMEM)
			return err;
		if (err != 0)
			buf_clear(&w->figure);
	}
	return 0;
}

static int
checked_work_add_word(char **to, const char *from)
{
	if (checked_work_is_said(*to) || !checked_work_is_said(from))
		return 0;
	mem_free(*to);
	*to = mem_strdup(from);
	return *to != NULL ? 0 : ERR_NOMEM;
}

/* What A has and W has not: what was written into answers.txt stays. */
static int
add_answers(struct work *w, const struct answers *a)
{
	int err = checked_work_add_word(&w->answers.lab, a->lab);

	if (err == 0)
		err = checked_work_add_word(&w->answers.student, a->student);
	for (unsigned i = 0; err == 0 && i < LESSON_TASKS_MAX; i++) {
		struct answer *t = &w->answers.tasks[i];

		if (t->text.n == 0)
			err = answers_set(
			    &w->answers, i + 1, buf_view(&a->tasks[i].text));
		if (err == 0)
			err = answer_take_help(t, &a->tasks[i]);
	}
	if (err == 0 && w->answers.predictions.n == 0) {
		buf_str(&w->answers.predictions, buf_view(&a->predictions));
		err = w->answers.predictions.err;
	}
	return err;
}

/* Both are of the same student: an answer is of the lab as one student has it.
 * Work without answers may be any student's. */
static bool
is_of_student(const struct work *w, const struct answers *a)
{
	const char *x = w->answers.student, *y = a->student;

	if (!checked_work_is_said(x))
		return !checked_work_is_said(y) ||
		       answers_count(&w->answers) == 0;
	return strcmp(x, y != NULL ? y : "") == 0;
}

static int
checked_work_take_session(struct work *w, struct session *s, struct diag *d)
{
	struct answers a = ANSWERS_INIT;
	struct exam e = { .seconds = 0 };
	bool done = false;
	int err = kept_lesson_find(session_state(s), &a, &e);

	if (err == 0 && !is_of_student(w, &a)) {
		answers_free(&a);
		return 0;
	}
	take_exam(w, &e);
	if (err == 0)
		err = add_answers(w, &a);
	answers_free(&a);
	if (err == 0)
		err = take_figure(w);
	/* One that was never played has no runs of a student. */
	for (size_t i = 0; err == 0 && kept_was_shown(session_state(s)) &&
			   i < session_branches(s);
	     i++) {
		for (done = false; err == 0 && !done;)
			err = session_advance(s, i, &done, d);
		if (err == 0)
			err = add_branch(w, s, i);
	}
	return err;
}

int
cli_add_kept(struct work *w, const char *opened)
{
	struct session_entry *list = NULL;
	struct diag d = DIAG_INIT;
	size_t n = 0, i = 0;
	int err = session_list(&list, &n, &d);

	i = find_entry(list, n, opened);
	if (err == 0 && i < n) {
		LOCAL(answers_free) struct answers a = ANSWERS_INIT;
		struct exam e;

		err = kept_lesson_find(str_of(list[i].state), &a, &e);
		if (err == 0 && is_of_student(w, &a))
			err = add_answers(w, &a);
	}
	session_list_free(list, n);
	/* What was kept and can't be read says nothing. */
	return err == ERR_NOMEM ? err : 0;
}

/* Adds to W the answers and runs of STUDENT's exam in OPENED, a lab's folder,
 * else of the newest session of that lab; none where there is neither.  STUDENT
 * NULL: the student that W names. */
static int
cli_take_session(
    struct work *w, const char *opened, const char *student, struct diag *d)
{
	struct session *s = NULL;
	LOCAL_MEM char *name = find_session(w, opened, student);
	int err;

	if (name == NULL)
		return 0;
	err = session_resume(&s, name, d);
	if (err == 0)
		err = checked_work_take_session(w, s, d);
	session_destroy(s);
	return err;
}

/* ---- what check has told ---- */

int
cli_open_lab(struct session **s, const char *file, const struct lesson *l,
    struct diag *d)
{
	struct session_options o = { .max_records = 0 };
	LOCAL(variant_free) struct variant v = VARIANT_INIT;
	int err = variant_make(&v, l, d);

	if (err == 0) {
		o.run.has_seed = v.has_seed;
		o.run.seed = v.seed;
		o.run.settings = v.settings;
		o.run.nsettings = v.nsettings;
		err = session_open(s, file, &o, d);
	}
	return err;
}

/* The lab at OPENED as W's student has it, in a session of its own. */
static int
checked_work_begin_session(struct session **s, const struct work *w,
    const char *opened, struct diag *d)
{
	const char *student = w->answers.student;
	struct lesson *l = NULL;
	int err = lesson_load(&l, w->lab, student != NULL ? student : "", d);

	if (err == 0)
		err = cli_open_lab(s, opened, l, d);
	lesson_destroy(l);
	return err;
}

/* The session that what W's student is told is in. */
static int
open_newest_session(struct session **s, const struct work *w,
    const char *opened, const char *student, struct diag *d)
{
	struct answers a = ANSWERS_INIT;
	char *name = find_session(w, opened, student);
	struct exam e = { .seconds = 0 };
	int err = 0;

	*s = NULL;
	if (name != NULL)
		err = session_resume(s, name, d);
	mem_free(name);
	if (err == 0 && *s != NULL)
		err = kept_lesson_find(session_state(*s), &a, &e);
	/* Another's, or an exam, stays as it is. */
	if (err == 0 && *s != NULL &&
	    (!is_of_student(w, &a) || e.seconds > 0)) {
		session_destroy(*s);
		*s = NULL;
	}
	answers_free(&a);
	return err != 0 || *s != NULL
		   ? err
		   : checked_work_begin_session(s, w, opened, d);
}

static int
save_tries(struct session *s, const struct work *w, struct diag *d)
{
	struct str state = session_state(s);
	LOCAL(answers_free) struct answers a = ANSWERS_INIT;
	LOCAL_BUF out = BUF_INIT;
	struct exam e;
	int err = kept_lesson_find(state, &a, &e);

	/* They stand elsewhere in what the screen keeps. */
	buf_clear(&a.predictions);
	if (err == 0)
		err = checked_work_add_word(&a.lab, w->name);
	if (err == 0)
		err = checked_work_add_word(&a.student, w->answers.student);
	for (size_t i = 0; err == 0 && i < LESSON_TASKS_MAX; i++)
		err = answer_take_help(&a.tasks[i], &w->answers.tasks[i]);
	if (err == 0)
		err = kept_lesson_replace(state, &a, &e, &out);
	if (err == 0)
		err = session_save(s, buf_view(&out), d);
	return err;
}

int
cli_keep_help(const struct work *w, const char *opened, const char *student,
    struct diag *d)
{
	struct session *s = NULL;
	int err = open_newest_session(&s, w, opened, student, d);

	if (err == 0)
		err = save_tries(s, w, d);
	session_destroy(s);
	return err;
}

int
cli_keep_tries(struct work *w, const struct lesson_result *r, size_t n,
    const char *opened, const char *student, struct diag *d)
{
	bool any = false, new;
	int err = 0;

	for (unsigned i = 0; err == 0 && i < n; i++) {
		err = answers_tell(&w->answers, i + 1, &r[i], &new);
		any |= new;
	}
	/* Answers after an exam count nowhere. */
	if (err != 0 || !any || w->exam_ns > 0)
		return err;
	return cli_keep_help(w, opened, student, d);
}
