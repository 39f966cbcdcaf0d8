/*
 * The names a Lua text declares (locals, parameters, functions, loop
 * variables), so that a misspelt one can be answered with the right one.
 */
#ifndef SCRIPT_NAMES_H
#define SCRIPT_NAMES_H

#include "base/str.h"

/* More are not remembered. */
#define NAMES_MAX 1024

struct names {
	char **names; /* owned, in the text's order, each once */
	size_t n;
};

/* Adds those of TEXT; 0 or ERR_NOMEM. TEXT need not be valid Lua. */
int names_scan(struct names *names, struct str text);
void names_free(struct names *names);

#endif
