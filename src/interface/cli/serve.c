/* rung serve: a class at a teacher's machine; rung engine: the engine for other
 * programs. */
#include "base/err.h"
#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/lecture.h"
#include "service/service.h"

/* The interval of checks for the end. */
#define LOOK_MS 500

/* ---- messages ---- */

/* Until a signal ends it. */
static int
serve_class(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct lecture *n;
	int err;

	interrupt_catch();
	err = lecture_open(&n, c, argv, (size_t)argc, NULL, d);
	if (err == 0)
		err = lecture_tell(n, d);
	while (err == 0 && interrupt_came() == 0)
		err = lecture_go_on(n, -1, LOOK_MS, d);
	interrupt_leave();
	lecture_close(n);
	return err;
}

static int
class_command_serve(struct cli *c, int argc, char **argv, struct diag *d)
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
	    N_("listens there; 0.0.0.0: for other machines, too; at port 8080 "
	       "unless another is given; 0: any"),
	    lecture_set_listen },
	{ "name", 0, "HOST",
	    N_("adds a name of this machine for other "
	       "machines"),
	    lecture_set_host },
	{ "tls", 0, "[=FILE]",
	    N_("sealed: with certificate and key in FILE (PEM), else with a "
	       "certificate made now"),
	    lecture_set_tls },
	{ "output", 'o', "FOLDER", N_("where hand-ins are put"), set_handins },
	{ "roster", 0, "FILE",
	    N_("names of the students (CSV), for the teacher, and a word of "
	       "each, if it has a column word"),
	    cli_set_roster },
	{ "limit", 0, "ram=SIZE",
	    N_("of all engines together, else half the machine's memory"),
	    cli_set_limit },
	{ 0 },
};

static const struct cli_example serve_examples[] = {
	{ "rung serve --address=0.0.0.0",
	    N_("a class at this machine, by a QR code") },
	{ NULL, NULL },
};

const struct cli_command cli_serve = {
	.name = "serve",
	.usage = "[FOLDER]…",
	.text = N_("a class at this machine, in browsers"),
	.purpose =
	    N_("Serves a class from this machine: students work in their "
	       "browsers, you show, ask for votes and see who is stuck."),
	.about =
	    N_("Serves a class: the page of rung page with the labs of the "
	       "FOLDERS, for whoever has the code; each has an engine of "
	       "its own here. The teacher shows, asks for votes, sees "
	       "who is stuck, and gets what is handed in. docs/SERVE.md "
	       "says how, and what a listener sees without --tls."),
	.examples = serve_examples,
	.options = serve_options,
	.lasts = true,
	.fn = class_command_serve,
};

static const struct cli_example engine_examples[] = {
	{ "rung engine < requests.jsonl",
	    N_("a call, its records, its panes, as objects of JSON") },
	{ NULL, NULL },
};

const struct cli_command cli_engine = {
	.name = "engine",
	.usage = "",
	.text = N_("runs and explains for other programs, as JSON"),
	.purpose =
	    N_("Lets another program open, run and explain labs by lines "
	       "of JSON."),
	.about = N_("Requests come a line each from standard input, answers go "
		    "to standard output. It opens texts of labs and "
		    "topologies, runs them, acts in them, tells records, panes "
		    "and pictures, asks and judges, for a program that says "
		    "what (docs/SERVICE.md)."),
	.examples = engine_examples,
	.lasts = true,
	.fn = serve_engine,
};
