/*
 * Calls that did not go well, the worst kind first; those with the same
 * sentence are counted together.  Of several traces, if need be: all texts are
 * the list's own.
 */
#ifndef OUTCOME_TROUBLES_H
#define OUTCOME_TROUBLES_H

#include "base/map.h"
#include "outcome/outcome.h"

struct trouble {
	enum outcome_id id;
	struct str sentence, proof, next; /* in the user's language */
	struct str call_id;               /* of the first of them */
	uint64_t seq;                     /* its first proof, or request */
	unsigned file;                    /* of which it was added */
	uint64_t count;
};

struct troubles; /* a list, and what it is found by */

int troubles_create(struct troubles **tr);  /* 0 or ERR_NOMEM */
void troubles_destroy(struct troubles *tr); /* may be NULL */
/* Of O, whose records have BEFORE others in front of them in file FILE, the
 * outcomes of level TROUBLE whose Call-ID is in ONLY (NULL: all).  0 or
 * ERR_NOMEM. */
int troubles_add(struct troubles *tr, const struct outcomes *o, unsigned file,
    uint64_t before, const struct map *only);
/* To be called once all were added. */
void troubles_sort(struct troubles *tr);
size_t troubles_count(const struct troubles *tr);
const struct trouble *troubles_at(const struct troubles *tr, size_t i);
/* Calls in the list, and all that were judged. */
uint64_t troubles_calls(const struct troubles *tr);
uint64_t troubles_judged(const struct troubles *tr);

#endif
