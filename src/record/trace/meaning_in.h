/* What the files of trace/meaning.h share. */
#ifndef TRACE_MEANING_IN_H
#define TRACE_MEANING_IN_H

#include "base/map.h"
#include "trace/meaning.h"

/* How words of a kind compare. */
enum word_rule {
	WORD_PLAIN,  /* alike, or known to stand for each other */
	WORD_STANDS, /* the one stands for the other, from now on */
	WORD_ZERO,   /* both "0", or neither */
	WORD_ANY,    /* whatever they are */
	WORD_HEADER, /* a header field in a URI (RFC 3261 19.1.1): unescaped,
			as the field itself */
};

struct word_class {
	enum word_rule rule;
	char kind; /* of STANDS: words of other kinds are other words */
};

/* A value's words are of their parameters' classes, except for these. */
struct value_place {
	struct word_class whole; /* unless PLAIN: of the value as a whole */
	struct word_class lead;  /* unless PLAIN: of its first word */
	bool scoped; /* what STANDS is a word of its call and side, as the
			numbers of CSeq are */
	bool makes;  /* its URI is its sender's, whose user is a word that no
			other has to understand (RFC 3261 8.1.1.8) */
};

/* A list longer than that ends in one value with all the rest. */
#define MEANING_LIST 128

/* Values that are in an order: of one header field, of a body. */
struct value_list {
	struct str name[MEANING_LIST]; /* what each is reported as */
	struct str value[MEANING_LIST];
	struct value_place at[MEANING_LIST];
	size_t n;
};

struct meaning {
	struct map *words;        /* "a\0b" */
	struct map *own[2];       /* words of each one's nodes */
	bool renamed;             /* of some they are not alike */
	struct map *addresses[2]; /* the address's bytes -> node plus 1 */
	struct map *stands[2];    /* a word of each -> number of the pair */
	uintptr_t npairs;
	struct map *astray; /* words of both that stand for others, and met */
	struct buf key, other;
	struct buf plain[2]; /* what a URI has escaped */
	struct buf scope[2]; /* of the two messages: call and From's tag */
	struct value_list a, b;
};

/* What a file's functions compare gives 0 where both say the same, 1 where they
 * do not, or minus ERR_NOMEM; it learns only if LEARN. */

/* meaning.c: how a field's values compare. */
struct value_place meaning_place(struct str field);

/* meaning_words.c */
int meaning_value(struct meaning *m, const struct value_place *at, struct str a,
    struct str b, bool learn);

#endif
