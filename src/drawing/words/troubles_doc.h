/* Calls that did not go well, as lines: a sentence, its proof, what to do. */
#ifndef WORDS_TROUBLES_DOC_H
#define WORDS_TROUBLES_DOC_H

#include "draw/doc.h"
#include "outcome/troubles.h"

struct troubles_look {
	size_t most, width; /* sentences; cells of a line */
	uint64_t calls;     /* all that there are; 0: all judged calls */
	bool unnumbered;    /* the records' numbers say nothing */
	/* What file FILE of ARG's is called; NULL: there is one. */
	struct str (*file_name)(const void *arg, unsigned file);
	const void *arg;
};

/* "Calls that did not go well: 2 of 7" */
void troubles_put_title(
    const struct troubles *tr, const struct troubles_look *l, struct buf *out);
/* The sentence, its proof, and of how many calls it is. */
void troubles_put_sentence(
    const struct trouble *one, const struct troubles_look *l, struct buf *out);
/* What to do, the section and the Call-ID. */
void troubles_put_next(const struct trouble *one, struct buf *out);

/* Appends TR, sorted, to D; nothing where there are none.  Lines lead to the
 * records that prove them. */
void troubles_doc(
    const struct troubles *tr, const struct troubles_look *l, struct doc *d);

#endif
