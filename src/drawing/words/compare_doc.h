/*
 * Two messages beside each other, and where two runs part.
 */
#ifndef WORDS_COMPARE_DOC_H
#define WORDS_COMPARE_DOC_H

#include "trace/reader.h"
#include "draw/doc.h"

/* From this width on messages stand side by side, below it one above the
 * other, line by line. */
#define COMPARE_WIDE 100

/*
 * The messages that record SEQ1 of T1 and SEQ2 of T2 (which may be the same
 * trace) are about: lines that differ are marked, and in them the part that
 * differs.  A line leads to SEQ1 if that message has it, else to SEQ2.  D's err
 * tells of missing memory.
 */
void compare_doc(const struct trace *t1, uint64_t seq1, const struct trace *t2,
    uint64_t seq2, size_t width, struct doc *d);

/* One sentence: up to which record the runs T1 and T2, of these names, are the
 * same. */
void difference_put_sentence(struct buf *b, const struct trace *t1,
    const char *name1, const struct trace *t2, const char *name2);

#endif
