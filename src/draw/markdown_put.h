/* Putting texts into Markdown (CommonMark with GitHub's tables), for every
 * writer of it; what is read back is in draw/markdown.h. */
#ifndef DRAW_MARKDOWN_PUT_H
#define DRAW_MARKDOWN_PUT_H

#include "base/buf.h"

/* TEXT as running text of one line, made safe to look at, in which nothing is
 * markup, neither Markdown's nor HTML's; also in a cell of a table. */
void markdown_put_text(struct buf *b, struct str text);
/* The same as code within a line, but not in a cell of a table. */
void markdown_put_code(struct buf *b, struct str text);
/* TEXT, lines with their ends, made safe, as a block of LANGUAGE in which
 * nothing is markup; its fence is longer than any row of backticks in it. */
void markdown_put_fence(struct buf *b, const char *language, struct str text);

#endif
