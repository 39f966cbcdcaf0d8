/*
 * Extended regular expressions of POSIX (IEEE 1003.1, 9.4) as NAPTR records
 * have them, which come from anybody.  An expression is made into steps, and
 * each of these is taken at most once at each place of the text, so that no
 * expression takes long.  Of several ways to match, the first counts: the left
 * alternative, the longer repetition.  Classes in brackets ("[:digit:]") are
 * not known, nor are back references within an expression.
 */
#ifndef DNS_REGEXP_H
#define DNS_REGEXP_H

#include "base/str.h"

#define REGEXP_STEPS  256
#define REGEXP_TEXT   16 /* bytes of what is matched */
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
