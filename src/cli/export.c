/* rung export: the ladder as a file of another format. */
#include "base/err.h"
#include "cli/cli.h"
#include "ladder/ladder_file.h"

#include <string.h>

static const struct cli_option options[] = {
	{ "format", 'f', "FORMAT", N_("txt, gv, svg, png, pdf or json"),
	    cli_set_format },
	{ "output", 'o', "FILE", N_("writes to FILE, - for standard output"),
	    cli_set_output },
	{ "title", 0, "TEXT", N_("a title of your own"), cli_set_title },
	{ "time", 0, "AXIS",
	    N_("order: a line a message; true: an axis with a scale"),
	    cli_set_time },
	{ "number", 0, NULL, N_("numbers the messages F1, F2 …"),
	    cli_set_number },
	{ "fold", 0, NULL, N_("draws a message and its repetitions as one"),
	    cli_set_fold },
	{ "no-notes", 0, NULL, N_("leaves timers, states and remarks out"),
	    cli_set_no_notes },
	{ "call", 0, "ID", N_("only the call with this Call-ID"),
	    cli_set_call },
	{ "node", 0, "NAME", N_("only this node; may be repeated"),
	    cli_add_node },
	{ "from", 0, "TIME", N_("begins there"), cli_set_from },
	{ "to", 0, "TIME", N_("ends there"), cli_set_to },
	{ 0 },
};

/* -f, else the ending of -o, else txt. */
static void
choose_format(struct cli *c)
{
	const char *dot = c->output != NULL ? strrchr(c->output, '.') : NULL;

	if (c->format == NULL)
		c->format = dot != NULL ? dot + 1 : "txt";
}

/* Before anything is run for it. */
static int
check_format(const struct cli *c, struct diag *d)
{
	for (size_t i = 0; ladder_file_format(i) != NULL; i++)
		if (strcmp(ladder_file_format(i), c->format) == 0)
			return 0;
	return ladder_file_write(c->format, NULL, NULL, NULL, NULL, d);
}

static int export(struct cli *c, int argc, char **argv, struct diag *d)
{
	const struct layout_options o = cli_layout_options(c);
	struct buf out = BUF_INIT;
	struct trace *t = NULL;
	struct layout *l = NULL;
	struct ladder_file_options file = { .width = c->width,
		.ascii = !c->utf8 };
	int err;

	choose_format(c);
	file.title = c->title;
	if (argc != 1)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("export needs a FILE: a trace, lab, script or topology"));
	else
		err = check_format(c, d);
	if (err == 0)
		err = cli_load(c, argv[0], &t, d);
	if (err == 0)
		err = layout_create(&l, t, &o, d);
	if (err == 0)
		err = ladder_file_write(c->format, t, l, &file, &out, d);
	if (err == 0)
		err = cli_write(&out, c->output, d);
	else
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	layout_destroy(l);
	trace_destroy(t);
	buf_free(&out);
	return err == 0 ? CLI_OK : CLI_USAGE;
}

const struct cli_command cli_export = {
	.name = "export",
	.usage = "FILE",
	.text = N_("the ladder as txt, gv, svg, png, pdf or json"),
	.about = N_("Draws the ladder of a trace (or of a lab, script or "
		    "topology that is\n"
		    "run for it) into a file for a report."),
	.options = options,
	.runs = true,
	.fn = export,
};
