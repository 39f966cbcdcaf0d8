/*
 * For tests of texts for panes: what holds for each of them, goldens at the
 * widths of panes, and running out of memory.
 */
#ifndef DOC_CHECK_H
#define DOC_CHECK_H

#include "check.h"
#include "golden.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "trace/reader.h"
#include "draw/doc.h"

#include <string.h>

#define DOC_WIDTHS 3
extern const size_t doc_widths[DOC_WIDTHS];

/* Makes the text of ARG for a pane of WIDTH. */
typedef void doc_make_fn(struct doc *d, size_t width, void *arg);

/* No line is wider than WIDTH, none leads beyond record MOST, nothing in it
 * steers a terminal. */
bool doc_is_sound(const struct doc *d, size_t width, uint64_t most);

/* The texts at all widths, in one golden. */
void doc_golden(const char *name, uint64_t most, doc_make_fn *make, void *arg);

/* Each allocation fails in turn: it is said, and nothing leaks; what is said
 * to be whole is. */
void doc_without_memory(doc_make_fn *make, void *arg);

/* D as JSON (draw/doc_json.h), read again, has the lines, records and styles of
 * D, and the text that a terminal is shown. */
bool doc_json_is_same(const struct doc *d);

/* D holds TEXT somewhere. */
bool doc_has(const struct doc *d, const char *text);

#endif
