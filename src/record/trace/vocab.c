/* The names and sentences of the vocabulary: kinds of records. */
#include "trace/vocab.h"

#include "base/err.h"
#include "base/rows.h"
#include "trace/program.h"
#include "trace/protocol.h"

static const struct {
	const char *name, *text;
	enum trace_detail detail;
} kinds[] = {
#define X(id, name, detail, text) [TRACE_##id] = { name, text, TRACE_##detail },
	TRACE_KINDS(X)
#undef X
};

const char *
trace_kind_name(enum trace_kind kind)
{
	return kinds[kind].name;
}

const char *
trace_kind_text(enum trace_kind kind)
{
	return _(kinds[kind].text);
}

enum trace_detail
trace_kind_detail(enum trace_kind kind)
{
	return kinds[kind].detail;
}

enum trace_kind
trace_kind_find(struct str name)
{
	return (enum trace_kind)ROWS_FIND(name, kinds);
}

static const char *const details[] = {
	[TRACE_MESSAGES] = "messages",
	[TRACE_PROTOCOL] = "protocol",
	[TRACE_NETWORK] = "network",
};

const char *
trace_detail_name(enum trace_detail detail)
{
	return details[detail];
}

int
trace_detail_find(struct str name, enum trace_detail *detail)
{
	size_t i = ROWS_FIND(name, details);

	if (i == COUNT_OF(details))
		return ERR_NOTFOUND;
	*detail = (enum trace_detail)i;
	return 0;
}

static const struct {
	const char *name, *text;
} drops[] = { TRACE_DROPS(ROW_VALUES) };

const char *
trace_drop_name(enum trace_drop reason)
{
	return drops[reason].name;
}

const char *
trace_drop_text(enum trace_drop reason)
{
	return _(drops[reason].text);
}

enum trace_drop
trace_drop_find(struct str name)
{
	return (enum trace_drop)ROWS_FIND(name, drops);
}

static const struct {
	const char *name, *text;
} refusals[] = { TRACE_REFUSALS(ROW_VALUES) };

const char *
trace_refusal_name(enum trace_refusal why)
{
	return refusals[why].name;
}

const char *
trace_refusal_text(enum trace_refusal why)
{
	return _(refusals[why].text);
}

enum trace_refusal
trace_refusal_find(struct str name)
{
	return (enum trace_refusal)ROWS_FIND(name, refusals);
}
