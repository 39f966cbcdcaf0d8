/*
 * The render process: foreign libraries draw in a process of its own, because
 * without memory they end the process that calls them, or hang.  The render
 * process has bounds on its memory and on its time, and a failure is a
 * sentence.
 */
#ifndef DRAW_RENDER_PROCESS_H
#define DRAW_RENDER_PROCESS_H

#include "base/diag.h"

/*
 * Draws WHAT in another process, and appends it to OUT there; 0 or D's error.
 * Memory that it takes needn't be given back.
 */
typedef int
render_process_fn(const void *what, struct buf *out, struct diag *d);

/* Appends what FN draws of WHAT to OUT.  0, FN's error, ERR_NOMEM, ERR_LIMIT
 * (it takes too long), ERR_UNSUPPORTED (its process crashed), ERR_IO (it can't
 * be begun); each with a sentence in D. */
int render_process_run(
    render_process_fn *fn, const void *what, struct buf *out, struct diag *d);

#endif
