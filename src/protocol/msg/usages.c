/*
 * The tables of msg/usages.h: methods, their usages, and the effect of a
 * failure (RFC 5057).
 */
#include "msg/usages.h"

#include "msg/message.h"

static const struct msg_usage_method methods[] = {
#define X(method, usage, sender, facts) \
	{ MSG_##method, MSG_USAGE_##usage, sender, facts },
	MSG_USAGE_METHODS(X)
#undef X
};

const struct msg_usage_method *
msg_usage_method_find(enum msg_method m, enum msg_usage usage)
{
	for (size_t i = 0; i < COUNT_OF(methods); i++)
		if (methods[i].method == m && methods[i].usage == usage)
			return &methods[i];
	return NULL;
}

/* A method's facts are those of all usages that have it. */
bool
msg_method_is(enum msg_method m, unsigned facts)
{
	unsigned all = 0;

	for (size_t i = 0; i < COUNT_OF(methods); i++)
		if (methods[i].method == m)
			all |= methods[i].facts;
	return (all & facts) == facts;
}

bool
msg_method_answers(enum msg_method m)
{
	for (size_t i = 0; i < COUNT_OF(methods); i++)
		if (methods[i].method == m &&
		    methods[i].sender == MSG_BY_SECOND &&
		    (methods[i].facts & MSG_STARTS) != 0)
			return true;
	return false;
}

/* RFC 5057 5.1, table 2; 5.2 for 408.  A 3xx is of no effect here: it is not
 * followed within a dialog. */
static const struct {
	unsigned status;
	enum msg_effect effect;
} effects[] = {
	{ 404, MSG_ENDS_DIALOG },
	{ 405, MSG_ENDS_USAGE },
	{ 408, MSG_ENDS_USAGE },
	{ 410, MSG_ENDS_DIALOG },
	{ 416, MSG_ENDS_DIALOG },
	{ 480, MSG_ENDS_USAGE },
	{ 481, MSG_ENDS_USAGE },
	{ 482, MSG_ENDS_DIALOG },
	{ 483, MSG_ENDS_DIALOG },
	{ 484, MSG_ENDS_DIALOG },
	{ 485, MSG_ENDS_DIALOG },
	{ 489, MSG_ENDS_USAGE },
	{ 501, MSG_ENDS_USAGE },
	{ 502, MSG_ENDS_DIALOG },
	{ 604, MSG_ENDS_DIALOG },
};

enum msg_effect
msg_usage_effect(unsigned status)
{
	for (size_t i = 0; i < COUNT_OF(effects); i++)
		if (effects[i].status == status)
			return effects[i].effect;
	return MSG_ENDS_NOTHING;
}

enum msg_effect
msg_method_effect(enum msg_method m, unsigned status)
{
	enum msg_effect effect = msg_usage_effect(status);
	bool unknown = status == 405 || status == 501;

	if (effect != MSG_ENDS_USAGE)
		return effect;
	if (msg_usage_method_find(m, MSG_USAGE_NONE) != NULL)
		return MSG_ENDS_NOTHING;
	return unknown && msg_method_is(m, MSG_SPARED) ? MSG_ENDS_NOTHING
						       : MSG_ENDS_USAGE;
}
