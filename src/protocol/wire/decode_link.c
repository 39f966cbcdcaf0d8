/*
 * Link layers that have more before their packet than a type: IEEE 802.2 behind
 * a length, wireless networks (IEEE 802.11), and what netfilter logs.
 */
#include "wire/bytes.h"
#include "wire/decode_in.h"

/* IEEE 802.2 with SNAP (RFC 1042): an EtherType behind. */
bool
walk_llc(struct walk *w)
{
	if (w->n < 8 || w->p[0] != 0xaa || w->p[1] != 0xaa || w->p[2] != 3) {
		w->unread = DECODE_LAYER;
		return false;
	}
	return walk_to_ethertype(w, get16(w->p + 6), 8);
}

/* A frame of IEEE 802.11 9.3.2: data, which are not encrypted. */
bool
walk_wireless(struct walk *w)
{
	size_t head = 24;
	unsigned type, flags;

	if (w->n < head)
		return false;
	type = w->p[0];
	flags = w->p[1];
	/* Management and control frames, and data without any. */
	if ((type & 0x0c) != 0x08 || (type & 0x40) != 0)
		return false;
	if ((flags & 0x40) != 0) {
		w->unread = DECODE_WIRELESS;
		return false;
	}
	/* A fourth address between access points; QoS, and HT with it. */
	head += (flags & 3) == 3 ? 6 : 0;
	if ((type & 0x80) != 0)
		head += 2 + ((flags & 0x80) != 0 ? 4u : 0u);
	return walk_to(w, walk_llc, head);
}

/* radiotap.org: how it was received, of a length that it says. */
bool
walk_radiotap(struct walk *w)
{
	return w->n >= 4 && walk_to(w, walk_wireless, file16(w->p + 2, false));
}

/* LINKTYPE_NFLOG: fields of which each has its length and type, as the
 * capturing machine has them, up to a multiple of 4; one is the packet. */
bool
walk_nflog(struct walk *w)
{
	enum { PAYLOAD = 9, HEAD = 4 };

	if (!walk_on(w, HEAD))
		return false;
	while (w->n >= HEAD) {
		size_t n = file16(w->p, false);
		unsigned type = file16(w->p + 2, false) & 0x7fff;

		if (n < HEAD || n > w->n)
			return false;
		if (type == PAYLOAD) {
			w->n = n;
			return walk_to(w, walk_ip, HEAD);
		}
		n = (n + 3) & ~(size_t)3;
		if (!walk_on(w, n < w->n ? n : w->n))
			return false;
	}
	return false;
}
