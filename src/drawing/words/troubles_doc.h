/* Calls that did not go well, as lines: a sentence, its proof, what to do. */
#ifndef WORDS_TROUBLES_DOC_H
#define WORDS_TROUBLES_DOC_H

#include "draw/doc.h"
#include "outcome/troubles.h"

struct troubles_look {
	size_t most, width; /* sentences; cells of a line */
	uint64_t calls;     /* all that there are; 0: those that were judged */
	bool unnumbered;    /* the records' numbers say nothing */
};

/* Appends TR, sorted, to D; nothing where there are none.  Lines lead to the
 * records that prove them. */
void troubles_doc(
    const struct troubles *tr, const struct troubles_look *l, struct doc *d);

#endif
