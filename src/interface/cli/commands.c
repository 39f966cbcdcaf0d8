/* The commands, in the order and the groups of the help page. */
#include "base/err.h"
#include "base/i18n.h"
#include "cli/choice.h"
#include "cli/command_words.h"
#include "cli/replaced.h"

#include <string.h>

const struct cli_command *const cli_commands[] = {
	&cli_play,
	&cli_run_command,
	&cli_explain,
	&cli_parse,
	&cli_labs,
	&cli_show,
	&cli_inspect,
	&cli_diff,
	&cli_export,
	&cli_live,
	&cli_check,
	&cli_hand_in,
	&cli_report,
	&cli_worksheet,
	&cli_page,
	&cli_serve,
	&cli_new,
	&cli_copy,
	&cli_sweep,
	&cli_search,
	&cli_engine,
	&cli_link,
	&cli_doctor,
	&cli_help,
	NULL,
};

const struct cli_group cli_groups[] = {
	{ N_("Learn"), &cli_play },
	{ N_("Look"), &cli_show },
	{ N_("Teach"), &cli_check },
	{ N_("Build"), &cli_new },
	{ N_("More"), &cli_link },
	{ NULL, NULL },
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

const char *
cli_command_meant(const char *word)
{
	const char *names[COMMANDS_MOST];
	size_t n = 0;

	for (const struct cli_command *const *c = cli_commands;
	     *c != NULL && n < COMMANDS_MOST; c++)
		names[n++] = (*c)->name;
	return command_word_nearest(word, names, n);
}

int
cli_refuse_command(const char *word, struct diag *d)
{
	const char *now = replaced_command(word);
	const char *typed = now == NULL ? command_word_typed(word) : NULL;
	const char *near = cli_command_meant(word);

	if (now != NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    /* TRANSLATORS: an old command, the words now */
		    _("rung %s is now %s"), word, now);
	if (typed != NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    /* TRANSLATORS: a word, the command line that is meant */
		    _("there is no command “%s”; what you look for is rung %s"),
		    word, typed);
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    near != NULL ? _("there is no command “%s”")
			 : _("there is no command “%s”; rung help lists them"),
	    word);
	return diag_meant(d, ERR_NOTFOUND, near);
}
