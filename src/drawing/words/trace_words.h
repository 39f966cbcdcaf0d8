/*
 * What a trace notes, in the language of who reads: what scripts of rung's own
 * labs say (inputs/share_table.h), and what phones, servers and captures say
 * with names, numbers and texts in it.  A trace keeps the English words.
 */
#ifndef WORDS_TRACE_WORDS_H
#define WORDS_TRACE_WORDS_H

#include "base/buf.h"
#include "base/str.h"
#include "trace/reader.h"

/* Appends TEXT, in the reader's words where they are known, else as it is. */
void note_put_text(struct buf *b, struct str text);

/*
 * The catalogue's text for TITLE, of a lab or topology, or for what a lab's
 * script notes, if it is one of rung's own (inputs/share_table.h), else TITLE
 * itself. A trace keeps it as the lab has it.
 */
struct str title_translate(struct str title);

/* ---- where a figure comes from, so that it can be made again ---- */

/* "rung · lost-messages · seed 7 · trace c9656b5bdf1404b1"; a capture, which
 * needs no seed, has neither name nor seed.  The name comes from the trace: the
 * caller escapes B. */
void origin_put_line(struct buf *b, const struct trace *t);
/* The same in B; and in FULL, for programs and not translated, also the title,
 * what was set and how many acts there were. */
void origin_put_both(struct buf *b, struct buf *full, const struct trace *t);

#endif
