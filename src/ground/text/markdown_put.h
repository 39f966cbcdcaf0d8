/* Putting texts into Markdown (CommonMark with GitHub's tables), for every
 * writer of it; what is read back is in text/markdown.h. */
#ifndef TEXT_MARKDOWN_PUT_H
#define TEXT_MARKDOWN_PUT_H

#include "base/buf.h"

/* TEXT as running text of one line, made safe to look at, in which nothing is
 * markup, neither Markdown's nor HTML's; also in a cell of a table. */
void markdown_put_text(struct buf *b, struct str text);
/* The same as code within a line, but not in a cell of a table. */
void markdown_put_code(struct buf *b, struct str text);
/* TEXT, lines with their ends, made safe, as a block of LANGUAGE in which
 * nothing is markup; its fence is longer than any row of backticks in it. */
void markdown_put_fence(struct buf *b, const char *language, struct str text);

/* The same of a text that need not be held: WRITE appends it to OUT, and may
 * pass whole lines on.  It may be called twice, and writes the same both times:
 * the first time backticks are counted.  0, WRITE's error or B's. */
typedef int markdown_write_fn(struct buf *out, void *arg);
int markdown_put_block(
    struct buf *b, const char *language, markdown_write_fn *write, void *arg);

#endif
