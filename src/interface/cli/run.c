/* rung run: a lab, script, topology or trace, headless. */
#include "base/err.h"
#include "base/folder.h"
#include "cli/capture_input.h"
#include "cli/option_checks.h"
#include "cli/cli.h"
#include "cli/export.h"
#include "cli/progress.h"
#include "cli/recording.h"
#include "cli/student_lab.h"
#include "words/time_words.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* What a trace's file may be called; ".gz" may come after it. */
#define TRACE_ENDINGS "jsonl json rung trace"

const struct cli_option cli_run_options[] = {
	{ "seed", 0, "N", N_("seeds all random choices"), cli_set_seed },
	{ "student", 0, "ID", N_("judges by the lab as it is for this student"),
	    cli_set_student },
	{ "until", 0, "TIME",
	    N_("stops at that time (default: when nothing is "
	       "left to happen)"),
	    cli_set_until },
	{ "limit", 0, "NAME=N",
	    N_("stops a run that exceeds N records, bytes, live objects, "
	       "events at one instant, bytes of memory or instructions of its "
	       "script or of its handsets' boards"),
	    cli_set_limit },
	{ "set", 0, "NODE.ATTR=VALUE",
	    N_("changes an attribute of the topology; A--B.ATTR is that of a "
	       "link, ATTR alone that of all links"),
	    cli_add_setting },
	{ "detail", 0, "LEVEL", N_("records messages, protocol or network"),
	    cli_set_detail },
	{ "act", 0, "RECORD[@TIME]:NODE.VERB",
	    N_("acts as a user right after that record, a number or "
	       "INVITE@atl"),
	    cli_add_act },
	{ "arrivals", 0, "FILE",
	    N_("adds the arrivals from outside in FILE, a list or a trace"),
	    cli_set_arrivals },
	{ "processes", 0, NULL,
	    N_("starts the nodes' programs that are commands; they get all "
	       "your rights"),
	    cli_set_processes },
	{ "look", 0, NULL,
	    N_("shows also what a task of a student's copy asks first, which "
	       "is noted"),
	    cli_set_look },
	CLI_ALIAS_OPTIONS,
	{ 0 },
};

static const struct cli_option run_options[] = {
	{ "output", 'o', "FILE",
	    N_("writes the trace to FILE, compressed if its name ends in .gz; "
	       "other names are written as rung export does"),
	    cli_set_output },
	{ "quiet", 'q', NULL, N_("prints neither the ladder nor the progress"),
	    cli_set_quiet },
	{ "fold", 0, NULL,
	    N_("draws a message and its retransmissions as one "
	       "arrow"),
	    cli_set_fold },
	{ "mark", 0, "WHAT",
	    N_("adds brackets: transaction, dialog or phase; may be repeated"),
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
		? _("interrupted; the trace ends at %s and replaces the "
		    "previous contents of the file")
		: _("interrupted; the trace ends at %s"),
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
 * ending that means nothing is rejected.  0 or D's error. */
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
		    _("rung run can't write a file that ends in .%.*s; give -o "
		      "another name: .jsonl for a trace, or %s"),
		    STR_ARG(ending), buf_cstr(&list));
	}
	return err;
}

static int
write_lines(sink_fn *sink, void *to, void *arg)
{
	const struct trace *t = arg;
	int err = 0;

	for (uint64_t seq = 0; err == 0 && seq <= trace_count(t); seq++) {
		struct str line = trace_line(t, seq);

		err = sink(line.p, line.n, to);
		if (err == 0)
			err = sink("\n", 1, to);
	}
	return err;
}

/* A student's copy, as far as it may be seen. */
static int
run_copy(struct cli *c, const char *file, struct diag *d)
{
	LOCAL_TRACE struct trace *t = NULL;
	LOCAL_BUF out = BUF_INIT;
	bool prints =
	    !c->quiet && (c->output == NULL || strcmp(c->output, "-") != 0);

	if (cli_load(c, file, &t, d) == 0 && c->output != NULL)
		(void)cli_output(c, c->output, write_lines, t, d);
	if (d->err == 0 && prints && cli_ladder(c, t, &out, d) == 0)
		cli_print(c, &out, d);
	return d->err == 0 ? CLI_OK : CLI_USAGE;
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
		      "play read it directly"));
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
	if (cli_may_hold(c, argv[0]))
		return run_copy(c, argv[0], d);
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
	{ "rung run two-proxies -q -o call.jsonl", N_("its trace in a file") },
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
	.purpose = N_("Runs a lab, script or topology and prints its ladder; "
		      "the same inputs always give the same trace."),
	.about = N_(
	    "FILE is a lab's folder or name, a script, a topology, or a trace "
	    "to run again. The same inputs give the same bytes. If you press "
	    "Ctrl-C, the run ends, and the FILE contains the trace up to that "
	    "time."),
	.examples = run_examples,
	.options = run_options,
	.runs = true,
	.lasts = true,
	.fn = run,
};
