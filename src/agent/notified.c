/*
 * NOTIFYs that come to a user agent: RFC 6665 4.1.3.  Which event packages it
 * knows is a table, of which the Allow-Events of a 489 (8.2.2) is made, too.
 */
#include "agent/refer.h"

#include "msg/parts.h"

/* What is done with a NOTIFY, PARAMS behind the package in its Event; C is NULL
 * outside of calls. */
static const struct {
	const char *event;
	void (*notified)(struct agent *agent, struct agent_call *c,
	    const struct sip_in *in, struct str params);
} packages[] = {
	{ "refer", agent_refer_notified },
};

#define NPACKAGES (sizeof(packages) / sizeof(packages[0]))

static void
refuse_package(struct agent *agent, const struct sip_in *in)
{
	struct sip_header events = { "Allow-Events", STR_NULL };
	struct sip_response_spec spec = {
		.status = 489, .headers = &events, .nheaders = 1
	};
	struct buf list = BUF_INIT;

	for (size_t i = 0; i < NPACKAGES; i++)
		buf_printf(&list, "%s%s", i > 0 ? ", " : "", packages[i].event);
	events.value = buf_view(&list);
	if (list.err != 0)
		agent_fail_memory(agent);
	else
		node_reply(agent->node, in, &spec, RULE_NOTIFY_EVENT);
	buf_free(&list);
}

static void
notified(struct agent *agent, struct agent_call *c, const struct sip_in *in)
{
	struct str params;
	struct str event =
	    msg_cut_params(msg_value(in->m, MSG_H_EVENT), &params);

	for (size_t i = 0; i < NPACKAGES; i++)
		if (str_iis(event, packages[i].event)) {
			packages[i].notified(agent, c, in, params);
			return;
		}
	refuse_package(agent, in);
}

void
agent_call_notified(struct agent_call *c, const struct sip_in *in)
{
	notified(c->agent, c, in);
}

void
agent_notified(struct agent *agent, const struct sip_in *in)
{
	notified(agent, NULL, in);
}
