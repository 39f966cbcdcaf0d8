/*
 * What a clause asks beyond what its check proves.  A check that finds nothing
 * wrong has kept the clause only where it would have found it: where something
 * else that the clause speaks of is not as it should be, or may not be, the
 * clause is exercised and no more.
 */
#ifndef INSPECT_DOUBT_H
#define INSPECT_DOUBT_H

#include "inspect/inspect_in.h"

/* L's check says KEPT: true where that is not enough to call its
 * clause kept. */
bool inspect_doubts(struct look *l);
/* Asks DOUBT of L and the request that it answers, read again; without one, or
 * without memory, there is doubt. */
bool doubt_by_request(
    struct look *l, bool (*doubt)(struct look *l, const struct msg *request));
/* L, an ACK or CANCEL, has not all that it takes over from INVITE. */
bool inspect_copies_amiss(const struct look *l, const struct story_tx *invite);
/* Notes of TX, which L's request begins, what doubts compare with later. */
/* The URIs of From and To, whichever is which: in a dialog both sides name the
 * same two. */
uint64_t inspect_hash_ends(const struct look *l);
void inspect_note_request(struct look *l, struct tx_facts *x);

/* doubt_values.c, check_security.c: each of the clause that has it. */
typedef bool doubt_fn(struct look *l);
doubt_fn doubt_accept, doubt_publish, doubt_options, doubt_min_se, doubt_sdp,
    doubt_least, doubt_credentials;

#endif
