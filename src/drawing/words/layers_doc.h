/* One packet, layer by layer: Ethernet, IP, UDP or TCP, and what they carry,
 * with the bytes of each field beside what they mean. */
#ifndef WORDS_LAYERS_DOC_H
#define WORDS_LAYERS_DOC_H

#include "draw/doc.h"

struct layers_packet {
	struct str frame;    /* of Ethernet */
	struct str from, to; /* the nodes at the link's ends */
	struct str message;  /* all bytes of the message that it bears … */
	size_t at;        /* … and which is the first of them in a segment */
	struct str proto; /* the message's: "sip", "rtp" … */
	bool framed;      /* it goes over WebSocket */
	uint64_t seq;     /* the record that its lines lead to */
};

/* Appends P to D: a heading for each layer and a row for each field.  Lines
 * have WIDTH cells.  D's err tells of missing memory. */
void layers_doc(const struct layers_packet *p, size_t width, struct doc *d);

#endif
