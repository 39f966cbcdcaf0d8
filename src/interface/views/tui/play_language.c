/*
 * Another language while something is played: it is kept for commands to come,
 * and all that was made of words is made anew.
 */
#include "views/tui/play.h"

#include "base/i18n.h"
#include "views/menu/menu.h"

#include <stdio.h>
#include <stdlib.h>

/* What holds words of the language there was. */
static void
forget_words(struct play *p)
{
	play_panes_anew(p);
	play_lay_out(p);
}

static void
say_language(struct play *p)
{
	const char *title = menu_language_title(i18n_language());
	const char *variable = i18n_variable();

	if (variable != NULL)
		play_say(p, _("language: %s; elsewhere %s=%s counts first"),
		    title, variable, getenv(variable));
	else
		play_say(p, _("language: %s"), title);
}

static void
keep_language(struct play *p)
{
	if (p->src->keep_language != NULL)
		p->src->keep_language(i18n_language());
	forget_words(p);
	say_language(p);
}

void
play_next_language(struct play *p)
{
	i18n_choose(i18n_next_language());
	keep_language(p);
}

bool
play_choose_language(struct play *p, struct str text)
{
	const char *before = i18n_language();
	char name[32];

	snprintf(name, sizeof(name), "%.*s", STR_ARG(utf8_clip(text, 20)));
	if (i18n_choose(name) != 0) {
		i18n_choose(before);
		play_tell(p, _("there are the languages en and zh"));
		return false;
	}
	keep_language(p);
	return true;
}
