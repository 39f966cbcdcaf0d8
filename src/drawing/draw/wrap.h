/*
 * Says where a text may be broken into lines: between words and next to
 * characters that take two cells, but not within "RFC 3261" or "500 ms", not
 * before a stop or a closing mark and not after an opening one.
 */
#ifndef DRAW_WRAP_H
#define DRAW_WRAP_H

#include "base/str.h"

/* Behind these a line of a message may end, where it has no spaces. */
#define WRAP_MESSAGE ";,>&"

/*
 * How many bytes of TEXT go onto a line of CELLS, at least one character.  ALSO
 * (may be NULL) are characters behind which a line may end as well.  *FORCED
 * (may be NULL): there was no good place, it breaks where the line is full.
 */
size_t wrap_fits(struct str text, size_t cells, const char *also, bool *forced);

/* A line may end in TEXT before the character at byte AT though no space is
 * there: for writers of text that is wrapped elsewhere. */
bool wrap_ends_at(struct str text, size_t at);

/* TEXT without the spaces that it begins with, for the line below. */
struct str wrap_rest(struct str text);

#endif
