/* Running something and keeping its trace; see cli/recording.h. */
#include "cli/recording.h"

#include "base/array.h"
#include "base/err.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/student_lab.h"
#include "live/process.h"
#include "runs/drive.h"
#include "runs/run.h"
#include "topology/topology.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

/* Events in one slice, after which signals and limits are checked; those of a
 * handset's board take long. */
#define SLICE 200

/* With the first line, so that a mistake leaves an older file alone. */
static int
open_output(struct recording *rec)
{
	struct stat st;
	int err;

	rec->replaces =
	    stat(rec->file, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0;
	err = outfile_open_packed(&rec->out, rec->file);
	rec->opened = err == 0;
	rec->passing = err == 0 && rec->out.path == NULL && !rec->forget;
	if (err == ERR_EXISTS)
		outfile_tell_read(rec->file, &rec->refused);
	if (err == ERR_IO)
		rec->trouble = errno;
	return err;
}

static int
sink(const char *line, size_t n, void *arg)
{
	struct recording *rec = arg;
	int err = 0;

	if (rec->file != NULL) {
		if (!rec->opened)
			err = open_output(rec);
		if (err == 0 && rec->out.path == NULL)
			cli_progress_give_way();
		if (err == 0)
			err = outfile_write(line, n, &rec->out);
		if (err != 0 || !rec->passing)
			return err;
	}
	if (rec->forget)
		return 0;
	buf_add(&rec->text, line, n);
	return rec->text.err;
}

/* A trace that has its end is whole, whatever the end is. */
static int
close_output(struct recording *rec, bool whole, struct diag *d)
{
	int err = rec->opened ? outfile_close(&rec->out, whole) : 0;

	if (err == ERR_EXISTS)
		outfile_tell_read(rec->file, &rec->refused);
	else if (err != 0)
		rec->trouble = errno;
	rec->opened = false;
	if (rec->refused.err != 0)
		*d = rec->refused;
	if (rec->refused.err != 0)
		return d->err;
	if (rec->trouble == 0)
		return 0;
	/* The cause of whatever else was said of the trace. */
	*d = DIAG_INIT;
	if (strcmp(rec->file, "-") == 0)
		return diag_set(d, ERR_IO, NULL, 0,
		    _("standard output can't be written: %s"),
		    err_system(rec->trouble));
	return diag_set(d, ERR_IO, rec->file, 0, _("can't be written: %s"),
	    outfile_why(rec->trouble));
}

/* Where a run ends by time, that is how far it is. */
static void
tell_run_progress(const struct drive *d)
{
	const struct run *r = drive_run(d);
	int64_t end = run_until(r), now = sim_now(run_sim(r));
	struct progress_step step = { .what = N_("running"),
		.done = (uint64_t)now,
		.of = end > 0 ? (uint64_t)end : 0,
		.runs = true,
		.virtual_ns = now,
		.records = drive_lines(d) };

	cli_progress_take(&step);
}

/* A person may end it. */
static int
look_for_interrupt(struct drive *d, enum run_state state, void *arg)
{
	struct recording *rec = arg;
	struct sim *sim = run_sim(drive_run(d));

	if (state != RUN_IS_OVER && rec->interrupted == 0 &&
	    interrupt_came() != 0) {
		rec->interrupted = interrupt_came();
		rec->until_ns = sim_now(sim);
		sim_stop(sim);
	}
	tell_run_progress(d);
	return 0;
}

struct inputs_options
cli_inputs_options(const struct cli *c, const struct variant *v,
    struct topology_setting settings[CLI_SETTINGS_MOST])
{
	struct inputs_options o = { .has_seed = c->has_seed || v->has_seed,
		.has_detail = c->has_detail,
		.seed = v->has_seed ? v->seed : c->seed,
		.until_ns = c->until_ns,
		.arrivals = c->arrivals,
		.processes = c->processes ? &process_of_machine : NULL,
		.limits = cli_given(c, "limit") ? &c->limits : NULL,
		.detail = c->detail,
		.settings = settings,
		.acts = c->acts,
		.nacts = c->nacts };

	for (size_t i = 0; i < v->nsettings; i++)
		settings[o.nsettings++] = v->settings[i];
	for (size_t i = 0; i < c->nsettings; i++)
		settings[o.nsettings++] =
		    (struct topology_setting){ .text = c->settings[i] };
	return o;
}

int
recording_inputs(
    const struct cli *c, const char *file, struct inputs *in, struct diag *d)
{
	struct topology_setting settings[CLI_SETTINGS_MOST];
	LOCAL(variant_free) struct variant v = VARIANT_INIT;
	struct inputs_options o;
	int err = inputs_read(in, file, d);

	if (err == 0)
		err = cli_make_variant(c, file, &v, d);
	if (err == 0) {
		o = cli_inputs_options(c, &v, settings);
		err = inputs_take_options(in, &o, d);
	}
	return diag_fail(d, err);
}

/* The trace has no reader, no input in IN refers to a record's number, and no
 * limit was asked for: records need not be written. */
static bool
runs_untold(const struct cli *c, const struct inputs *in)
{
	return c->quiet && c->output == NULL && in->nacts == 0 &&
	       !cli_given(c, "limit");
}

size_t
cli_tell_warnings(struct cli *c, const struct run *r, size_t from)
{
	bool fails = c->command == &cli_run_command ||
		     c->command == &cli_show || c->command == &cli_export;
	const struct diag *w;

	for (; (w = run_warning(r, from)) != NULL; from++)
		if (fails && w->err == RUN_PROGRAM_FAILED &&
		    ARRAY_RESIZE(&c->failed, c->nfailed + 1) == 0)
			c->failed[c->nfailed++] = *w;
		else
			cli_complain(c, w);
	return from;
}

void
cli_tell_roles(const struct cli *c, const struct inputs *in)
{
	const struct topology *t = in->graph;

	for (size_t i = 0; !c->quiet && in->processes == NULL && i < t->nnodes;
	     i++) {
		const struct topology_node *n = &t->nodes[i];
		const struct topology_attr *a = topology_attr(n, "process");

		if (a != NULL && strcmp(n->role, "script") != 0)
			cli_remark(c,
			    _("%s:%u: node %s has role=\"%s\" here, because "
			      "its program “%s” was not started; --processes "
			      "starts it, with all your rights"),
			    t->file, n->line, n->name, n->role, a->value);
	}
}

int
recording_run(struct cli *c, const char *file, const char *output,
    struct recording *rec, struct diag *d)
{
	struct inputs in;
	struct drive_options o = { .line = sink, .arg = rec, .events = SLICE };
	struct drive *run = NULL;
	int err;

	memset(rec, 0, sizeof(*rec));
	rec->out = OUTFILE_INIT;
	err = recording_inputs(c, file, &in, d);
	rec->file = output;
	/* A trace to export is read, even where it is not printed. */
	rec->forget = (c->quiet && output == c->output) ||
		      (output != NULL && strcmp(output, "-") == 0);
	if (output != NULL)
		interrupt_catch();
	if (err == 0 && runs_untold(c, &in)) {
		in.detail = TRACE_MESSAGES;
		o.line = NULL;
	}
	if (err == 0)
		err = drive_begin(&run, &in, &o, d);
	if (err == 0)
		cli_tell_roles(c, &in);
	if (err == 0)
		err = drive_through(run, look_for_interrupt, rec, d);
	if (err == 0)
		cli_tell_warnings(c, drive_run(run), 0);
	if (close_output(rec, run != NULL && run_is_whole(drive_run(run)), d) !=
		0 &&
	    err == 0)
		err = d->err;
	cli_progress_leaves(c, output, err == 0);
	drive_end(run);
	inputs_free(&in);
	if (output != NULL)
		interrupt_leave();
	/* It came when the last event was over. */
	if (output != NULL && interrupt_came() != 0 && rec->interrupted == 0)
		raise(interrupt_came());
	if (err != 0)
		recording_free(rec);
	return err;
}

int
recording_load(struct recording *rec, struct trace **t, struct diag *d)
{
	if (rec->file != NULL && !rec->passing)
		return trace_load(t, rec->file, d);
	return trace_load_buf(t, &rec->text, _("the run's trace"), d);
}

void
recording_free(struct recording *rec)
{
	outfile_close(&rec->out, false);
	buf_free(&rec->text);
}
