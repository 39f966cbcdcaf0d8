/* A text in the user's own editor ($VISUAL, $EDITOR, vi). */
#ifndef VIEWS_TUI_EDITOR_H
#define VIEWS_TUI_EDITOR_H

#include "base/diag.h"

#include <stdbool.h>

/*
 * TEXT, a SIP message, is edited: with LF at the ends of its lines, which are
 * CRLF again afterwards where TEXT had CRLF.  *CHANGED where the bytes are
 * others now.  The terminal must be free.  0 or D's error, and TEXT is as it
 * was.
 */
int editor_run(struct buf *text, bool *changed, struct diag *d);

#endif
