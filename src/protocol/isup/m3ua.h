/*
 * How ISUP goes from one exchange to the next: behind a circuit's code (CIC)
 * and a routing label in MTP3 (ITU-T Q.704), or in M3UA over SCTP (RFC 4666,
 * RFC 9260): written, for captures that others read, and read.
 */
#ifndef ISUP_M3UA_H
#define ISUP_M3UA_H

#include "base/buf.h"

#define M3UA_PORT 2905

/* From where to where, in which network (0 international, 2 national). */
struct mtp_label {
	uint32_t opc, dpc; /* point codes; in MTP3 14 bits */
	uint8_t network;
};

/* ISUP, a message from its type on, for circuit CIC, of which 12 bits count;
 * the signalling link is chosen by the CIC's last four.  Appended. */
void mtp3_put_isup(const struct mtp_label *label, unsigned cic, struct str isup,
    struct buf *out);
/* What mtp3_put_isup has written: LABEL, CIC and the message, a slice of BYTES;
 * false: they are too short for it, or for another user than ISUP. */
bool mtp3_read_isup(
    struct str bytes, struct mtp_label *label, unsigned *cic, struct str *isup);
/* Octets before the message: SIO, routing label, CIC. */
#define MTP3_ISUP_HEAD 7
/* The same as DATA of M3UA. */
void m3ua_put_isup(const struct mtp_label *label, unsigned cic, struct str isup,
    struct buf *out);

/* What MESSAGE of M3UA carries as MTP3 has it, appended, be it of ISUP or not;
 * false: it is no DATA, or what it says does not fit into MTP3. */
bool m3ua_read(struct str message, struct buf *mtp3);

#endif
