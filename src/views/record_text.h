/*
 * What a record says, in words: one short line, or a whole sentence.  Both are
 * safe for a terminal and in the user's language; protocol words stay English.
 */
#ifndef VIEWS_RECORD_TEXT_H
#define VIEWS_RECORD_TEXT_H

#include "trace/reader.h"

/* "INVITE → bil", "A fired", "ICT calling → proceeding (1xx)". */
void record_summary(
    const struct trace *t, const struct trace_rec *rec, struct buf *out);
/* "atl sent INVITE to bil." */
void record_sentence(
    const struct trace *t, const struct trace_rec *rec, struct buf *out);
/* "Why did atl send INVITE to bil at 0.505 s (record 41)?" */
void record_question(
    const struct trace *t, const struct trace_rec *rec, struct buf *out);

/* "q 0.7" of a preference in thousandths, as docs/TRACE.md has them. */
void record_put_q(struct buf *out, int64_t thousandths);

/* The send record that REC (a send, recv or drop) is about; false where there
 * is none. */
bool record_message(
    const struct trace *t, const struct trace_rec *rec, struct trace_rec *send);

/*
 * Appends TEXT, broken into lines of at most WIDTH cells between words (or
 * between two wide characters); all lines but the first begin with INDENT
 * spaces.  The first line has USED cells already.  No newline at the end.
 */
void record_wrap(
    struct buf *out, struct str text, size_t used, size_t indent, size_t width);

#endif
