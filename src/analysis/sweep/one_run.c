/* One run, here and now: its trace is measured as it grows. */
#include "base/err.h"
#include "base/outfile.h"
#include "runs/drive.h"
#include "sweep/work.h"
#include "text/utf8.h"

#include <errno.h>

/* Events in one slice, and what is measured then. */
#define SLICE 5000

struct one {
	struct trace *trace;
	struct outfile out;
	bool keeps;
	uint64_t records; /* at most; 0: any number */
	struct measures *m;
};

static int
write_line(const char *line, size_t n, void *arg)
{
	struct one *o = arg;

	return outfile_write(line, n, &o->out);
}

static int
measure_slice(struct drive *d, enum run_state state, void *arg)
{
	struct one *o = arg;

	(void)d;
	(void)state;
	while (measures_extend(o->m, o->trace, UINT64_MAX))
		;
	return measures_error(o->m);
}

/* The run that IN says, measured. */
static int
run_inputs(struct inputs *in, struct one *o, struct diag *d)
{
	struct drive_options how = {
		.arg = o, .events = SLICE, .max_records = o->records
	};
	struct drive *run = NULL;
	int err = trace_begin(&o->trace, _("the run's trace"));

	how.trace = o->trace;
	if (o->keeps)
		how.line = write_line;
	if (err == 0)
		err = drive_begin(&run, in, &how, d);
	if (err == 0)
		err = drive_through(run, measure_slice, o, d);
	drive_end(run);
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

/* Run POINT, SEED of E into R. */
static int
measure_run(const struct experiment *e, const char *trace, struct one *o,
    struct sweep_result *r)
{
	struct diag d = DIAG_INIT;
	struct inputs in;
	int err = experiment_inputs(e, r->point, r->seed, &in);

	if (in.detail < TRACE_PROTOCOL)
		in.detail = TRACE_PROTOCOL;
	if (err == 0)
		err = measures_create(&o->m);
	if (err == 0 && trace != NULL)
		err = open_trace(o, trace, &d);
	if (err == 0)
		err = run_inputs(&in, o, &d);
	if (o->keeps && outfile_close(&o->out, true) != 0 && err == 0)
		err = diag_set(&d, ERR_IO, trace, 0, _("can't be written: %s"),
		    err_system(errno));
	inputs_free(&in);
	if (err == 0)
		err = sweep_result_take(r, o->m);
	measures_destroy(o->m);
	if (err == 0)
		return 0;
	r->end = err == ERR_NOMEM ? SWEEP_MEMORY : SWEEP_ERROR;
	diag_write(&d, &r->what);
	return err == ERR_NOMEM ? err : 0;
}

int
sweep_run_once(const struct experiment *e, uint64_t run, const char *trace,
    uint64_t records, struct buf *line)
{
	struct one o = { .out = OUTFILE_INIT, .records = records };
	struct sweep_result r = { .point = experiment_point(e, run),
		.seed = experiment_seed(e, run) };
	int err = measure_run(e, trace, &o, &r);

	sweep_result_write(&r, e->id, line);
	if (line->n > SWEEP_LINE_MAX) {
		sweep_result_clear(&r);
		r.end = SWEEP_ERROR;
		buf_puts(&r.what, _("it made too many calls"));
		buf_clear(line);
		sweep_result_write(&r, e->id, line);
	}
	sweep_result_free(&r);
	return err;
}
