/*
 * Two traces side by side, or what differs between them as a list.
 */
#ifndef WORDS_DIFF_TEXT_H
#define WORDS_DIFF_TEXT_H

#include "base/buf.h"
#include "draw/theme.h"
#include "trace/align.h"

struct diff_text_options {
	size_t width; /* cells of a line; 0: 80; below 60 it counts as 60 */
	enum theme theme;
	bool ascii; /* signs of ASCII, of the same width */
	bool brief; /* only what differs, a line each */
	bool times; /* by how much each message comes earlier or later */
	bool all;   /* also long stretches without differences */
	const char *name_a, *name_b; /* what the two are called, or NULL */
};

/* Safe for a terminal, in the user's language.  0 or ERR_NOMEM. */
int diff_text_write(
    const struct align *al, const struct diff_text_options *o, struct buf *out);

/*
 * Chooses the rows of a comparison to show: long stretches without differences
 * are summed up. Begin with AL and ALL (nothing is summed up) set and the rest
 * zero.
 */
struct diff_walk {
	const struct align *al;
	bool all;
	size_t at;
	size_t fold, nfold; /* where the next stretch begins, how long it is */
};

/* The next row in *ROW, with *SUMMED 0; or how many rows are left out here.
 * False at the end.  Linear over the whole. */
bool diff_walk_next(struct diff_walk *w, size_t *row, size_t *summed);

/* ---- the signs and words of a comparison, the same in all its forms ---- */

/* "INVITE (SDP) ↻1", "200 OK (BYE)": message M without its nodes. */
void diff_put_message(struct buf *b, const struct align_message *m, bool ascii);

/* "+500 ms"; nothing for 0. */
void diff_put_later(struct buf *b, int64_t later);
/* By how much B's message of ROW comes later; 0 where there is only one. */
int64_t diff_later(const struct align *al, const struct align_row *row);
/* "Messages: 36 in A, 35 in B; the same: 30; …" */
void diff_put_counts(struct buf *b, const struct align *al);

/*
 * The comparison for programs, one JSON object: docs/INSPECT.md. NAME_A, NAME_B
 * are what the two are called, or NULL. 0 or ERR_NOMEM.
 */
int diff_json_write(const struct align *al, const char *name_a,
    const char *name_b, struct buf *out);

#endif
