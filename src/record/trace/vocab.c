/*
 * The names and sentences of the vocabulary: kinds of records, protocols,
 * programs of nodes.
 */
#include "trace/vocab.h"

#include <stdint.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/rows.h"
#include "base/str.h"
#include "trace/program.h"
#include "trace/protocol.h"

/* The names and sentences of the vocabulary. */

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

/* The protocols' rows. */

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

const char *
trace_program_word(enum trace_program_verdict v)
{
	static const char *const words[] = {
#define X(id, word) word,
		TRACE_PROGRAM_VERDICTS(X)
#undef X
	};

	return words[v];
}

static const struct {
	const char *word;
	unsigned status;
	const char *text;
} faults[] = {
#define X(id, word, status, text) { word, status, text },
	TRACE_PROGRAM_FAULTS(X)
#undef X
};

const char *
trace_program_fault_word(enum trace_program_fault f)
{
	return faults[f].word;
}

enum trace_program_fault
trace_program_fault_find(struct str word)
{
	size_t i = 0;

	while (i < TRACE_PROGRAM_FAULT_COUNT && !str_is(word, faults[i].word))
		i++;
	return (enum trace_program_fault)i;
}

const char *
trace_program_fault_text(enum trace_program_fault f)
{
	return _(faults[f].text);
}

unsigned
trace_program_fault_status(enum trace_program_fault f)
{
	return faults[f].status;
}
