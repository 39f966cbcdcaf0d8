/* Which function lists a protocol's messages; see words/decoded_doc.h. */
#include "words/decoded_doc.h"

#include "trace/protocol.h"
#include "words/diameter_doc.h"
#include "words/dns_doc.h"
#include "words/isup_doc.h"
#include "words/megaco_doc.h"
#include "words/stun_doc.h"
#include "words/tls_doc.h"

typedef bool
decode_fn(struct str bytes, uint64_t seq, size_t width, struct doc *d);

static decode_fn *const decoders[TRACE_PROTO_COUNT] = {
	[TRACE_PROTO_DNS] = dns_doc,
	[TRACE_PROTO_STUN] = stun_doc,
	[TRACE_PROTO_DIAMETER] = diameter_doc,
	[TRACE_PROTO_TLS] = tls_doc,
	[TRACE_PROTO_ISUP] = isup_doc,
	[TRACE_PROTO_MEGACO] = megaco_doc,
};

bool
decoded_doc(struct str proto, struct str bytes, uint64_t seq, size_t width,
    struct doc *d)
{
	enum trace_proto p = trace_proto_find(proto);

	return p != TRACE_PROTO_COUNT && decoders[p] != NULL &&
	       decoders[p](bytes, seq, width, d);
}
