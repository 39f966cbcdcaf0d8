/*
 * Texts that people bring from other programs: with a byte order mark, in
 * GB 18030 (of which GBK and GB 2312 are parts) instead of UTF-8, with CRs.
 */
#ifndef BASE_CHARSET_H
#define BASE_CHARSET_H

#include "base/buf.h"

/*
 * TEXT as UTF-8 with LF at the ends of lines, without byte order mark, into OUT
 * (cleared first): as it is where it is UTF-8, else read as GB 18030.  0,
 * ERR_SYNTAX where it is neither or has a NUL, ERR_NOMEM.
 */
int charset_read(struct str text, struct buf *out);

#endif
