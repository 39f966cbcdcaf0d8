/* Whose the first bytes of a connection are, of the programs of a run. */
#ifndef LIVE_CONNECTION_OWNER_H
#define LIVE_CONNECTION_OWNER_H

#include "topology/topology.h"

#define CONNECTION_OWNER_PORTS 64

/* Ports for media that session descriptions have named, the last ones, each
 * with the program that says so or is told. */
struct connection_owner_media {
	struct connection_owner_port {
		struct addr at; /* of the description: c= and m= */
		struct addr program;
	} ports[CONNECTION_OWNER_PORTS];
	size_t n; /* ever */
};

/* Takes what the session description in BYTES, of PROGRAM or to it, says (the
 * c= and m= lines: RFC 8866 5.7, 5.14). */
void connection_owner_note_media(struct connection_owner_media *m,
    const struct addr *program, struct str bytes);
/* A packet of sound comes from the port at which a program takes it, as phones
 * do (RFC 4961), but by an address that the machine chooses: the program's into
 * *FROM.  RTCP comes from the port behind that (RFC 3550 11).  False: nothing
 * is known of that port. */
bool connection_owner_find_media(
    const struct connection_owner_media *m, struct addr *from);
/* It comes to AT, a place for media of a node, or for their RTCP, that one
 * program has been told. */
bool connection_owner_find_told(const struct connection_owner_media *m,
    const struct addr *at, struct addr *from);

/* FROM is the address of one of them. */
bool
connection_owner_is_known(const struct topology *t, const struct addr *from);

/* Finds the program at *FROM, or the one that BYTES names by the sent-by of its
 * topmost Via (RFC 3261 18.1.1), or, where that is an unknown name (RFC 7118
 * 5.2), by its own From: its address in *FROM, with the port that is there.
 * False: it is none of them, or stays what it is. */
bool connection_owner_find(
    const struct topology *t, struct str bytes, struct addr *from);

#endif
