/*
 * The RFCs that a reader of SIP meets: titles, and which later one took a
 * number's place.  The rows are in rfcs.c.
 */
#ifndef MSG_RFCS_H
#define MSG_RFCS_H

#define MSG_RFC_NEXT 5

struct msg_rfc {
	unsigned number;
	const char *title;
	/* The successors, the most important first, 0 behind the last; none
	 * while the RFC is in force. */
	unsigned obsoleted_by[MSG_RFC_NEXT];
};

/* The row of NUMBER, or NULL. */
const struct msg_rfc *msg_rfc(unsigned number);

/* Follows the first successors to the RFC in force today: 2327 gives 8866.
 * NUMBER itself where it is in force or has no row. */
unsigned msg_rfc_current(unsigned number);

/* The N-th row (from 0) that NUMBER made obsolete, or NULL. */
const struct msg_rfc *msg_rfc_before(unsigned number, unsigned n);

#endif
