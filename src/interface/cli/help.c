/* rung help: the short list, and a page for each command; the same for man, and
 * for the shells that complete a command line. */
#include "cli/help.h"

#include "base/err.h"
#include "cli/choice.h"
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
	struct buf text = BUF_INIT;

	cli_put_option_text(&text, o);
	doc_line(out, 0);
	if (o->letter != 0)
		doc_printf(out, STYLE_PLAIN, "  -%c, ", o->letter);
	else
		doc_pad(out, 6);
	doc_printf(out, STYLE_PLAIN, "--%s", o->name);
	if (o->value != NULL)
		doc_printf(out, STYLE_PLAIN, "%s%s",
		    o->value[0] == '[' ? "" : "=", o->value);
	doc_wrap_beside(out, STYLE_PLAIN, buf_view(&text), OPTION_TEXT, width);
	buf_free(&text);
}

/* What rung takes in place of a command (cli/main.c). */
static const struct cli_option in_place[] = {
	{ "help", 'h', NULL, N_("this page, or that of a command"), NULL },
	{ "version", 'V', NULL,
	    N_("the version, how it was built, and what is loaded when it is "
	       "needed"),
	    NULL },
	{ 0 },
};

void
cli_option_lists(const struct cli_command *cmd,
    const struct cli_option *lists[CLI_OPTION_LISTS])
{
	size_t n = 0;

	if (cmd == NULL)
		lists[n++] = in_place;
	else if (cmd->options != NULL)
		lists[n++] = cmd->options;
	if (cmd != NULL && cmd->runs)
		lists[n++] = cli_run_options;
	lists[n++] = cli_common;
	lists[n] = NULL;
}

static void
write_options(const struct cli_command *cmd, size_t width, struct doc *out)
{
	const struct cli_option *lists[CLI_OPTION_LISTS];

	cli_option_lists(cmd, lists);
	for (size_t i = 0; lists[i] != NULL; i++)
		for (const struct cli_option *o = lists[i]; o->name != NULL;
		     o++)
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
	write_options(cmd, width, out);
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

/* What is for other programs. */
static const struct {
	const char *format;
	bool pages; /* one for each command */
	void (*write)(const struct cli_command *cmd, struct buf *out);
} forms[] = {
	{ "man", true, cli_manual_write },
	{ "bash", false, cli_complete_bash },
	{ "zsh", false, cli_complete_zsh },
};

#define FORMS (sizeof(forms) / sizeof(forms[0]))

static int
print_form(struct cli *c, const struct cli_command *cmd, struct diag *d)
{
	struct buf out = BUF_INIT;
	size_t i = 0;

	while (i < FORMS && strcmp(forms[i].format, c->format) != 0)
		i++;
	if (i == FORMS) {
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("--format: “%s” is none of man, bash, zsh"), c->format);
		return diag_near(
		    d, ERR_NOTFOUND, str_of(c->format), "man, bash, zsh");
	}
	if (cmd != NULL && !forms[i].pages)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--format=%s is of all commands, so there is no COMMAND"),
		    c->format);
	forms[i].write(cmd, &out);
	cli_write(c, &out, NULL, d);
	buf_free(&out);
	return d->err;
}

static int
print_page(struct cli *c, const struct cli_command *cmd, struct diag *d)
{
	struct buf out = BUF_INIT;

	cli_help_write(c, cmd, &out);
	cli_print(c, &out, d);
	buf_free(&out);
	return d->err;
}

static const struct cli_option help_options[] = {
	{ "format", 'f', "FORMAT",
	    N_("for other programs: man (a page of the manual), bash or zsh "
	       "(what completes a command line there)"),
	    cli_set_format },
	{ 0 },
};

static const struct cli_example help_examples[] = {
	{ "rung help", N_("the list of commands") },
	{ "rung help export", N_("the options of figures") },
	{ "rung help --format=bash > rung.bash",
	    N_("where rung is not installed: source rung.bash completes "
	       "command lines in this shell") },
	{ NULL, NULL },
};

static int
help(struct cli *c, int argc, char **argv, struct diag *d)
{
	const struct cli_command *cmd =
	    argc > 0 ? cli_find_command(argv[0]) : NULL;

	if (cli_check_place(c, c->format != NULL ? "program" : "page", d) != 0)
		return CLI_USAGE;
	if (argc > 1)
		return cli_refuse(d, _("help takes one COMMAND"));
	if (argc > 0 && cmd == NULL) {
		const char *near = cli_command_meant(argv[0]);

		diag_set(d, 1, NULL, 0,
		    near != NULL
			? _("there is no command “%s”")
			: _("there is no command “%s”; rung help lists them"),
		    argv[0]);
		diag_meant(d, 1, near);
		return CLI_USAGE;
	}
	return (c->format != NULL ? print_form : print_page)(c, cmd, d) == 0
		   ? CLI_OK
		   : CLI_USAGE;
}

const struct cli_command cli_help = {
	.name = "help",
	.usage = "[COMMAND]",
	.text = N_("this list, or a command's page"),
	.about = N_("Prints the list of commands, or the page of one."),
	.examples = help_examples,
	.options = help_options,
	.fn = help,
};
