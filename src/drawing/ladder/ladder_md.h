/*
 * The ladder as a page of Markdown (CommonMark with GitHub's tables): the
 * figure for mermaid, the figure as text, what its marks mean, and, if asked
 * for, the messages.
 */
#ifndef LADDER_LADDER_MD_H
#define LADDER_LADDER_MD_H

#include "ladder/ladder_marks.h"

struct ladder_md_options {
	const char *title;  /* NULL: the trace's own */
	const char *footer; /* where it comes from, or NULL */
	const char *source; /* the same in full, or NULL */
	size_t width;       /* of the figure as text; 0: 80 */
	bool ascii;         /* of the figure as text */
	bool messages;
	const struct ladder_marks *marks; /* beside the figure as text */
};

/* Appends the page of L, which was made from T.  O may be NULL.  0 or
 * ERR_NOMEM. */
int ladder_md_write(const struct trace *t, const struct layout *l,
    const struct ladder_md_options *o, struct buf *out);

#endif
