/*
 * The names a Lua text declares (locals, parameters, functions, loop
 * variables), so that a misspelt one can be answered with the right one.
 */
#ifndef SCRIPT_LUA_NAMES_H
#define SCRIPT_LUA_NAMES_H

#include "base/str.h"

/* Lua's tokens in TEXT; zeroed except for that. */
struct lua_scan {
	struct str text;
	size_t at;        /* behind the token */
	struct str token; /* as it stands */
	struct str name;  /* the same of a word or number, else empty */
	char punct;       /* a sign, '"' for a string; 0 of words */
};

/* The next one; false behind the last. */
bool lua_scan_next(struct lua_scan *s);

/* More are not remembered. */
#define LUA_NAMES_MAX 1024

struct lua_names {
	char **names; /* owned, in the text's order, each once */
	size_t n;
};

/* Adds those of TEXT; 0 or ERR_NOMEM. TEXT need not be valid Lua. */
int lua_names_scan(struct lua_names *names, struct str text);
void lua_names_free(struct lua_names *names);

#endif
