/* rung serve: the engine for other programs, or a class at a teacher's
 * machine. */
#include "base/err.h"
#include "cert/cert.h"
#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/lecture.h"
#include "service/service.h"

#include <stdlib.h>
#include <string.h>

/* The interval of checks for the end. */
#define LOOK_MS 500

/* ---- messages ---- */

/* Until a signal ends it. */
static int
serve_class(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct lecture *n;
	int err;

	if (!cli_given(c, "port"))
		c->port = LECTURE_PORT;
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
	int err;

	if (c->stdio && (argc > 0 || c->ngiven > 1))
		return cli_refuse(
		    d, _("rung serve --stdio takes nothing else"));
	err = c->stdio ? service_serve(stdin, stdout)
		       : serve_class(c, argc, argv, d);
	diag_fail(d, err);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

/* ---- options ---- */

int
lecture_set_listen(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->listen = value;
	return 0;
}

int
lecture_set_port(struct cli *c, const char *value, struct diag *d)
{
	char *end;
	unsigned long port = strtoul(value, &end, 10);

	if (value[0] < '0' || value[0] > '9' || *end != '\0' || port > 65535)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("a port is a number up to 65535; 0: any"));
	c->port = (unsigned)port;
	return 0;
}

static int
set_engines_memory(struct cli *c, const char *value, struct diag *d)
{
	char *end;
	unsigned long mib = strtoul(value, &end, 10);

	if (value[0] < '0' || value[0] > '9' || *end != '\0' || mib < 1 ||
	    mib > 1ul << 30)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("memory is a number of MiB, from 1"));
	c->engines_mib = mib;
	return 0;
}

int
lecture_set_host(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->host = value;
	return 0;
}

int
lecture_set_tls(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->sealed = true;
	c->cert = value;
	return 0;
}

static int
set_handins(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->handins = value;
	return 0;
}

static const struct cli_option serve_options[] = {
	{ "address", 0, "ADDRESS",
	    N_("listens there; 0.0.0.0: for other machines, too"),
	    lecture_set_listen },
	{ "port", 0, "N", N_("at this port, else 8080; 0: any"),
	    lecture_set_port },
	{ "name", 0, "HOST", N_("by which others reach this machine, too"),
	    lecture_set_host },
	{ "tls", 0, "[=FILE]",
	    N_("sealed: with certificate and key in FILE (PEM), else with a "
	       "certificate made now"),
	    lecture_set_tls },
	{ "hand-in", 0, "FOLDER", N_("where hand-ins are put"), set_handins },
	{ "roster", 0, "FILE",
	    N_("names of the students (CSV), for the teacher, and a word of "
	       "each, if it has a column word"),
	    cli_set_roster },
	{ "memory", 0, "N",
	    N_("of all engines together, in MiB, else half the machine's"),
	    set_engines_memory },
	{ "stdio", 0, NULL,
	    N_("no class: requests come a line each from standard input, "
	       "answers go to standard output"),
	    cli_set_stdio },
	{ 0 },
};

static const struct cli_example serve_examples[] = {
	{ "rung serve --address=0.0.0.0",
	    N_("a class at this machine, by a QR code") },
	{ "rung serve --stdio < requests.jsonl",
	    N_("a call, its records, its panes, as objects of JSON") },
	{ NULL, NULL },
};

const struct cli_command cli_serve = {
	.name = "serve",
	.usage = "[FOLDER]…",
	.text = N_("a class at this machine; the engine for other programs"),
	.about =
	    N_("Serves a class: the page of rung page with the labs of the "
	       "FOLDERS, for whoever has the code; each has an engine of "
	       "its own here. The teacher shows, asks for votes, sees "
	       "who is stuck, and gets what is handed in. docs/SERVE.md "
	       "says how, and what a listener sees without --tls. With "
	       "--stdio it opens texts of labs and topologies, runs them, "
	       "acts in them, tells records, panes and pictures, asks and "
	       "judges, for a program that says what (docs/SERVICE.md)."),
	.examples = serve_examples,
	.options = serve_options,
	.lasts = true,
	.fn = class_command_serve,
};
