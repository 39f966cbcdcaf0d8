/* Whose the first bytes of a connection are, of the programs of a run. */
#ifndef LIVE_SENDER_H
#define LIVE_SENDER_H

#include "topology/topology.h"

/* FROM is the address of one of them. */
bool sender_is_known(const struct topology *t, const struct addr *from);

/* The program that *FROM is, or that BYTES says it is, by the sent-by of its
 * topmost Via (RFC 3261 18.1.1), or, where that is a name that nobody has (RFC
 * 7118 5.2), by its own From: its address in *FROM, with the port that is
 * there.  False: it is none of them, or stays what it is. */
bool sender_find(const struct topology *t, struct str bytes, struct addr *from);

#endif
