/*
 * What a record says, in words: one short line, or a whole sentence.  Both are
 * safe for a terminal and in the user's language; protocol words stay English.
 */
#ifndef WORDS_RECORD_TEXT_H
#define WORDS_RECORD_TEXT_H

#include "base/buf.h"
#include "draw/canvas.h"
#include "trace/board.h"
#include "trace/reader.h"

/* "INVITE → bil", "A fired", "ICT calling → proceeding (1xx)". */
void record_summary(
    const struct trace *t, const struct trace_rec *rec, struct buf *out);
/* "atl sent INVITE to bil." */
void record_sentence(
    const struct trace *t, const struct trace_rec *rec, struct buf *out);
/* One line that stands without its node: "INVITE atl → bil, again", else as
 * record_summary. */
void record_step(
    const struct trace *t, const struct trace_rec *rec, struct buf *out);
/* "INVITE" or "180 Ringing" of a send; "?" of another. */
void record_message_name(
    const struct trace *t, const struct trace_rec *send, struct buf *out);
/* "Why did atl send INVITE to bil at 0.505 s (record 41)?" */
void record_question(
    const struct trace *t, const struct trace_rec *rec, struct buf *out);

/* "RFC 3261 17.1.1.2: Timer A …", the rule of REC; false and nothing where it
 * names none that is known. */
bool record_rule(const struct trace_rec *rec, struct buf *out);
/* "17.1.1.2", of other RFCs than SIP's own "RFC 6026 7.1"; of an unknown rule
 * as the record has it. */
void record_rule_place(const struct trace_rec *rec, struct buf *out);

/* "q 0.7" of a preference in thousandths, as docs/TRACE.md has them. */
void record_put_q(struct buf *out, int64_t thousandths);

/* " (inferred)", in the user's language, of record SEQ where it was not
 * observed but follows from what was (docs/TRACE.md); else "". */
const char *record_inferred(const struct trace *t, uint64_t seq);

/* The colour of a kind; of a message by its arrow. */
enum canvas_style record_kind_style(enum trace_kind kind);
enum canvas_style record_arrow_style(enum trace_arrow arrow);

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

/* What WORD of `sound` (docs/TRACE.md) is called; NULL: it names a file. */
const char *record_sound(struct str word);

/* ---- why what arrived could not be read, in words ---- */

/* Why a `bad` record's input was rejected, and at which words; safe text in
 * the user's language. */
void refusal_put_words(struct buf *b, const struct trace_rec *rec);

/* ---- a handset's board: pieces for sentences, panes and figures ---- */

/* "145,320 instructions, 1.07 ms" */
void board_put_work(struct buf *b, uint64_t count, uint64_t ns);
/* "585 KiB program, 51 KiB heap, 2.6 KiB stack, of 64 MiB" */
void board_put_memory(struct buf *b, const struct trace_board *r);
/* PART of WHOLE in hundredths, rounded; 0 where WHOLE is 0. */
unsigned board_percent(uint64_t part, uint64_t whole);

#endif
