/* The packets of a message, layer by layer: Ethernet, IP, UDP or TCP, and what
 * they carry, with the bytes of each field beside what they mean. */
#ifndef WORDS_LAYERS_DOC_H
#define WORDS_LAYERS_DOC_H

#include "draw/doc.h"
#include "trace/reader.h"

struct layers_packet {
	int64_t t_ns;
	struct str frame;    /* of Ethernet */
	struct str from, to; /* the nodes at the link's ends */
	size_t at;           /* the first byte of the message in a segment */
	bool lost;
};

/* Appends to D the message that SEND, of T, sends, and its N packets: a heading
 * for each layer and a row for each field.  LEFT_OUT: packets more that it has.
 * Lines have WIDTH cells.  D's err tells of missing memory. */
void layers_doc(const struct trace *t, const struct trace_rec *send,
    const struct layers_packet *packets, size_t n, size_t left_out,
    size_t width, struct doc *d);

#endif
