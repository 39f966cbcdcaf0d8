/* The commands, in the order of the help page. */
#include "base/param.h"

#include <string.h>

#include "cli/choice.h"

const struct cli_command *const cli_commands[] = {
	&cli_play,
	&cli_run_command,
	&cli_live,
	&cli_sweep,
	&cli_search,
	&cli_show,
	&cli_explain,
	&cli_export,
	&cli_diff,
	&cli_inspect,
	&cli_import,
	&cli_parse,
	&cli_resume,
	&cli_labs,
	&cli_new,
	&cli_copy,
	&cli_check,
	&cli_hand_in,
	&cli_link,
	&cli_page,
	&cli_report,
	&cli_worksheet,
	&cli_class,
	&cli_serve,
	&cli_doctor,
	&cli_help,
	NULL,
};

const struct cli_command *
cli_find_command(const char *name)
{
	for (size_t i = 0; cli_commands[i] != NULL; i++)
		if (strcmp(cli_commands[i]->name, name) == 0)
			return cli_commands[i];
	return NULL;
}

#define COMMANDS_MOST 64 /* names that are compared with a wrong one */

/* What people call commands. */
static const struct param_synonym synonyms[] = {
	{ "create", "new" },
	{ "start", "run" },
	{ "open", "play" },
	{ "view", "show" },
	{ "convert", "export" },
	{ "list", "labs" },
	{ "ls", "labs" },
	{ "call", "run" },
	{ "simulate", "run" },
	{ "exec", "run" },
	{ "compare", "diff" },
	{ "why", "explain" },
	{ "pcap", "import" },
	{ "analyze", "inspect" },
	{ "draw", "export" },
	{ "save", "export" },
	{ "grade", "check" },
	{ "mark", "check" },
	{ "submit", "hand-in" },
	{ NULL, NULL },
};

const char *
cli_command_meant(const char *word)
{
	const char *names[COMMANDS_MOST];
	size_t n = 0;

	for (const struct cli_command *const *c = cli_commands;
	     *c != NULL && n < COMMANDS_MOST; c++)
		names[n++] = (*c)->name;
	return param_meant(synonyms, str_of(word), names, n, sizeof(names[0]));
}
