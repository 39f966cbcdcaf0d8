/* rung export: the ladder as a file of another format. */
#include "base/err.h"
#include "cli/cli.h"
#include "views/ladder_dot.h"
#include "views/ladder_json.h"
#include "views/render.h"

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

static void
write_footer(const struct trace *t, struct buf *out)
{
	const struct trace_head *h = trace_head(t);

	buf_printf(out, _("rung · seed %lld · trace %016llx"),
	    (long long)h->seed, (unsigned long long)trace_hash(t));
}

static int
as_dot(struct cli *c, const struct trace *t, const struct layout *l,
    struct buf *out)
{
	struct buf footer = BUF_INIT;
	struct ladder_dot_options o = { .title = c->title };
	int err;

	write_footer(t, &footer);
	o.footer = buf_cstr(&footer);
	err = ladder_dot_write(l, &o, out);
	buf_free(&footer);
	return err;
}

typedef int export_fn(struct cli *c, const struct trace *t,
    const struct layout *l, struct buf *out, struct diag *d);

static int
export_txt(struct cli *c, const struct trace *t, const struct layout *l,
    struct buf *out, struct diag *d)
{
	(void)l;
	c->colour = false;
	return cli_ladder(c, t, out, d);
}

static int
export_gv(struct cli *c, const struct trace *t, const struct layout *l,
    struct buf *out, struct diag *d)
{
	(void)d;
	return as_dot(c, t, l, out);
}

static int
export_json(struct cli *c, const struct trace *t, const struct layout *l,
    struct buf *out, struct diag *d)
{
	(void)c;
	(void)t;
	(void)d;
	return ladder_json_write(l, out);
}

static int
export_picture(struct cli *c, const struct trace *t, const struct layout *l,
    struct buf *out, struct diag *d)
{
	struct buf dot = BUF_INIT;
	int err = as_dot(c, t, l, &dot);

	if (err == 0)
		err = render_write(buf_view(&dot),
		    render_format_find(str_of(c->format)), out, d);
	buf_free(&dot);
	return err;
}

static const struct {
	const char *name;
	export_fn *fn;
} formats[] = {
	{ "txt", export_txt },
	{ "gv", export_gv },
	{ "svg", export_picture },
	{ "png", export_picture },
	{ "pdf", export_picture },
	{ "json", export_json },
};

#define NFORMATS (sizeof(formats) / sizeof(formats[0]))

/* -f, else the ending of -o, else txt. */
static int
choose_format(struct cli *c, size_t *format, struct diag *d)
{
	const char *dot = c->output != NULL ? strrchr(c->output, '.') : NULL;

	if (c->format == NULL)
		c->format = dot != NULL ? dot + 1 : "txt";
	for (*format = 0; *format < NFORMATS; ++*format)
		if (strcmp(formats[*format].name, c->format) == 0)
			return 0;
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no format \"%s\"; there are txt, gv, svg, png, pdf "
	      "and json"),
	    c->format);
}

static int export(struct cli *c, int argc, char **argv, struct diag *d)
{
	const struct layout_options o = cli_layout_options(c);
	struct buf out = BUF_INIT;
	struct trace *t = NULL;
	struct layout *l = NULL;
	size_t format = 0;
	int err;

	if (argc != 1)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("export needs a FILE: a trace, lab, script or topology"));
	else
		err = choose_format(c, &format, d);
	if (err == 0)
		err = cli_load(c, argv[0], &t, d);
	if (err == 0)
		err = layout_create(&l, t, &o, d);
	if (err == 0)
		err = formats[format].fn(c, t, l, &out, d);
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
