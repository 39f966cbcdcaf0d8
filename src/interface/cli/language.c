/* The language that rung speaks; see cli/language.h. */
#include "cli/language.h"

#include "base/i18n.h"
#include "session/settings.h"

#include <stdio.h>
#include <string.h>

/* --lang counts wherever it stands, also for mistakes before it: the last one
 * that there is.  True where one counts. */
static bool
choose_by_option(int argc, char *const *argv, const char **unknown)
{
	bool chosen = false;

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		const char *value = NULL;

		if (strncmp(argv[i], "--lang=", 7) == 0)
			value = argv[i] + 7;
		else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			value = argv[i + 1];
		if (value == NULL)
			continue;
		if (i18n_choose(value) != 0)
			*unknown = value;
		else
			chosen = true;
	}
	return chosen;
}

enum language_from
language_choose(int argc, char *const *argv, const char **unknown)
{
	struct settings kept;

	*unknown = NULL;
	i18n_choose(NULL);
	if (choose_by_option(argc, argv, unknown))
		return LANGUAGE_FROM_OPTION;
	i18n_choose(NULL);
	if (i18n_variable() != NULL)
		return LANGUAGE_FROM_ENVIRONMENT;
	settings_read(&kept);
	if (kept.language[0] != '\0' && i18n_choose(kept.language) == 0)
		return LANGUAGE_FROM_KEPT;
	i18n_choose(NULL);
	return LANGUAGE_FROM_NOTHING;
}

bool
language_keep(const char *name)
{
	struct settings kept;

	if (i18n_choose(name) != 0)
		return false;
	settings_read(&kept);
	snprintf(kept.language, sizeof(kept.language), "%s", i18n_language());
	settings_write(&kept);
	return true;
}
