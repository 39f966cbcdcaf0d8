/* The commands, in the order of the help page. */
#include "cli/play.h"

#include <string.h>

const struct cli_command *const cli_commands[] = {
	&cli_play,
	&cli_run_command,
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
