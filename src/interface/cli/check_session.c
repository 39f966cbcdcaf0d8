/* Work that was done on the screen: the newest session of a lab. */
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "cli/check.h"
#include "cli/exam.h"
#include "inputs/share.h"
#include "session/session.h"
#include "views/lesson/kept.h"

#include <string.h>
#include <time.h>

#define FIGURE_SIZE_MAX (4u << 20)

bool
cli_is_session_of(const struct session_entry *e, const char *lab)
{
	struct buf named = BUF_INIT;
	/* What was opened by its name is kept by it; a lab of one's own may be
	 * called so, too. */
	bool is = strchr(e->file, '/') == NULL &&
			  share_find_input(e->file, &named) == 0
		      ? folder_same(lab, buf_cstr(&named))
		      : folder_same(lab, e->file);

	buf_free(&named);
	return is;
}

/* Its student, in a copy of the caller's. */
static char *
copy_student(const struct session_entry *s)
{
	struct answers a = ANSWERS_INIT;
	struct exam e;
	char *student = NULL;

	if (kept_lesson_find(str_of(s->state), &a, &e) == 0)
		student = mem_strdup(a.student != NULL ? a.student : "");
	answers_free(&a);
	return student;
}

/* The file of the newest session of the lab at PATH, and its student; both are
 * the caller's, NULL where there is none. */
static char *
find_newest(const char *path, char **student)
{
	struct session_entry *list = NULL;
	struct diag d = DIAG_INIT;
	char *found = NULL;
	size_t n = 0;

	if (session_list(&list, &n, &d) != 0)
		return NULL;
	for (size_t i = 0; i < n && found == NULL; i++)
		if (cli_is_session_of(&list[i], path)) {
			found = mem_strdup(list[i].name);
			*student = copy_student(&list[i]);
		}
	session_list_free(list, n);
	return found;
}

static bool
is_said(const char *word)
{
	return word != NULL && word[0] != '\0';
}

/* That of STUDENT's exam, where there is one: whatever was done since is
 * practice.  Else the newest. */
static char *
find_session(const struct work *w, const char *path, const char *student)
{
	char *of = NULL, *newest = find_newest(path, &of), *exam = NULL;
	struct exam e;

	if (!is_said(student))
		student = is_said(w->answers.student) ? w->answers.student : of;
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
	/* It ends by its limit, also where nobody looks. */
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
add_word(char **to, const char *from)
{
	if (is_said(*to) || !is_said(from))
		return 0;
	mem_free(*to);
	*to = mem_strdup(from);
	return *to != NULL ? 0 : ERR_NOMEM;
}

/* What A has and W has not: what was written into answers.txt stays. */
static int
add_answers(struct work *w, const struct answers *a)
{
	int err = add_word(&w->answers.lab, a->lab);

	if (err == 0)
		err = add_word(&w->answers.student, a->student);
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
 * Work without answers may be anybody's. */
static bool
is_of_student(const struct work *w, const struct answers *a)
{
	const char *x = w->answers.student, *y = a->student;

	if (!is_said(x))
		return !is_said(y) || answers_count(&w->answers) == 0;
	return strcmp(x, y != NULL ? y : "") == 0;
}

static int
take_session(struct work *w, struct session *s, struct diag *d)
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
cli_take_session(
    struct work *w, const char *opened, const char *student, struct diag *d)
{
	struct session *s = NULL;
	char *name = find_session(w, opened, student);
	int err;

	if (name == NULL)
		return 0;
	err = session_resume(&s, name, d);
	if (err == 0)
		err = take_session(w, s, d);
	session_destroy(s);
	mem_free(name);
	return err;
}

/* ---- what check has told ---- */

int
cli_open_lab(struct session **s, const char *file, const struct lesson *l,
    struct diag *d)
{
	struct session_options o = { .max_records = 0 };
	struct variant v = VARIANT_INIT;
	int err = variant_make(&v, l, d);

	if (err == 0) {
		o.run.has_seed = v.has_seed;
		o.run.seed = v.seed;
		o.run.settings = v.settings;
		o.run.nsettings = v.nsettings;
		err = session_open(s, file, &o, d);
	}
	variant_free(&v);
	return err;
}

/* The lab at OPENED as W's student has it, in a session of its own. */
static int
begin_session(struct session **s, const struct work *w, const char *opened,
    struct diag *d)
{
	const char *student = w->answers.student;
	struct lesson *l = NULL;
	int err = lesson_load(&l, w->lab, student != NULL ? student : "", d);

	if (err == 0)
		err = cli_open_lab(s, opened, l, d);
	lesson_destroy(l);
	return err;
}

/* The session that what W's student is told stands in. */
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
	return err != 0 || *s != NULL ? err : begin_session(s, w, opened, d);
}

static int
save_tries(struct session *s, const struct work *w, struct diag *d)
{
	struct str state = session_state(s);
	struct answers a = ANSWERS_INIT;
	struct buf out = BUF_INIT;
	struct exam e;
	int err = kept_lesson_find(state, &a, &e);

	/* They stand elsewhere in what the screen keeps. */
	buf_clear(&a.predictions);
	if (err == 0)
		err = add_word(&a.lab, w->name);
	if (err == 0)
		err = add_word(&a.student, w->answers.student);
	for (size_t i = 0; err == 0 && i < LESSON_TASKS_MAX; i++)
		err = answer_take_help(&a.tasks[i], &w->answers.tasks[i]);
	if (err == 0)
		err = kept_lesson_replace(state, &a, &e, &out);
	if (err == 0)
		err = session_save(s, buf_view(&out), d);
	answers_free(&a);
	buf_free(&out);
	return err;
}

int
cli_keep_tries(struct work *w, const struct lesson_result *r, size_t n,
    const char *opened, const char *student, struct diag *d)
{
	struct session *s = NULL;
	bool any = false, new;
	int err = 0;

	for (unsigned i = 0; err == 0 && i < n; i++) {
		err = answers_tell(&w->answers, i + 1, &r[i], &new);
		any |= new;
	}
	/* What is told after an exam counts nowhere. */
	if (err != 0 || !any || w->exam_ns > 0)
		return err;
	err = open_newest_session(&s, w, opened, student, d);
	if (err == 0)
		err = save_tries(s, w, d);
	session_destroy(s);
	return err;
}
