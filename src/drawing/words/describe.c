/* Which function describes a protocol's messages; see words/describe.h. */
#include "words/describe.h"

size_t
describe_message(const struct trace_rec *send, struct str name, struct buf *out)
{
	static describe_fn *const describes[] = {
#define X(id, name, class, arrow, port, describe) [TRACE_PROTO_##id] = describe,
		TRACE_PROTOS(X)
#undef X
	};
	enum trace_proto proto = trace_proto_find(name);
	struct buf bytes = BUF_INIT;
	size_t gist;

	if (proto == TRACE_PROTO_COUNT || describes[proto] == NULL)
		return 0;
	gist = describes[proto](trace_bytes(send, &bytes), out);
	buf_end(&bytes, &out->err);
	return gist;
}
