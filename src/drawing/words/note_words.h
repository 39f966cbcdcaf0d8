/*
 * What a trace notes, in the language of who reads: what scripts of rung's own
 * labs say (inputs/share_table.h), and what phones, servers and captures say
 * with names, numbers and texts in it.  A trace keeps the English words.
 */
#ifndef WORDS_NOTE_WORDS_H
#define WORDS_NOTE_WORDS_H

#include "base/buf.h"

/* Appends TEXT, in the reader's words where they are known, else as it is. */
void note_put(struct buf *b, struct str text);

#endif
