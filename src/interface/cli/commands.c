/* The commands, in the order and the groups of the help page. */
#include "base/err.h"
#include "base/i18n.h"
#include "base/param.h"
#include "cli/option_checks.h"
#include "cli/command_words.h"
#include "cli/former_names.h"

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

static const struct cli_command *
find_slip(const char *word)
{
	size_t i = 0;

	while (cli_commands[i] != NULL &&
	       !str_iis(str_of(word), cli_commands[i]->name) &&
	       !param_is_slip(str_of(word), str_of(cli_commands[i]->name)))
		i++;
	return cli_commands[i];
}

bool
cli_tell_meant(const char *word, struct diag *d)
{
	const struct cli_command *near = find_slip(word);
	const char *typed = command_word_typed(word);
	const char *now = former_command(word);

	if (now != NULL)
		/* TRANSLATORS: an old command, the words now */
		diag_set(d, ERR_NOTFOUND, NULL, 0, _("rung %s is now %s"), word,
		    now);
	else if (typed != NULL)
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    /* TRANSLATORS: a word, the command line that is meant */
		    _("there is no command “%s”; use rung %s"), word, typed);
	else if (near != NULL)
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no command “%s”"), word);
	if (now == NULL && typed == NULL && near != NULL)
		diag_meant(d, ERR_NOTFOUND, near->name);
	return now != NULL || typed != NULL || near != NULL;
}

int
cli_refuse_command(const char *word, struct diag *d)
{
	if (!cli_tell_meant(word, d))
		diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no command “%s”; rung help lists them"), word);
	return d->err;
}
