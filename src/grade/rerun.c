/* Makes runs again. */
#include "grade/rerun.h"

#include "base/err.h"
#include "scenario/run.h"

/* Records of one run that is judged; a lab has some hundred. */
#define RECORDS_MAX 2000000
/* Events in one slice. */
#define SLICE 5000

static int
take_line(const char *line, size_t n, void *arg)
{
	struct trace *t = arg;

	if (trace_count(t) >= RECORDS_MAX)
		return ERR_LIMIT;
	return trace_feed(t, line, n, NULL);
}

int
rerun_inputs(struct inputs *in, struct trace **t, struct diag *d)
{
	struct diag failed = DIAG_INIT;
	struct run *r = NULL;
	bool done = false;
	int err = trace_begin(t, _("the run's trace"));

	if (err == 0)
		err = run_create(&r, in, take_line, *t, d);
	while (err == 0 && !done) {
		int ended = run_advance(r, SLICE, &done, &failed);

		if (ended == ERR_NOMEM || ended == ERR_LIMIT)
			err = diag_set(d, ended, failed.file, failed.line, "%s",
			    failed.text);
		done = done || ended != 0;
	}
	run_destroy(r);
	if (err != 0) {
		trace_destroy(*t);
		*t = NULL;
		return diag_set(d, err, NULL, 0, "%s", err_text(err));
	}
	return 0;
}

static int
set_variant(struct inputs *in, const struct variant *v)
{
	int err = 0;

	if (v == NULL)
		return 0;
	if (v->has_seed) {
		in->has_seed = true;
		in->seed = v->seed;
	}
	for (size_t i = 0; err == 0 && i < v->nsettings; i++)
		err = inputs_add_setting(in, v->settings[i]);
	return err;
}

int
rerun_file(
    const char *file, const struct variant *v, struct trace **t, struct diag *d)
{
	struct inputs in;
	int err = inputs_read(&in, file, d);

	*t = NULL;
	if (err == 0)
		err = set_variant(&in, v);
	if (err == 0)
		err = rerun_inputs(&in, t, d);
	inputs_free(&in);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
