/* rung help: the short list, and a page for each command. */
#include "base/utf8.h"
#include "cli/choice.h"
#include "cli/cli.h"

#include <string.h>

static void
write_option(const struct cli_option *o, struct buf *out)
{
	struct buf left = BUF_INIT;

	buf_puts(&left, "  ");
	if (o->letter != 0)
		buf_printf(&left, "-%c, ", o->letter);
	else
		buf_puts(&left, "    ");
	buf_printf(&left, "--%s", o->name);
	if (o->value != NULL)
		buf_printf(&left, "=%s", o->value);
	if (left.n < 30)
		buf_fill(&left, ' ', 30 - left.n);
	else
		buf_putc(&left, ' ');
	buf_str(out, buf_view(&left));
	buf_puts(out, _(o->text));
	buf_putc(out, '\n');
	buf_free(&left);
}

static void
write_examples(const struct cli_example *e, struct buf *out)
{
	size_t most = 0;

	for (size_t i = 0; e[i].command != NULL; i++)
		if (strlen(e[i].command) > most)
			most = strlen(e[i].command);
	buf_printf(out, "\n%s\n", _("Examples:"));
	for (; e->command != NULL; e++)
		buf_printf(
		    out, "  %-*s  %s\n", (int)most, e->command, _(e->text));
}

void
cli_help_page(const struct cli_command *cmd, struct buf *out)
{
	buf_printf(
	    out, _("Usage: rung %s [options] %s\n"), cmd->name, cmd->usage);
	buf_printf(out, "\n%s\n\n%s\n", _(cmd->about), _("Options:"));
	for (const struct cli_option *o = cmd->options;
	     o != NULL && o->name != NULL; o++)
		write_option(o, out);
	for (const struct cli_option *o = cli_run_options;
	     cmd->runs && o->name != NULL; o++)
		write_option(o, out);
	for (const struct cli_option *o = cli_common; o->name != NULL; o++)
		write_option(o, out);
	if (cmd->examples != NULL)
		write_examples(cmd->examples, out);
}

void
cli_help_list(struct buf *out)
{
	buf_puts(out,
	    _("rung simulates SIP networks and explains every message.\n\n"));
	buf_puts(out, _("Usage: rung COMMAND [options] …\n"
			"       rung FILE      plays a lab, topology, trace or "
			"capture\n\n"));
	for (size_t i = 0; cli_commands[i] != NULL; i++)
		buf_printf(out, "  %-9s %s\n", cli_commands[i]->name,
		    _(cli_commands[i]->text));
	buf_puts(
	    out, _("\nrung help COMMAND opens a command's page.  To begin:\n\n"
		   "  rung labs\n"
		   "  rung run two-proxies\n"));
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
	const struct cli_command *cmd = NULL;

	for (size_t i = 0; argc > 0 && cli_commands[i] != NULL; i++)
		if (strcmp(cli_commands[i]->name, argv[0]) == 0)
			cmd = cli_commands[i];
	if (cli_check_place(c, "help", d) != 0)
		return CLI_USAGE;
	if (argc > 0 && cmd == NULL) {
		diag_set(
		    d, 1, NULL, 0, _("there is no command \"%s\""), argv[0]);
		return CLI_USAGE;
	}
	if (cmd != NULL)
		cli_help_page(cmd, &out);
	else
		cli_help_list(&out);
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
