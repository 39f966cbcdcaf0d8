/* --student: the seed and the settings that a student's number stands for. */
#include "cli/student.h"

#include "base/err.h"
#include "cli/check.h"

int
cli_set_student(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->student = value;
	return 0;
}

int
cli_make_variant(
    const struct cli *c, const char *file, struct variant *v, struct diag *d)
{
	struct work w = WORK_INIT;
	struct lesson *l = NULL;
	int err;

	*v = VARIANT_INIT;
	if (c->student == NULL)
		return 0;
	if (c->has_seed)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--student says which seed it is; leave out --seed"));
	err = cli_find_work(&w, file, NULL, d);
	if (err == 0)
		err = lesson_load(&l, w.lab, d);
	if (err == 0)
		err = variant_make(v, l, w.name, c->student, d);
	lesson_destroy(l);
	work_free(&w);
	return err;
}
