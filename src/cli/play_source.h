/* A session, as the screen is given it (views/tui/source.h). */
#ifndef CLI_PLAY_SOURCE_H
#define CLI_PLAY_SOURCE_H

#include "session/session.h"
#include "views/tui/source.h"

/* Fills SRC in; borrows S.  Where nothing can be acted upon, `act` and `verbs`
 * are NULL. */
void play_source_of(struct play_source *src, struct session *s);

#endif
