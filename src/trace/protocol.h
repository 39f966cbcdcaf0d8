/*
 * The protocols whose messages `send` records tell.  Whoever counts, judges or
 * draws some of them otherwise than the others asks for the class, so that a
 * new protocol is a row here.
 */
#ifndef TRACE_PROTOCOL_H
#define TRACE_PROTOCOL_H

#include "base/str.h"

enum trace_class {
	TRACE_CLASS_SIP,     /* messages of SIP, that make up calls */
	TRACE_CLASS_LOOKUP,  /* questions where somebody is, and answers */
	TRACE_CLASS_MEDIA,   /* packets of a stream, shown summed up */
	TRACE_CLASS_CONTROL, /* whatever else passes between hosts */
};

/* X(ID, `proto` in the file, class) */
#define TRACE_PROTOS(X)                 \
	X(SIP, "sip", SIP)              \
	X(LOCATION, "location", LOOKUP) \
	X(RTP, "rtp", MEDIA)            \
	X(RTCP, "rtcp", MEDIA)          \
	X(UDP, "udp", CONTROL) /* a datagram of neither */

enum trace_proto {
#define X(id, name, class) TRACE_PROTO_##id,
	TRACE_PROTOS(X)
#undef X
	    TRACE_PROTO_COUNT
};

const char *trace_proto_name(enum trace_proto proto);
/* Of a record's `proto`, which is SIP where it is left out; COUNT: none of
 * these. */
enum trace_proto trace_proto_find(struct str name);
/* Its class; of one that is none of these CONTROL. */
enum trace_class trace_class_of(struct str name);

#endif
