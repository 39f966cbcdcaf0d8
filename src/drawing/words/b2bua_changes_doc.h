/*
 * The changes that a B2BUA has made to a message (follower/b2bua_changes.h) in
 * words: the two messages part by part, with the rows that say what becomes of
 * each; or in one sentence.
 */
#ifndef WORDS_B2BUA_CHANGES_DOC_H
#define WORDS_B2BUA_CHANGES_DOC_H

#include "draw/doc.h"
#include "trace/reader.h"

/* From this width on the two stand side by side. */
#define PASSAGE_WIDE 90

/*
 * Appends to D the passage of the message that record SEQ of T is about: a
 * B2BUA has made the message, or has made another from it by record LAST.  If
 * there is no passage, appends a sentence.  D's err is set without memory.
 */
void b2bua_changes_doc(const struct trace *t, uint64_t seq, uint64_t last,
    size_t width, struct doc *d);

/* Appends "Copied from record 41, but for: …" of the message that REC sends;
 * false and nothing for any other record, and where no box has made it. */
bool b2bua_passage_put_sentence(
    const struct trace *t, const struct trace_rec *rec, struct buf *out);

#endif
