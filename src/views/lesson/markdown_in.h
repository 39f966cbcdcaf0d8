/* What the files of the Markdown renderer share; see views/lesson/markdown.h.
 */
#ifndef VIEWS_LESSON_MARKDOWN_IN_H
#define VIEWS_LESSON_MARKDOWN_IN_H

#include "base/err.h"
#include "base/utf8.h"
#include "views/lesson/markdown.h"

/* Cells of a paragraph on one line. */
size_t markdown_inline_width(struct str text);

/* The lines of TABLE, which begin with "|", onto new lines of D. */
void markdown_put_table(
    struct doc *d, struct str table, size_t indent, size_t width);

#endif
