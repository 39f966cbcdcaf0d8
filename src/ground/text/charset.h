/*
 * Texts that people bring from other programs: with a byte order mark, with
 * CRs, in UTF-16 or GB 18030 (of which GBK and GB 2312 are parts) instead of
 * UTF-8.
 */
#ifndef TEXT_CHARSET_H
#define TEXT_CHARSET_H

#include "base/diag.h"

/*
 * TEXT as UTF-8 with LF at the ends of lines, without byte order mark, into OUT
 * (cleared first): as it is where it is UTF-8, read as UTF-16 where it has that
 * one's byte order mark, else as GB 18030.  0, ERR_SYNTAX where it is none of
 * them or has a NUL, ERR_NOMEM.
 */
int charset_read(struct str text, struct buf *out);
/* The same of the text of FILE; 0 or D's error. */
int charset_read_file(
    struct str text, const char *file, struct buf *out, struct diag *d);

/* TEXT, which is in CHARSET (a name of iconv's), as INTO, appended to OUT.  0,
 * ERR_SYNTAX where it is not or INTO can't express it, ERR_NOMEM. */
int charset_convert(
    struct str text, const char *charset, const char *into, struct buf *out);

/* TEXT is in UTF-16, as some editors and shells write it, with its byte order
 * mark or without. */
bool charset_is_utf16(struct str text);
/* TEXT, of FILE, is to be UTF-8: 0, or D's error naming the form that it has
 * instead (compressed, UTF-16, with NUL bytes, Latin-1). */
int charset_check(struct str text, const char *file, struct diag *d);

#endif
