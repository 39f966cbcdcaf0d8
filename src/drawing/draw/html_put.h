/*
 * Putting text into a page as JSON inside of a <script>; into elements and
 * attributes text/xml.h puts it.  The page is HTML and well-formed XML at
 * once; nothing a trace contains can leave its place, steer a terminal that the
 * file is printed on, or turn the direction of reading.
 */
#ifndef DRAW_HTML_PUT_H
#define DRAW_HTML_PUT_H

#include "base/buf.h"

/* TEXT as a JSON string with its quotes, made visible in the same way (U+2028
 * and U+2029, which end lines as well); nothing in it ends a <script> or begins
 * a comment. */
void html_put_json(struct buf *b, struct str text);

/*
 * A page from its first byte to behind its <body>: in the language of texts,
 * with STYLE and what html_put_policy forbids.  MORE is markup for the head, or
 * empty.
 */
void html_put_head(struct buf *b, struct str title, const char *script,
    struct str more, struct str style);
/* The same of a page that brings sound or pictures along as `data:`, as DATA
 * allows: "media-src data:; img-src data:; ". */
void html_put_head_with(struct buf *b, struct str title, const char *script,
    struct str more, struct str style, const char *data);

#endif
