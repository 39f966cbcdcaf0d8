/* The protocols' rows; see trace/protocol.h. */
#include "trace/protocol.h"

#include "base/err.h"
#include "base/rows.h"
#include "base/str.h"
#include "trace/program.h"
#include "trace/vocab.h"

static const struct {
	const char *name;
	enum trace_class class;
	enum trace_arrow arrow;
} protos[] = {
#define X(id, name, class, arrow, port, describe) \
	[TRACE_PROTO_##id] = { name, TRACE_CLASS_##class, TRACE_ARROW_##arrow },
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

enum trace_arrow
trace_arrow_of(struct str name, unsigned status)
{
	enum trace_proto proto = trace_proto_find(name);

	if (proto == TRACE_PROTO_COUNT)
		return TRACE_ARROW_OTHER;
	if (protos[proto].class != TRACE_CLASS_SIP || status == 0)
		return protos[proto].arrow;
	if (status < 200)
		return TRACE_ARROW_PROVISIONAL;
	if (status < 300)
		return TRACE_ARROW_SUCCESS;
	/* RFC 3261 21.3: it went well, but it goes on elsewhere. */
	return status < 400 ? TRACE_ARROW_REDIRECTION : TRACE_ARROW_FAILURE;
}

const char *
trace_arrow_name(enum trace_arrow arrow)
{
	static const char *const names[] = { TRACE_ARROWS(ROW_WORD) };

	return names[arrow];
}
