/*
 * A lab as one student has it: the number's seed and settings, exams among the
 * kept sessions.
 */
#include "cli/student.h"

#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "cli/check.h"
#include "inputs/inputs.h"
#include "trace/link.h"

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
hand_in_is_called(const struct session *s, const char *name)
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

	return cli_find_exam(lab, student, &e, &name) &&
	       !hand_in_is_called(s, name);
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
	if (name != NULL && !hand_in_is_called(s, name))
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
	if (student != NULL && link_is(str_of(file)))
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
