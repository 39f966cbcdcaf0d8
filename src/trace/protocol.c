/* The protocols' rows; see trace/protocol.h. */
#include "trace/protocol.h"

#include "base/rows.h"

static const struct {
	const char *name;
	enum trace_class class;
} protos[] = {
#define X(id, name, class) [TRACE_PROTO_##id] = { name, TRACE_CLASS_##class },
	TRACE_PROTOS(X)
#undef X
};

const char *
trace_proto_name(enum trace_proto proto)
{
	return protos[proto].name;
}

enum trace_proto
trace_proto_find(struct str name)
{
	return name.n > 0 ? (enum trace_proto)ROWS_FIND(name, protos)
			  : TRACE_PROTO_SIP;
}

enum trace_class
trace_class_of(struct str name)
{
	enum trace_proto proto = trace_proto_find(name);

	return proto < TRACE_PROTO_COUNT ? protos[proto].class
					 : TRACE_CLASS_CONTROL;
}
