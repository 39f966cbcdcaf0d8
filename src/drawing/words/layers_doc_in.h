/* Shared by the files of packets' layers; see words/layers_doc.h. */
#ifndef WORDS_LAYERS_DOC_IN_H
#define WORDS_LAYERS_DOC_IN_H

#include "words/layers_doc.h"

/* X(ID, letter, name, header, fields, style of its bytes) */
#define LAYERS(X)                                        \
	X(ETHERNET, 'E', "Ethernet", 14, ethernet, DIM)  \
	X(IPV4, 'I', "IPv4", 20, ipv4, PROVISIONAL)      \
	X(IPV6, 'I', "IPv6", 40, ipv6, PROVISIONAL)      \
	X(FRAGMENT, 'F', "Fragment", 8, fragment, TIMER) \
	X(UDP, 'U', "UDP", 8, udp, SUCCESS)              \
	X(TCP, 'T', "TCP", 20, tcp, SUCCESS)             \
	X(SCTP, 'C', "SCTP", 28, sctp, SUCCESS)          \
	X(M3UA, 'M', "M3UA", 24, m3ua, RULE)             \
	X(ISUP, 'G', "ISUP", 0, NULL, SIGNALLING)        \
	X(TLS, 'L', "TLS", 5, tls, RULE)                 \
	X(RTP, 'R', "RTP", 12, rtp, REQUEST)             \
	X(DNS, 'N', "DNS", 0, NULL, REQUEST)             \
	X(DIAMETER, 'V', "Diameter", 0, NULL, REQUEST)   \
	X(STUN, 'A', "STUN", 0, NULL, REQUEST)           \
	X(WEBSOCKET, 'W', "WebSocket", 0, NULL, RULE)    \
	X(SIP, 'S', "SIP", 0, NULL, REQUEST)             \
	X(SDP, 'D', "SDP", 0, NULL, CODE)                \
	X(BODY, 'B', N_("body"), 0, NULL, CODE)          \
	X(DATA, 'X', N_("data"), 0, NULL, PLAIN)

enum layer_id {
#define X(id, letter, name, header, fields, style) LAYER_##id,
	LAYERS(X)
#undef X
};

/* What the packets are of. */
struct layers_message {
	struct str bytes;
	struct str proto; /* "sip", "rtp" … */
	bool framed;      /* it goes over WebSocket */
	uint64_t seq;     /* the record to which lines lead */
};

struct writing {
	const struct layers_message *m;
	const struct layers_packet *p;
	size_t at; /* of the frame: the part not shown yet */
	size_t width, bytes;
	struct doc *d;
};

/* All of packet P of M, without its heading. */
void layers_put_packet(const struct layers_message *m,
    const struct layers_packet *p, size_t width, struct doc *d);

/* "IPv4 · 20 bytes · 000e to 0021", of N bytes from w->at on. */
void layers_put_heading(
    struct writing *w, enum layer_id id, struct str name, size_t n);
/* N bytes at AT of the frame, their NAME and what they mean, which is freed. */
void layers_put_row(struct writing *w, enum layer_id id, size_t at, size_t n,
    const char *name, struct buf *value);
/* N bytes as they are. */
void layers_put_data(struct writing *w, struct str name, size_t n);
/* N bytes that describe the part at AT of the message. */
void layers_put_sip(struct writing *w, size_t at, size_t n);
/* TEXT, that of the bytes from w->at on, of a handshake. */
void layers_put_http(struct writing *w, struct str text);

/* layers_doc.c: all that is left of the frame. */
void layers_put_dns(struct writing *w);
void layers_put_stun(struct writing *w);
void layers_put_isup(struct writing *w);
void layers_put_websocket(struct writing *w);
void layers_put_diameter(struct writing *w);

#endif
