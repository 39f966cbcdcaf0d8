/* What the files of the Markdown renderer share; see views/lesson/markdown.h.
 */
#ifndef VIEWS_LESSON_MARKDOWN_IN_H
#define VIEWS_LESSON_MARKDOWN_IN_H

#include "base/err.h"
#include "text/utf8.h"
#include "text/markdown.h"
#include "views/lesson/markdown.h"

/* Cells of a paragraph on one line. */
size_t markdown_inline_width(struct str text);

/* The table whose first row is B, and the rest of which M reads, onto new lines
 * of D. */
void markdown_put_table(struct doc *d, struct markdown *m,
    const struct markdown_block *b, size_t indent, size_t width);

#endif
