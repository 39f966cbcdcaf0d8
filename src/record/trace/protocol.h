/*
 * The protocols whose messages `send` records tell.  Code that counts, judges
 * or draws some of them differently asks for the class, so that a new protocol
 * is a row here.
 */
#ifndef TRACE_PROTOCOL_H
#define TRACE_PROTOCOL_H

#include "base/addr.h"

enum trace_class {
	TRACE_CLASS_SIP,     /* messages of SIP, that make up calls */
	TRACE_CLASS_LOOKUP,  /* queries for a location, and answers */
	TRACE_CLASS_MEDIA,   /* packets of a stream, shown summed up */
	TRACE_CLASS_CONTROL, /* whatever else passes between hosts */
};

/* X(ID, name in files): how the arrow of a message is drawn. */
#define TRACE_ARROWS(X)                                            \
	X(REQUEST, "request")                                      \
	X(PROVISIONAL, "provisional")                              \
	X(SUCCESS, "success")                                      \
	X(REDIRECTION, "redirection")                              \
	X(FAILURE, "failure")                                      \
	X(SIGNALLING, "signalling") /* of the telephone network */ \
	X(OTHER, "other")           /* not SIP */

enum trace_arrow {
#define X(id, name) TRACE_ARROW_##id,
	TRACE_ARROWS(X)
#undef X
	    TRACE_ARROW_COUNT
};

/* X(ID, `proto` in the file, class, arrow (of SIP: of its requests), its
 * default port (0: it has none, the port is always given), the function of
 * words/describe.h that describes a message) */
#define TRACE_PROTOS(X)                                                     \
	X(SIP, "sip", SIP, REQUEST, ADDR_PORT_SIP, NULL)                    \
	X(LOCATION, "location", LOOKUP, OTHER, 5070, describe_location)     \
	X(DNS, "dns", LOOKUP, OTHER, 53, describe_dns)                      \
	X(DIAMETER, "diameter", LOOKUP, OTHER, 3868, describe_diameter)     \
	X(RTP, "rtp", MEDIA, OTHER, 0, NULL)                                \
	X(RTCP, "rtcp", MEDIA, OTHER, 0, NULL)                              \
	X(SRTP, "srtp", MEDIA, OTHER, 0, NULL)                              \
	X(SRTCP, "srtcp", MEDIA, OTHER, 0, NULL)                            \
	X(TLS, "tls", CONTROL, OTHER, 0, NULL)                              \
	X(WEBSOCKET, "websocket", CONTROL, OTHER, 0, NULL)                  \
	X(STUN, "stun", CONTROL, OTHER, 3478, describe_stun)                \
	X(ISUP, "isup", CONTROL, SIGNALLING, 2905, describe_isup)           \
	X(MEGACO, "megaco", CONTROL, SIGNALLING, 2944, describe_megaco)     \
	X(H323, "h323", CONTROL, SIGNALLING, 1720, NULL)                    \
	X(CRLF, "crlf", CONTROL, OTHER, 0, NULL)   /* keep-alives */        \
	X(UDP, "udp", CONTROL, OTHER, 0, NULL)     /* any other datagram */ \
	X(BYTES, "bytes", CONTROL, OTHER, 0, NULL) /* … of a connection */

enum trace_proto {
#define X(id, name, class, arrow, port, describe) TRACE_PROTO_##id,
	TRACE_PROTOS(X)
#undef X
	    TRACE_PROTO_COUNT
};

enum {
#define X(id, name, class, arrow, port, describe) TRACE_PORT_##id = port,
	TRACE_PROTOS(X)
#undef X
};

const char *trace_proto_name(enum trace_proto proto);
/* Of a record's `proto`, which is SIP where it is left out; COUNT: none of
 * these. */
enum trace_proto trace_proto_find(struct str name);
/* Its class; of one that is none of these CONTROL. */
enum trace_class trace_class_of(struct str name);

/* The arrow of a message: of PROTO's row, of a response of SIP by its STATUS
 * (else 0). */
enum trace_arrow trace_arrow_of(struct str proto, unsigned status);
const char *trace_arrow_name(enum trace_arrow arrow);

#endif
