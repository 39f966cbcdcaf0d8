/* Makes runs again as a variant has them. */
#include "grade/rerun.h"

#include "base/err.h"
#include "runs/inputs_named.h"

/* FILE (a lab's folder, a script, a topology) as V has it, into IN, which is to
 * be freed in any case; V may be NULL.  0 or D's error. */
int
rerun_read(struct inputs *in, const char *file, const struct variant *v,
    struct diag *d)
{
	struct inputs_options o = { .has_seed = false };
	int err = inputs_read(in, file, d);

	if (v != NULL)
		o = (struct inputs_options){ .has_seed = v->has_seed,
			.seed = v->seed,
			.settings = v->settings,
			.nsettings = v->nsettings };
	return err == 0 ? inputs_take_options(in, &o, d) : err;
}

int
rerun_file(const char *file, const struct variant *v, struct trace **t,
    struct buf *said, struct diag *d)
{
	LOCAL(inputs_free) struct inputs in;
	int err = rerun_read(&in, file, v, d);

	*t = NULL;
	if (err == 0)
		err = rerun_inputs(&in, t, said, d);
	return err;
}

int
rerun_try_varied(const struct lesson *l, const char *lab, struct diag *d)
{
	int err = 0;

	for (int last = 0; err == 0 && last < 2 && lesson_varied(l, 0) != NULL;
	     last++) {
		struct variant v;
		struct inputs in = { .seed = 0 };
		struct rerun r = RERUN_INIT;

		err = variant_make_end(&v, l, last != 0, d);
		if (err == 0)
			err = rerun_read(&in, lab, &v, d);
		if (err == 0)
			err = rerun_begin(&r, &in, d);
		rerun_free(&r);
		inputs_free(&in);
		variant_free(&v);
	}
	return err;
}
