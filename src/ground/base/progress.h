/*
 * Progress of a long piece of work: the code that works reports it now and
 * then, and the interface may listen.  Reports steer nothing: the result is the
 * same with a listener or without.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include "base/i18n.h"

#include <stdint.h>

/* How often a loop over many small things tells how far it is. */
#define PROGRESS_EACH 1024

/*
 * WHAT is a word or two for the work, untranslated and static.  DONE of OF
 * parts are done; OF 0: their number is unknown.  One call with OF 0 and no
 * other may stand before work whose progress can't be asked.
 */
typedef void
progress_fn(const char *what, uint64_t done, uint64_t of, void *arg);

/* From now on FN (NULL: none) is called, in the thread that does the work. */
void progress_listen(progress_fn *fn, void *arg);
void progress_tell(const char *what, uint64_t done, uint64_t of);

/* The same in a loop, DONE the number of its turns so far. */
static inline void
progress_count(const char *what, uint64_t done, uint64_t of)
{
	if (done % PROGRESS_EACH == 0)
		progress_tell(what, done, of);
}

#endif
