/* Whose the first bytes of a connection are, of the programs of a run. */
#ifndef LIVE_SENDER_H
#define LIVE_SENDER_H

#include "topology/topology.h"

#define SENDER_PORTS 64

/* Where programs have said that they take media: the last ports, each with the
 * program's address. */
struct sender_media {
	struct addr at[SENDER_PORTS];
	size_t n; /* ever */
};

/* Takes what the session description in BYTES, of the program FROM, says (the
 * m= lines: RFC 8866 5.14). */
void sender_note_media(
    struct sender_media *m, const struct addr *from, struct str bytes);
/* A packet of sound comes from the port at which a program takes it, as phones
 * do (RFC 4961), but by an address that the machine chooses: the program's into
 * *FROM.  False: nothing is known of that port. */
bool sender_find_media(const struct sender_media *m, struct addr *from);

/* FROM is the address of one of them. */
bool sender_is_known(const struct topology *t, const struct addr *from);

/* Finds the program at *FROM, or the one that BYTES names by the sent-by of its
 * topmost Via (RFC 3261 18.1.1), or, where that is an unknown name (RFC 7118
 * 5.2), by its own From: its address in *FROM, with the port that is there.
 * False: it is none of them, or stays what it is. */
bool sender_find(const struct topology *t, struct str bytes, struct addr *from);

#endif
