/* A text in the user's own editor ($VISUAL, $EDITOR, vi). */
#ifndef VIEWS_TUI_EDITOR_H
#define VIEWS_TUI_EDITOR_H

#include "base/diag.h"

#include <stdbool.h>

/*
 * Lets the user edit TEXT, a SIP message.  In the editor its lines end in LF;
 * afterwards in CRLF again where TEXT had CRLF.  *CHANGED: the bytes differ
 * from before.  The screen must have left the terminal (screen_leave).  0; or
 * D's error, and TEXT is as it was.
 */
int editor_run(struct buf *text, bool *changed, struct diag *d);

#endif
