/* --student: the seed and the settings that a student's number stands for. */
#include "cli/student.h"

#include "base/err.h"
#include "base/folder.h"
#include "cli/check.h"
#include "inputs/inputs.h"
#include "trace/link.h"

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
	struct work w = WORK_INIT;
	struct lesson *l = NULL;
	struct inputs in = { .lab = NULL };
	int err = 0;

	*v = VARIANT_INIT;
	if (student != NULL && c->has_seed)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--student says which seed it is; leave out --seed"));
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
	work_free(&w);
	inputs_free(&in);
	return err;
}
