/*
 * How much work Lua's compiler has with a text.  It is linear in the text but
 * for a few lists, which are gone through once more for each of their entries:
 * a megabyte can take minutes, in which nothing else is heard.  So the entries
 * are counted before, and the same text is refused on every machine.
 */
#ifndef SCRIPT_COMPILE_WORK_H
#define SCRIPT_COMPILE_WORK_H

#include "base/diag.h"

/* Steps of those lists, 1 or 2 ns each, that a text may cost. */
#define COMPILE_WORK_MAX UINT64_C(100000000)

/* 0, or ERR_LIMIT with FILE, the line and the reason in D. TEXT need not be
 * valid Lua. */
int compile_work_check(struct str text, const char *file, struct diag *d);

#endif
