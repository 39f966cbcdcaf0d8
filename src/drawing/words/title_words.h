/*
 * The title of a lab or topology, or what a lab's script notes, in the language
 * of who reads.  A trace keeps it as the lab has it.
 */
#ifndef WORDS_TITLE_WORDS_H
#define WORDS_TITLE_WORDS_H

#include "base/str.h"

/* The catalogue's text for TITLE, or a note, where it is one of rung's own
 * (inputs/share_table.h), else TITLE itself. */
struct str title_translate(struct str title);

#endif
