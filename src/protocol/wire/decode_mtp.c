/*
 * Links of the telephone network: level 2 of MTP (ITU-T Q.703) and level 3
 * (Q.704).  A message of level 3 is what is read of it, from its service
 * information octet on; the exchanges between which it goes are the point codes
 * of its routing label, two bytes of 0.0.x.y each.
 */
#include "wire/bytes.h"
#include "wire/decode_in.h"

#define MTP2_HEAD  3  /* sequence numbers with their bits, length (Q.703 2.3) */
#define MTP2_LONG  63 /* … which says no more than that */
#define MTP2_STATE 2  /* up to that many octets it is the link's own */
#define MTP3_HEAD  5  /* service information octet, label (Q.704 2.2, 14.2) */
#define POINT_CODE 0x3FFF

static void
put_code(uint8_t ip[16], uint32_t code)
{
	memset(ip, 0, 16);
	ip[2] = (uint8_t)(code >> 8);
	ip[3] = (uint8_t)code;
}

bool
walk_mtp3(struct walk *w)
{
	uint32_t label;

	if (w->n < MTP3_HEAD)
		return false;
	label = file32(w->p + 1, false);
	put_code(w->ip[0], label >> 14 & POINT_CODE);
	put_code(w->ip[1], label & POINT_CODE);
	w->len = 4;
	w->proto = DECODE_MTP3;
	w->message = true;
	w->length = w->n;
	w->layer = NULL;
	return true;
}

bool
walk_mtp2(struct walk *w)
{
	size_t n;

	if (w->n < MTP2_HEAD)
		return false;
	n = w->p[2] & MTP2_LONG;
	walk_on(w, MTP2_HEAD);
	if (n <= MTP2_STATE)
		return false;
	if (n < MTP2_LONG && n < w->n)
		w->n = n;
	return walk_to(w, walk_mtp3, 0);
}

/* LINKTYPE_MTP2_WITH_PHDR: which way, and on which link, in 4 bytes. */
bool
walk_mtp2_noted(struct walk *w)
{
	return walk_to(w, walk_mtp2, 4);
}
