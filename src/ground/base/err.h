/*
 * Errors: 0 is success, everything else one of these codes.  The codes and
 * their sentences are one table; what a user did wrong is told by a
 * `struct diag` (base/diag.h), ours is an assert.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/i18n.h"

#define ERR_TABLE(X)                               \
	X(OK, N_("no error"))                      \
	X(NOMEM, N_("out of memory"))              \
	X(SYNTAX, N_("not of the expected form"))  \
	X(RANGE, N_("out of range"))               \
	X(IO, N_("reading or writing failed"))     \
	X(NOTFOUND, N_("not found"))               \
	X(EXISTS, N_("already exists"))            \
	X(LIMIT, N_("a limit was reached"))        \
	X(UNSUPPORTED, N_("not supported"))        \
	X(STATE, N_("not possible in this state")) \
	X(STOPPED, N_("stopped"))

enum err {
#define X(id, text) ERR_##id,
	ERR_TABLE(X)
#undef X
	    ERR_COUNT
};

/* The sentence of CODE in the user's language; static. */
const char *err_text(int code);
/* What the system's errno NUMBER means, in the user's language where it is one
 * that people meet, otherwise in English; as strerror. */
const char *err_system(int number);

#endif
