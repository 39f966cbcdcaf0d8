/*
 * Compares the meaning of fields of two messages: words that must differ from
 * one run to the next (Call-ID, tags, branches, nonces, session numbers …)
 * agree as long as the one stands for the other wherever it stands; addresses
 * agree where they are of the same node; dates and computed values always
 * agree.
 */
#ifndef TRACE_MEANING_H
#define TRACE_MEANING_H

#include "msg/message.h"

struct meaning;

int meaning_create(struct meaning **m); /* 0 or ERR_NOMEM */
void meaning_destroy(struct meaning *m);

/* In A and in B the address ADDR ("192.0.2.1", also with a port) is of node
 * number NODE; what was said first of an address counts.  0 or ERR_NOMEM. */
int meaning_add_address(
    struct meaning *m, bool in_b, struct str addr, uint32_t node);
/* A's word is B's wherever it stands: names of nodes, users, domains. */
int meaning_add_word(struct meaning *m, struct str a, struct str b);

/* Takes what differs.  A or B is STR_NULL where that one has no such field or
 * value; slices into the messages and into NAME.  0, or an error that ends the
 * comparison. */
typedef int meaning_fn(struct str name, struct str a, struct str b, void *arg);

/*
 * Compares two messages of the same method or status, and learns corresponding
 * words.  Not the order of different fields counts, but that of values of the
 * same.  0, ERR_NOMEM or FN's error.
 */
int meaning_compare(struct meaning *m, const struct msg *a, const struct msg *b,
    meaning_fn *fn, void *arg);

#endif
