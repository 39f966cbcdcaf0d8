/*
 * LINKTYPE_WIRESHARK_UPPER_PDU: what Wireshark exports of a layer ("Export
 * PDUs"), for instance of TLS it had the keys of.  Before it stand tags, each
 * with its type and length (2 bytes each), the last of type 0; they say between
 * whom it went.
 */
#include "base/rows.h"
#include "wire/bytes.h"
#include "wire/decode_in.h"

enum {
	TAG_END = 0,
	TAG_PROTOCOL = 12, /* the name of what can read it */
	TAG_IP4_SRC = 20,
	TAG_IP4_DST = 21,
	TAG_IP6_SRC = 22,
	TAG_IP6_DST = 23,
	TAG_PORT_TYPE = 24,
	TAG_PORT_SRC = 25,
	TAG_PORT_DST = 26,
};

#define PORTS_OF_TCP 2

/* Protocols that are a layer of ours. */
static const struct layer {
	const char *name;
	walk_fn *walk;
} layers[] = {
	{ "ip", walk_ip },
	{ "ipv6", walk_ip },
	{ "eth", walk_ethernet },
	{ "eth_maybefcs", walk_ethernet },
	{ "eth_withoutfcs", walk_ethernet },
};

/* The value of a tag: N bytes at P. */
static void
take_tag(struct walk *w, unsigned tag, const uint8_t *p, size_t n)
{
	struct str name = { (const char *)p, n };
	const char *end;
	size_t layer;
	int side =
	    tag == TAG_IP4_DST || tag == TAG_IP6_DST || tag == TAG_PORT_DST;

	if (tag == TAG_PROTOCOL) {
		/* Zeros fill it up to a multiple of 4 bytes. */
		end = n > 0 ? memchr(p, 0, n) : NULL;
		name.n = end != NULL ? (size_t)(end - name.p) : n;
		layer = ROWS_FIND(name, layers);
		w->layer =
		    layer < ROWS_COUNT(layers) ? layers[layer].walk : NULL;
	} else if (tag == TAG_PORT_TYPE && n >= 4) {
		w->proto = get32(p) == PORTS_OF_TCP ? DECODE_TCP : DECODE_UDP;
	} else if ((tag == TAG_PORT_SRC || tag == TAG_PORT_DST) && n >= 4) {
		w->port[side] = (uint16_t)get32(p);
	} else if (tag >= TAG_IP4_SRC && tag <= TAG_IP6_DST &&
		   n == (tag < TAG_IP6_SRC ? 4 : 16)) {
		memcpy(w->ip[side], p, n);
		w->len = (uint8_t)n;
	}
}

bool
walk_exported(struct walk *w)
{
	unsigned tag;
	size_t n;

	w->layer = NULL;
	w->proto = DECODE_UDP;
	do {
		if (w->n < 4)
			return false;
		tag = get16(w->p);
		n = get16(w->p + 2);
		walk_on(w, 4);
		if (n > w->n)
			return false;
		take_tag(w, tag, w->p, n);
		walk_on(w, n);
	} while (tag != TAG_END);
	if (w->layer != NULL)
		return true;
	w->message = true;
	/* What the packet had on the wire, less the tags. */
	n = w->packet->length >= w->packet->data.n
		? w->packet->length - w->packet->data.n
		: 0;
	w->length = w->n + n;
	return true;
}
