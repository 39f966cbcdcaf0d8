/*
 * A text for panes as JSON, for those who draw it with means of their own: a
 * page, a program.  They see what a terminal is shown, as safe.
 *
 *	{"lines":[{"record":3,"pieces":[{"style":"bold","text":"INVITE"}]}]}
 */
#ifndef DRAW_DOC_JSON_H
#define DRAW_DOC_JSON_H

#include "base/field.h"
#include "draw/doc.h"

/* What a line and a piece have: docs/JSON.md. */
extern const struct field doc_line_fields[], doc_piece_fields[];

/* Appends D as an object: 0 or ERR_NOMEM, then with a part of it. */
int doc_write_json(const struct doc *d, struct buf *out);
/* The same as member `lines` of an object that is open. */
int doc_put_lines(const struct doc *d, struct buf *out);

#endif
