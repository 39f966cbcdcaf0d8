/* A session that the engine runs, as the screen is given it
 * (views/tui/source.h). */
#ifndef CLI_PLAY_SOURCE_H
#define CLI_PLAY_SOURCE_H

#include "engine/engine.h"
#include "views/tui/source.h"

/* Opens the engine *E of S, which it borrows, and fills in SRC by both.  Where
 * nothing can be acted upon, `act` and `verbs` are NULL.  0 or D's error; *E is
 * to be closed, before S goes. */
int play_source_open(struct play_source *src, struct engine **e,
    struct session *s, struct diag *d);

#endif
