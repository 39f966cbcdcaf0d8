/* rung serve: a class at a teacher's machine; rung engine: the engine for other
 * programs. */
#include "base/err.h"
#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/serve_class.h"
#include "service/service.h"

/* The interval of checks for the end. */
#define LOOK_MS 500

/* ---- messages ---- */

/* Until a signal ends it. */
static int
serve_class(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct serve_class *n;
	int err;

	/* While it begins, a signal ends it at once. */
	err = serve_class_begin(&n, c, argv, (size_t)argc, NULL, d);
	interrupt_catch();
	if (err == 0)
		err = serve_class_tell(n, d);
	while (err == 0 && interrupt_came() == 0)
		err = serve_class_go_on(n, -1, LOOK_MS, d);
	interrupt_leave();
	serve_class_close(n);
	return err;
}

static int
serve_class_serve(struct cli *c, int argc, char **argv, struct diag *d)
{
	int err = serve_class(c, argc, argv, d);

	diag_fail(d, err);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

static int
serve_engine(struct cli *c, int argc, char **argv, struct diag *d)
{
	int err;

	if (argc > 0)
		return cli_refuse_word(c, argv[0], d);
	err = service_serve(stdin, stdout);
	diag_fail(d, err);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

/* ---- options ---- */

static int
set_handins(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->handins = value;
	return 0;
}

static const struct cli_option serve_options[] = {
	{ "address", 0, "ADDRESS[:PORT]",
	    N_("listens at ADDRESS; 0.0.0.0 admits other machines (default "
	       "port 8080; 0 picks a free one)"),
	    serve_class_set_listen },
	{ "name", 0, "HOST",
	    N_("adds a name of this machine for other "
	       "machines"),
	    serve_class_set_host },
	{ "tls", 0, "[=FILE]",
	    N_("encrypts with the certificate and key in FILE (PEM), or with a "
	       "new certificate"),
	    serve_class_set_tls },
	{ "output", 'o', "FOLDER", N_("saves the hand-ins in FOLDER"),
	    set_handins },
	{ "roster", 0, "FILE",
	    N_("reads the students' names (CSV), for the teacher; if there is "
	       "a column word, also words, and makes those that are "
	       "missing"),
	    cli_set_roster },
	{ "limit", 0, "ram=SIZE",
	    N_("limits the memory of all engines together (default: half of "
	       "the machine's)"),
	    cli_set_limit },
	{ 0 },
};

static const struct cli_example serve_examples[] = {
	{ "rung serve --address=0.0.0.0",
	    N_("a class on this machine, with a QR code") },
	{ NULL, NULL },
};

const struct cli_command cli_serve = {
	.name = "serve",
	.usage = "[FOLDER]…",
	.text = N_("serves a class from this machine, in browsers"),
	.purpose =
	    N_("Serves a class from this machine: students work in their "
	       "browsers; you present, hold votes and see who needs help."),
	.about =
	    N_("Serves a class: the page of rung page with the labs of the "
	       "FOLDERS, for everybody who has the code. Each student has an "
	       "engine on this machine. The teacher presents, holds votes, "
	       "sees who needs help, and receives the hand-ins. docs/SERVE.md "
	       "explains it, and what an eavesdropper sees without --tls."),
	.examples = serve_examples,
	.options = serve_options,
	.lasts = true,
	.fn = serve_class_serve,
};

static const struct cli_example engine_examples[] = {
	{ "rung engine < requests.jsonl",
	    N_("a call, its records and panes as JSON objects") },
	{ NULL, NULL },
};

const struct cli_command cli_engine = {
	.name = "engine",
	.usage = "",
	.text = N_("runs and explains for other programs, as JSON"),
	.purpose =
	    N_("Lets another program open, run and explain labs by lines "
	       "of JSON."),
	.about = N_("Requests arrive on standard input, one per line; answers "
		    "go to standard output. The engine opens texts of labs and "
		    "topologies, runs them, acts in them, returns records, "
		    "panes and figures, asks questions and judges answers "
		    "(docs/TRACE.md)."),
	.state = CLI_EXPERIMENTAL,
	.examples = engine_examples,
	.lasts = true,
	.fn = serve_engine,
};
