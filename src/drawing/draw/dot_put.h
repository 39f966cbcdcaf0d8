/* Strings in Graphviz's language, for every writer of it. */
#ifndef DRAW_DOT_PUT_H
#define DRAW_DOT_PUT_H

#include "base/buf.h"

/* TEXT in quotes as DOT wants it: nothing in it can end the string, begin an
 * escape of Graphviz's own or become an entity. */
void dot_quote(struct buf *b, struct str text);

#endif
