/*
 * The listener to the progress of work; see base/progress.h.  A global, since a
 * process has one terminal, and work lies deep below the code that knows of it.
 */
#include "base/progress.h"

static progress_fn *listener;
static void *listener_arg;

void
progress_listen(progress_fn *fn, void *arg)
{
	listener = fn;
	listener_arg = arg;
}

void
progress_tell(const char *what, uint64_t done, uint64_t of)
{
	if (listener != NULL)
		listener(what, done, of, listener_arg);
}
