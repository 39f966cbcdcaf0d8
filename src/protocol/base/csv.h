/* Comma-separated values (RFC 4180), for every writer of them. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/buf.h"

/*
 * TEXT as a field in quotes, on one line, made safe to look at (utf8_add_safe).
 * What a spreadsheet would compute, in whatever width it is written, gets an
 * apostrophe in front: a text that begins with = + - or @, behind white space,
 * or with a control character.  A plain number, "-12.5", stays one.
 */
void csv_put(struct buf *b, struct str text);
/* The same, without quotes where TEXT needs none. */
void csv_put_bare(struct buf *b, struct str text);

#endif
