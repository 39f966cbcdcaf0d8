/*
 * Links: bytes in the address of a page, behind its '#', where no server sees
 * them: a version, a point, and gzip's stream of the bytes in base64url without
 * padding (RFC 4648 section 5).
 *
 *	https://example.org/rung.html#1.H4sIAAAAAAAA…
 *
 * The bytes are either the inputs of a run (inputs/inputs.h), or a student's
 * hand-in (grade/handin.h).  docs/PAGE.md is the format.
 */
#ifndef TRACE_PAGE_LINK_H
#define TRACE_PAGE_LINK_H

#include "base/diag.h"

#define PAGE_LINK_VERSION 1
/* Characters; it is to be typed as one argument of a command as well. */
#define PAGE_LINK_LENGTH_MAX 100000
/* The limit of a link's content, and so of each text in it. */
#define PAGE_LINK_BYTES_MAX (1u << 20)

/* TEXT, except for white space around it, is meant as a link: an address (http,
 * https, file, or of a page here that ends in .html), or the part behind the
 * page's: "#1.…", "rung:1.…". */
bool page_link_is(struct str text);
/* *LAB is the one that TEXT, the address of a page, opens by name:
 * "rung.html#lab=busy". */
bool page_link_lab(struct str text, struct str *lab);
/* Appends the link to PAGE that holds BYTES.  0, or D's error: ERR_LIMIT where
 * it is too long for readers, ERR_SYNTAX where PAGE is not an address. */
int page_link_put(
    struct str bytes, const char *page, struct buf *out, struct diag *d);
/* Appends what TEXT, as in page_link_is, holds.  0 or D's error. */
int page_link_read(struct str text, struct buf *bytes, struct diag *d);

#endif
