/* Bytes that are no text: their offsets, the bytes and what of them ASCII has
 * a sign for. */
#ifndef DRAW_HEX_DOC_H
#define DRAW_HEX_DOC_H

#include "draw/doc.h"

/* Lines of 16 bytes, or of 8 where WIDTH is too small; each leads to SEQ. */
void hex_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d);

/* "08 83 10": of few bytes, appended; where there are more, "…" stands for
 * what is left out. */
void hex_line(struct str bytes, struct buf *out);

/* BYTES can be read as lines of text: UTF-8 with few control characters. */
bool hex_is_text(struct str bytes);
/* BYTES; those of a message whose body is a text in GB 18030 with that in
 * UTF-8, kept in SCRATCH, whose err tells of missing memory. */
struct str hex_as_text(struct str bytes, struct buf *scratch);

#endif
