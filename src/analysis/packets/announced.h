/*
 * Addresses and ports that the SDP of calls announced (RFC 8866 5.7, 5.14), and
 * the calls that have ended since.  A call is a hash of its Call-ID.
 */
#ifndef PACKETS_ANNOUNCED_H
#define PACKETS_ANNOUNCED_H

#include "wire/decode.h"

#define ANNOUNCED_ROWS  16384
#define ANNOUNCED_ENDED 4096

struct announced_place {
	uint8_t ip[16];
	uint16_t port;
	uint8_t len;
	uint8_t zero; /* the rows are compared as bytes */
};

/* Zeroed at its beginning. */
struct announced {
	struct announced_row {
		struct announced_place place;
		uint64_t call;
		bool udptl; /* for fax (ITU-T T.38), not for RTP */
	} rows[ANNOUNCED_ROWS];
	uint64_t ended[ANNOUNCED_ENDED];
};

/* Takes a message: notes what its SDP announces, and of a BYE that the call has
 * ended. */
void announced_message(struct announced *a, struct str head, struct str body);
/* Notes what BODY, where it is SDP, announces for CALL (0: not known). */
void announced_add(struct announced *a, uint64_t call, struct str body);
/*
 * The call that announced the address and port on SIDE of D (0: source, 1:
 * destination), into *CALL; another number once that call has ended.  False,
 * and *CALL 0, where no call announced them.  The port of RTCP is one above the
 * announced one (RFC 3550 11).
 */
bool announced_find(const struct announced *a, const struct datagram *d,
    int side, bool rtcp, uint64_t *call);
/* One end of D was announced last for UDPTL. */
bool announced_for_fax(const struct announced *a, const struct datagram *d);

#endif
