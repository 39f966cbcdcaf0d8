/*
 * Comma-separated values (RFC 4180), for every writer and reader of them.
 * Written rows end with CR and LF, as its section 2 wants them; read ones with
 * LF as well.
 */
#ifndef TEXT_CSV_H
#define TEXT_CSV_H

#include "base/buf.h"

/*
 * TEXT as a field in quotes, on one line, made safe to look at (utf8_add_safe).
 * What a spreadsheet would compute, in whatever width it is written, gets an
 * apostrophe in front: a text that begins with = + - or @, behind white space,
 * or with a control character.  A plain number, "-12.5", stays one, and so does
 * a dash alone.
 */
void csv_put(struct buf *b, struct str text);
/* The same, without quotes where TEXT needs none. */
void csv_put_bare(struct buf *b, struct str text);

/* The end of a row. */
void csv_put_end(struct buf *b);

/* ---- reading ---- */

#define CSV_FIELDS_MAX 64 /* of a row; more are left out */

/* A table that is read row by row. */
struct csv_rows {
	struct str rest;
	char separator;
	unsigned line;
	unsigned open; /* line of a quote that is never closed; 0: none */
	struct buf fields[CSV_FIELDS_MAX];
	const char *ends[CSV_FIELDS_MAX]; /* where each ends in the text */
	size_t n;
};

/* C is zero.  Fields are separated by the most frequent sign of comma,
 * semicolon and tab in TEXT's first line. */
void csv_begin(struct csv_rows *c, struct str text);
/* The next row; false at the end, or with *ERR ERR_NOMEM. */
bool csv_read_row(struct csv_rows *c, int *err);
void csv_end(struct csv_rows *c);

#endif
