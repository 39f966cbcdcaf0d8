/* Why a message is sent, in a few plain words: a row for each rule. */
#ifndef WORDS_CAPTION_WORDS_IN_H
#define WORDS_CAPTION_WORDS_IN_H

#include "base/str.h"

#include <stdbool.h>

struct rule;

/* What "%s" in a text stands for. */
enum caption_arg {
	CAPTION_PLAIN,
	CAPTION_URI,    /* the Request-URI, "bob@example.com" */
	CAPTION_LENGTH, /* how long the timer ran, "500 ms" */
};

struct caption_words {
	const char *text, *brief; /* untranslated; brief may be NULL */
	enum caption_arg arg;     /* of both */
};

/*
 * The words for a message that RULE (may be NULL) asked for: a request's
 * METHOD, or a response's STATUS (else 0), AGAIN where it is a repetition,
 * FORWARDED where another node made it.  NULL where there are none.
 */
const struct caption_words *caption_words_find(const struct rule *rule,
    struct str method, unsigned status, bool again, bool forwarded);

/* The words for how a route was chosen, or NULL. */
const struct caption_words *caption_words_route(struct str how);

#endif
