/* Finds exams among the sessions that are kept. */
#include "cli/exam.h"

#include "base/err.h"
#include "base/mem.h"
#include "cli/check.h"

#include <string.h>
#include <time.h>

/* What session S keeps is an exam of STUDENT (NULL: anybody) in LAB, *E. */
static bool
is_exam_of(const struct session_entry *s, const char *lab, const char *student,
    struct exam *e)
{
	struct answers a = ANSWERS_INIT;
	bool is = kept_lesson_find(str_of(s->state), &a, e) == 0 &&
		  e->seconds > 0 && str_is(str_of(a.lab), lab) &&
		  (student == NULL || str_is(str_of(a.student), student));

	answers_free(&a);
	return is;
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
	    _("an exam of %s goes on until %s: there are no verdicts and "
	      "reasons before"),
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
	char *name = NULL;
	struct exam e;
	bool is = cli_find_exam(lab, student, &e, &name) && !is_called(s, name);

	mem_free(name);
	return is;
}

/* The name of the session with the exam that who plays LAB for STUDENT goes on
 * with, where it goes on or is ASKED for; NULL.  Who says no number may be
 * whose exam goes on. */
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
	char *name = find_playable(lab, student, asked);
	int err = 0;

	*exam = NULL;
	if (name != NULL && !is_called(s, name))
		err = session_resume(exam, name, d);
	mem_free(name);
	return err;
}
