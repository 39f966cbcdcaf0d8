/* The names and sentences of the vocabulary. */
#include "trace/vocab.h"

#include "base/err.h"

struct kind_row {
	const char *name, *text;
	enum trace_detail detail;
};

static const struct kind_row kinds[] = {
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
	int i = 0;

	while (i < TRACE_KIND_COUNT && !str_is(name, kinds[i].name))
		i++;
	return (enum trace_kind)i;
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
	for (int i = TRACE_MESSAGES; i <= TRACE_NETWORK; i++) {
		if (str_is(name, details[i])) {
			*detail = (enum trace_detail)i;
			return 0;
		}
	}
	return ERR_NOTFOUND;
}

static const struct {
	const char *name, *text;
} drops[] = {
#define X(id, name, text) [TRACE_DROP_##id] = { name, text },
	TRACE_DROPS(X)
#undef X
};

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
	int i = 0;

	while (i < TRACE_DROP_COUNT && !str_is(name, drops[i].name))
		i++;
	return (enum trace_drop)i;
}

static const struct {
	const char *name, *text;
} refusals[] = {
#define X(id, name, text) [TRACE_REFUSAL_##id] = { name, text },
	TRACE_REFUSALS(X)
#undef X
};

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
	int i = 0;

	while (i < TRACE_REFUSAL_COUNT && !str_is(name, refusals[i].name))
		i++;
	return (enum trace_refusal)i;
}
