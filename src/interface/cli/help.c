/* rung help: the short list, and a page for each command. */
#include "base/err.h"
#include "cli/choice.h"
#include "cli/cli.h"
#include "draw/doc.h"

#include <string.h>

static void
write_paragraph(const char *text, size_t width, struct doc *out)
{
	doc_line(out, 0);
	doc_wrap(out, STYLE_PLAIN, str_of(text), 0, width);
}

/* Where the second column begins. */
#define OPTION_TEXT  30
#define COMMAND_TEXT 12

static void
write_option(const struct cli_option *o, size_t width, struct doc *out)
{
	doc_line(out, 0);
	if (o->letter != 0)
		doc_printf(out, STYLE_PLAIN, "  -%c, ", o->letter);
	else
		doc_pad(out, 6);
	doc_printf(out, STYLE_PLAIN, "--%s", o->name);
	if (o->value != NULL)
		doc_printf(out, STYLE_PLAIN, "%s%s",
		    o->value[0] == '[' ? "" : "=", o->value);
	doc_wrap_beside(
	    out, STYLE_PLAIN, str_of(_(o->text)), OPTION_TEXT, width);
}

static void
write_options(const struct cli_option *o, size_t width, struct doc *out)
{
	for (; o != NULL && o->name != NULL; o++)
		write_option(o, width, out);
}

static void
write_examples(const struct cli_example *e, size_t width, struct doc *out)
{
	size_t most = 0;

	for (size_t i = 0; e[i].command != NULL; i++)
		if (strlen(e[i].command) > most)
			most = strlen(e[i].command);
	doc_line(out, 0);
	write_paragraph(_("Examples:"), width, out);
	for (; e->command != NULL; e++) {
		doc_line(out, 0);
		doc_printf(out, STYLE_PLAIN, "  %s", e->command);
		doc_wrap_beside(
		    out, STYLE_PLAIN, str_of(_(e->text)), most + 4, width);
	}
}

static void
write_page(const struct cli_command *cmd, size_t width, struct doc *out)
{
	struct buf usage = BUF_INIT;

	buf_printf(
	    &usage, _("Usage: rung %s [options] %s"), cmd->name, cmd->usage);
	buf_truncate(&usage, str_trim(buf_view(&usage)).n);
	write_paragraph(buf_cstr(&usage), width, out);
	doc_line(out, 0);
	write_paragraph(_(cmd->about), width, out);
	doc_line(out, 0);
	write_paragraph(_("Options:"), width, out);
	write_options(cmd->options, width, out);
	if (cmd->runs)
		write_options(cli_run_options, width, out);
	write_options(cli_common, width, out);
	if (cmd->examples != NULL)
		write_examples(cmd->examples, width, out);
	buf_end(&usage, &out->err);
}

static void
write_list(size_t width, struct doc *out)
{
	write_paragraph(
	    _("rung simulates SIP networks and explains every message.\n\n"
	      "Usage: rung COMMAND [options] …\n"
	      "       rung FILE      plays a lab, topology, trace or "
	      "capture"),
	    width, out);
	doc_line(out, 0);
	for (size_t i = 0; cli_commands[i] != NULL; i++) {
		doc_line(out, 0);
		doc_printf(out, STYLE_PLAIN, "  %s", cli_commands[i]->name);
		doc_wrap_beside(out, STYLE_PLAIN,
		    str_of(_(cli_commands[i]->text)), COMMAND_TEXT, width);
	}
	doc_line(out, 0);
	write_paragraph(
	    _("rung help COMMAND opens a command's page.  To begin:\n\n"
	      "  rung labs\n"
	      "  rung run two-proxies"),
	    width, out);
}

void
cli_help_write(
    const struct cli *c, const struct cli_command *cmd, struct buf *out)
{
	size_t width = c->width != 0 ? c->width : CLI_WIDTH_PAGE;
	struct doc doc = DOC_INIT;

	if (cmd != NULL)
		write_page(cmd, width, &doc);
	else
		write_list(width, &doc);
	if (doc_write(&doc, out) != 0)
		out->err = ERR_NOMEM;
	doc_free(&doc);
}

static const struct cli_example examples[] = {
	{ "rung help", N_("the list of commands") },
	{ "rung help export", N_("the options of figures") },
	{ NULL, NULL },
};

static int
help(struct cli *c, int argc, char **argv, struct diag *d)
{
	struct buf out = BUF_INIT;
	const struct cli_command *cmd =
	    argc > 0 ? cli_find_command(argv[0]) : NULL;

	if (cli_check_place(c, "help", d) != 0)
		return CLI_USAGE;
	if (argc > 1)
		return cli_refuse(d, _("help takes one COMMAND"));
	if (argc > 0 && cmd == NULL) {
		diag_set(d, 1, NULL, 0, _("there is no command “%s”"), argv[0]);
		return CLI_USAGE;
	}
	cli_help_write(c, cmd, &out);
	cli_print(c, &out, d);
	buf_free(&out);
	return CLI_OK;
}

const struct cli_command cli_help = {
	.name = "help",
	.usage = "[COMMAND]",
	.text = N_("this list, or a command's page"),
	.about = N_("Prints the list of commands, or the page of one."),
	.examples = examples,
	.fn = help,
};
