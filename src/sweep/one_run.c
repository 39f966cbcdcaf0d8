/* One run, here and now: its trace is measured as it grows. */
#include "base/err.h"
#include "base/outfile.h"
#include "scenario/run.h"
#include "sweep/work.h"

#include <errno.h>

/* Events in one slice, and what is measured then. */
#define SLICE 5000

struct one {
	struct trace *trace;
	struct outfile out;
	bool keeps;
	struct diag wrong; /* with a line of the trace */
};

static int
feed_line(const char *line, size_t n, void *arg)
{
	struct one *o = arg;
	int err = trace_feed(o->trace, line, n, &o->wrong);

	if (err == 0 && o->keeps)
		err = outfile_write(line, n, &o->out);
	return err;
}

static int
run_through(
    struct run *r, struct measures *m, const struct one *o, struct diag *d)
{
	bool done = false;
	int err = 0;

	while (err == 0 && !done) {
		err = run_advance(r, SLICE, &done, d);
		while (measures_extend(m, o->trace, UINT64_MAX))
			;
		if (err == 0)
			err = measures_error(m);
	}
	return err;
}

/* The run that IN says, measured by M. */
static int
run_inputs(struct inputs *in, struct measures *m, struct one *o, struct diag *d)
{
	struct run *r = NULL;
	int err = trace_begin(&o->trace, _("the run's trace"));

	if (err == 0)
		err = run_create(&r, in, feed_line, o, d);
	if (err == 0)
		err = run_through(r, m, o, d);
	run_destroy(r);
	trace_destroy(o->trace);
	return err;
}

static int
open_trace(struct one *o, const char *file, struct diag *d)
{
	int err = outfile_open(&o->out, file);

	o->keeps = err == 0;
	if (err != 0)
		diag_set(d, err, file, 0, _("can't be written: %s"),
		    err_system(errno));
	return err;
}

int
sweep_run_once(const struct experiment *e, size_t point, uint64_t seed,
    const char *trace, struct sweep_result *r)
{
	struct one o = { .out = OUTFILE_INIT, .wrong = DIAG_INIT };
	struct diag d = DIAG_INIT;
	struct measures *m = NULL;
	struct inputs in;
	int err = experiment_inputs(e, point, seed, &in);

	sweep_result_clear(r);
	r->point = point;
	r->seed = seed;
	if (in.detail < TRACE_PROTOCOL)
		in.detail = TRACE_PROTOCOL;
	if (err == 0)
		err = measures_create(&m);
	if (err == 0 && trace != NULL)
		err = open_trace(&o, trace, &d);
	if (err == 0)
		err = run_inputs(&in, m, &o, &d);
	if (o.keeps && outfile_close(&o.out, true) != 0 && err == 0)
		err = diag_set(&d, ERR_IO, trace, 0, _("can't be written: %s"),
		    err_system(errno));
	inputs_free(&in);
	if (err == 0)
		err = sweep_result_take(r, m);
	measures_destroy(m);
	if (err == 0)
		return 0;
	r->end = err == ERR_NOMEM ? SWEEP_MEMORY : SWEEP_ERROR;
	diag_write(&d, &r->what);
	return err == ERR_NOMEM ? err : 0;
}
