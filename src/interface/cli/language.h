/*
 * The language rung speaks: what --lang names, else what the environment names
 * (i18n_variable), else what was chosen in the menu or on the
 * screen and kept, else English.
 */
#ifndef CLI_LANGUAGE_H
#define CLI_LANGUAGE_H

#include <stdbool.h>

enum language_from {
	LANGUAGE_FROM_NOTHING, /* English, by default */
	LANGUAGE_FROM_KEPT,
	LANGUAGE_FROM_ENVIRONMENT,
	LANGUAGE_FROM_OPTION,
};

/* Chooses it for the whole program, at its start.  *UNKNOWN is a --lang that
 * there is not, or NULL. */
enum language_from
language_choose(int argc, char *const *argv, const char **unknown);

/* Chooses NAME ("en", "zh_CN") and keeps it for commands to come; false where
 * there is no such language. */
bool language_keep(const char *name);

#endif
