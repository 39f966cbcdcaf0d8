/*
 * The messages of a ladder with their whole text, as RFC 3665 prints them:
 *
 *	F1 INVITE Alice -> atl
 *
 *	INVITE sip:bob@biloxi.example.com SIP/2.0
 *	Via: …
 *
 * For a plain text in lines of at most 72 characters, three of them a margin,
 * for a page of Markdown, or in a form of the caller's own.  A line that is
 * too long for the plain text continues on the next line: after a space where
 * SIP lets a header field be folded (RFC 3261 7.3.1), otherwise after a
 * backslash (RFC 8792).
 */
#ifndef LADDER_LADDER_MESSAGES_H
#define LADDER_LADDER_MESSAGES_H

#include "ladder/layout.h"

#define LADDER_MESSAGES_WIDTH 72

struct ladder_messages_options {
	bool markdown;
	bool ascii; /* headings only; messages are as they are */
};

/* Appends those of L, which was made from T.  O may be NULL.  0 or
 * ERR_NOMEM. */
int ladder_messages_write(const struct trace *t, const struct layout *l,
    const struct ladder_messages_options *o, struct buf *out);

/* How the parts of the list are written; each gets the caller's ARG. */
struct ladder_messages_form {
	bool ascii;      /* names in headings rather than labels */
	bool arrows;     /* "→" in headings rather than "->" */
	struct buf *out; /* passed on behind each message, or NULL */
	/* "F1 INVITE Alice -> atl", safe text, of the message of row R. */
	void (*heading)(void *arg, const struct layout_row *r, struct str text);
	/* What was sent, as it was. */
	void (*bytes)(void *arg, struct str bytes);
	/* In place of its bytes, or BETWEEN two of them. */
	void (*sentence)(void *arg, struct str text, bool between);
};

/* Hands the messages of L, which was made from T, to FORM in their order.  0,
 * ERR_NOMEM or an error of FORM's `out`. */
int ladder_messages_each(const struct trace *t, const struct layout *l,
    const struct ladder_messages_form *form, void *arg);

/* BYTES of a message in lines of at most WIDTH characters behind MARGIN
 * spaces; 0: lines as long as they are, no margin.  Safe text, or bytes in
 * hexadecimal where it is none. */
void ladder_messages_put(
    struct str bytes, size_t margin, size_t width, struct buf *out);

#endif
