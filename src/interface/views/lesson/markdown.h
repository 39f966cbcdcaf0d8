/*
 * Markdown as a text to be read on the screen: what text/markdown.h makes of
 * it, as lines.
 */
#ifndef VIEWS_LESSON_MARKDOWN_H
#define VIEWS_LESSON_MARKDOWN_H

#include "draw/doc.h"

/* Called when TEXT, a line of code, has become the lines of D from FIRST on. */
typedef void
markdown_code_fn(const struct doc *d, size_t first, struct str text, void *arg);

struct markdown_options {
	size_t indent, width;   /* of all lines */
	bool goes_on;           /* begin on D's present line */
	markdown_code_fn *code; /* NULL: not called */
	void *arg;
};

/* Appends TEXT to D, whose err tells of missing memory. */
void
markdown_put(struct doc *d, struct str text, const struct markdown_options *o);

#endif
