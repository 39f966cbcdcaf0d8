/*
 * The words of an answer to a find: names of nodes, rules and records, and the
 * usual words between them.
 */
#ifndef LESSON_FIND_WORDS_H
#define LESSON_FIND_WORDS_H

#include "base/str.h"

/* X(ID, word of the answer and of the key, in words) */
#define FIND_PARTS(X)                   \
	X(NODE, "node", N_("the node")) \
	X(RULE, "rule", N_("the rule")) \
	X(RECORD, "record", N_("the record"))

enum find_part {
#define X(id, word, text) FIND_##id,
	FIND_PARTS(X)
#undef X
	    FIND_PART_COUNT
};

struct find_word {
	/* The label before it: "record 142", "第142条"; FIND_PART_COUNT. */
	enum find_part label;
	bool bound;       /* by a sign, "record=142": it is meant as that */
	bool counts;      /* "3 times", "2.5 s": it counts something */
	struct str value; /* as it stands; empty: nothing behind the label */
	/* Of a reference to a section, "RFC 3261 section 16.5"; else 0. */
	unsigned rfc;
	struct str section; /* empty: the RFC alone */
};

/* The next word of *REST, a text that spelling_plain has made; false: there is
 * no more.  Slices are of that text. */
bool find_word_next(struct str *rest, struct find_word *w);

/* TEXT by itself as a reference to a section: "rfc3261-16.5", "3261-16.5",
 * "RFC 3261, 16.5", "section 16.5 of RFC 3261", "16.5" (of RFC 3261).  False:
 * it is none. */
bool find_read_section(struct str text, unsigned *rfc, struct str *section);

#endif
