/*
 * The messages of a ladder with their whole text, as RFC 3665 prints them:
 *
 *	F1 INVITE Alice -> atl
 *
 *	INVITE sip:bob@biloxi.example.com SIP/2.0
 *	Via: …
 *
 * For a plain text in lines of at most 72 characters, three of them a margin,
 * or for a page of Markdown.  A line that is too long for the plain text goes
 * on below: behind a space where SIP lets a header field be folded (RFC 3261
 * 7.3.1), else behind a backslash (RFC 8792).
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

/* BYTES of a message in lines of at most WIDTH characters behind MARGIN
 * spaces; 0: lines as long as they are, no margin.  Safe text, or bytes in
 * hexadecimal where it is none. */
void ladder_messages_put(
    struct str bytes, size_t margin, size_t width, struct buf *out);

#endif
