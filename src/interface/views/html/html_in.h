/* Shared by the files that make a page. */
#ifndef VIEWS_HTML_HTML_IN_H
#define VIEWS_HTML_HTML_IN_H

#include "base/map.h"
#include "views/html/html_page.h"
#include "draw/html_put.h"

/* Values that are written once and named by their place in the list. */
struct html_table {
	struct map *places;
};

struct html {
	const struct trace *t;
	const struct layout *l;
	const struct html_options *o;
	struct buf *out;
	struct diag *d;
	unsigned char *wanted; /* for each seq: the page has this record */
	size_t nwanted;
	struct html_table texts, notes, rules;
	struct buf messages; /* JSON: which notes the lines of each have */
};

/* html_table.c: the place of VALUE in TABLE, which is added where it is new.
 * Where memory is short: 0, and H's out has the error. */
size_t
html_table_add(struct html *h, struct html_table *table, struct str value);
/* The place of TEXT among the texts. */
size_t html_text(struct html *h, struct str text);
/* The values as a JSON array: as they are, or QUOTED. */
void html_table_write(struct html *h, const struct html_table *t, bool quoted);

/* html_choose.c: fills in `wanted`.  0 or D's error. */
int html_choose(struct html *h);
/* The column of a node by its name; LAYOUT_NONE. */
size_t html_column(const struct html *h, struct str name);

/* html_svg.c: the picture.  0 or D's error. */
int html_svg(struct html *h);

/* html_messages.c: every message, with its place for the explanations. */
void html_messages(struct html *h);
/* html_notes.c: the lines of the message BYTES, each explained. */
void html_notes(struct html *h, struct str bytes);

/* html_data.c, html_state.c: members of the page's data. */
void html_data(struct html *h);
void html_state(struct html *h);
/* html_quiz.c: the questions of quiz about the ladder's messages. */
void html_quiz(struct html *h);

/* html_assets.c: the files compiled in from assets/html. */
extern const char html_script_hash[]; /* "sha256-…", for the policy */
struct str html_script(void);
struct str html_style(void);

#endif
