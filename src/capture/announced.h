/*
 * Addresses and ports that the SDP of calls announced (RFC 8866 5.7, 5.14), and
 * the calls that have ended since.  A call is a hash of its Call-ID.
 */
#ifndef CAPTURE_ANNOUNCED_H
#define CAPTURE_ANNOUNCED_H

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
	} rows[ANNOUNCED_ROWS];
	uint64_t ended[ANNOUNCED_ENDED];
};

/* A message: its SDP is noted, and that a BYE ends its call. */
void announced_message(struct announced *a, struct str head, struct str body);
/* Notes what BODY announces, where it is SDP, for CALL; 0: none is known. */
void announced_add(struct announced *a, uint64_t call, struct str body);
/*
 * Whose the place on one SIDE of D is (0: source): *CALL, another number once
 * that call has ended, 0 and false where nobody announced it.  That of RTCP is
 * one port higher (RFC 3550 11).
 */
bool announced_find(const struct announced *a, const struct datagram *d,
    int side, bool rtcp, uint64_t *call);

#endif
