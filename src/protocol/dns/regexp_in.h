/*
 * Regular expressions of POSIX, for the URIs of ENUM (dns/regexp.c,
 * dns/e164.c).
 */
#ifndef DNS_REGEXP_IN_H
#define DNS_REGEXP_IN_H

#include "base/str.h"

#define REGEXP_STEPS  256
#define REGEXP_TEXT   16 /* bytes of the matched text */
#define REGEXP_GROUPS 10 /* the whole, then nine in parentheses */

struct regexp_step {
	uint8_t op; /* of enum regexp_op (regexp.c) */
	int16_t to[2];
	uint8_t set[32]; /* a bit for each byte that it takes */
};

struct regexp {
	struct regexp_step steps[REGEXP_STEPS];
	size_t n;
	unsigned groups; /* that it has, with the whole */
	bool fold;       /* letters are alike in either size */
};

/* 0 or ERR_SYNTAX: no expression, or more than REGEXP_STEPS steps. */
int regexp_read(struct str text, bool fold, struct regexp *re);

/* Whether RE matches in TEXT, of at most REGEXP_TEXT bytes, and what each group
 * is then; groups that took no part are STR_NULL. */
bool regexp_match(
    const struct regexp *re, struct str text, struct str groups[REGEXP_GROUPS]);

#endif
