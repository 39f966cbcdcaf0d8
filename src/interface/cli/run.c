/* rung run: a lab, script, topology or trace, headless. */
#include "base/err.h"
#include "base/folder.h"
#include "cli/captured.h"
#include "cli/choice.h"
#include "cli/cli.h"
#include "cli/exporters.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/recording.h"
#include "cli/student.h"
#include "live/process.h"
#include "runs/drive.h"
#include "runs/inputs_named.h"
#include "runs/run.h"
#include "words/time_words.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Running something and keeping its trace. */

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
	struct variant v = VARIANT_INIT;
	struct inputs_options o;
	int err = inputs_read(in, file, d);

	if (err == 0)
		err = cli_make_variant(c, file, &v, d);
	if (err == 0) {
		o = cli_inputs_options(c, &v, settings);
		err = inputs_take_options(in, &o, d);
	}
	variant_free(&v);
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
cli_tell_warnings(const struct cli *c, const struct run *r, size_t from)
{
	while (run_warning(r, from) != NULL)
		cli_complain(c, run_warning(r, from++));
	return from;
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

/* What a trace's file may be called; ".gz" may come behind it. */
#define TRACE_ENDINGS "jsonl json rung trace"

const struct cli_option cli_run_options[] = {
	{ "seed", 0, "N", N_("seed of all chance"), cli_set_seed },
	{ "student", 0, "ID", N_("the lab as it is for this student"),
	    cli_set_student },
	{ "until", 0, "TIME", N_("stops at that time, not when all is quiet"),
	    cli_set_until },
	{ "limit", 0, "NAME=N",
	    N_("stops a run that makes more than N records, bytes, things "
	       "alive, events at one instant, bytes of memory or "
	       "instructions of its script, or its handsets' boards"),
	    cli_set_limit },
	{ "set", 0, "NODE.ATTR=VALUE",
	    N_("changes an attribute of the topology; A--B.ATTR is that of a "
	       "link, ATTR alone of all links"),
	    cli_add_setting },
	{ "detail", 0, "LEVEL", N_("messages, protocol or network"),
	    cli_set_detail },
	{ "act", 0, "RECORD[@TIME]:NODE.VERB",
	    N_("acts as a person would right after that record, a number or "
	       "INVITE@atl"),
	    cli_add_act },
	{ "arrivals", 0, "FILE",
	    N_("lets come from outside what FILE has, a list or a trace"),
	    cli_set_arrivals },
	{ "processes", 0, NULL,
	    N_("lets programs of nodes that are commands run, which may do all "
	       "that you may"),
	    cli_set_processes },
	CLI_ALIAS_OPTIONS,
	{ 0 },
};

static const struct cli_option run_options[] = {
	{ "output", 'o', "FILE",
	    N_("writes the trace to FILE, compressed where that ends in .gz; a "
	       "FILE that ends as one of rung export's is made as there"),
	    cli_set_output },
	{ "quiet", 'q', NULL, N_("prints no ladder, and not how far it is"),
	    cli_set_quiet },
	{ "fold", 0, NULL, N_("draws a message and its repetitions as one"),
	    cli_set_fold },
	{ "mark", 0, "WHAT",
	    N_("brackets: transaction, dialog or phase; may be repeated"),
	    cli_add_mark },
	{ 0 },
};

/* The trace is kept; the signal then does what it would have done at once. */
static int
end_run_early(const struct cli *c, const struct recording *rec)
{
	bool named = strcmp(rec->file, "-") != 0;
	char time[TIME_ROOM];
	struct diag d = DIAG_INIT;

	diag_set(&d, ERR_STOPPED, named ? rec->file : NULL, 0,
	    rec->replaces
		? _("interrupted; the trace goes up to %s, and replaces what "
		    "the file had before")
		: _("interrupted; the trace goes up to %s"),
	    time_length_text(rec->until_ns, time));
	cli_complain(c, &d);
	cli_progress_end();
	raise(rec->interrupted);
	return 128 + rec->interrupted;
}

/* A device or pipe has no ending to obey: /dev/stdout. */
bool
cli_is_device(const char *file)
{
	struct stat st;

	return stat(file, &st) == 0 && !S_ISREG(st.st_mode);
}

/* Whether -o asks for what `rung export` makes, by its ending, as there; an
 * ending that means nothing is refused.  0 or D's error. */
static int
judge_output(const struct cli *c, bool *exports, struct diag *d)
{
	LOCAL_BUF list = BUF_INIT;
	struct str ending = STR_NULL;
	int err = 0;

	if (c->output != NULL && !cli_is_device(c->output))
		ending = file_ending_packed(str_of(c->output));
	*exports = false;
	if (ending.n == 0 || str_has_word(STR(TRACE_ENDINGS), ending))
		return 0;
	*exports = cli_is_export(ending);
	if (!*exports) {
		cli_list_exports(&list);
		err = diag_set(d, ERR_NOTFOUND, c->output, 0,
		    _("nothing that ends in .%.*s can be made; name another "
		      "file with -o: a trace ends in .jsonl, other things in "
		      "%s"),
		    STR_ARG(ending), buf_cstr(&list));
	}
	return err;
}

static int
run(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct recording rec;
	struct trace *t = NULL;
	LOCAL_BUF out = BUF_INIT;
	bool to_stdout = c->output != NULL && strcmp(c->output, "-") == 0;
	bool exports;

	if (argc != 1)
		return cli_refuse_files(c, argc, argv,
		    _("run needs one FILE: a lab, script, topology or trace"),
		    d);
	if (cli_is_capture(argv[0])) {
		diag_set(d, ERR_UNSUPPORTED, argv[0], 0,
		    _("is a capture and can't be run; rung show, export and "
		      "play take it as it is"));
		return CLI_USAGE;
	}
	if (judge_output(c, &exports, d) != 0)
		return CLI_USAGE;
	if (exports) {
		c->command = &cli_export;
		return cli_export.fn(c, argc, argv, d);
	}
	if (cli_check_inputs(c, argv[0], true, false, d) != 0 ||
	    cli_check_place(
		c, c->quiet || to_stdout ? "no ladder" : "ladder", d) != 0)
		return CLI_USAGE;
	if (recording_run(c, argv[0], c->output, &rec, d) != 0)
		return CLI_USAGE;
	if (rec.interrupted != 0) {
		int status = end_run_early(c, &rec);

		recording_free(&rec);
		return status;
	}
	if (!c->quiet && !to_stdout && recording_load(&rec, &t, d) == 0) {
		if (cli_ladder(c, t, &out, d) == 0)
			cli_print(c, &out, d);
	}
	trace_destroy(t);
	recording_free(&rec);
	return CLI_OK;
}

static const struct cli_example run_examples[] = {
	{ "rung run two-proxies", N_("a lab, and its ladder") },
	{ "rung run two-proxies -q -o call.jsonl",
	    N_("its trace into a file") },
	{ "rung run two-proxies -q -o call.jsonl.gz",
	    N_("the same, compressed to a tenth; every command reads it") },
	{ "rung run two-proxies --set bob.busy=true",
	    N_("the same with another setting") },
	{ "rung run two-proxies --set loss=20%",
	    N_("every link loses a fifth of all packets") },
	{ "rung run star.gv",
	    N_("a network alone: the first phone calls the last") },
	{ NULL, NULL },
};

const struct cli_command cli_run_command = {
	.name = "run",
	.usage = "FILE",
	.text = N_("runs a lab, script or topology and prints the ladder"),
	.about = N_(
	    "FILE is a lab's folder or name, a script, a topology, or a trace "
	    "that is to be run again. The same inputs give the same bytes. "
	    "Ctrl-C ends it; a trace that is written to a FILE goes up to "
	    "there."),
	.examples = run_examples,
	.options = run_options,
	.runs = true,
	.lasts = true,
	.fn = run,
};
