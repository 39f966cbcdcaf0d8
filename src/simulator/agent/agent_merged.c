/*
 * Merged requests: RFC 3261 8.2.2.2.  A request that was forked on its way and
 * comes here by two branches is one request in two server transactions; the
 * first one is answered on its merits, each other with 482.  So every request
 * without a To tag is remembered as long as its transaction lives, which has
 * its key here for a mark.
 */
#include "agent/agent.h"

#include "agent/reliable.h"
#include "agent/requests.h"
#include "msg/header_names.h"

/* The common part of the copies, into agent->key. */
static struct str
write_request_key(struct agent *agent, const struct msg *m)
{
	agent_write_key(agent, msg_value(m, MSG_H_CALL_ID),
	    msg_tag_of(m, MSG_H_FROM), msg_value(m, MSG_H_CSEQ));
	if (agent->ops->stands_for_many) {
		buf_putc(&agent->key, '\0');
		buf_str(&agent->key, m->uri);
	}
	return buf_view(&agent->key);
}

static void
on_request_ended(struct sip_transaction *tr, void *arg)
{
	agent_request_forget(arg, tr);
	agent_reliable_forget(arg, tr);
}

static const struct sip_transaction_ops ops = { .ended = on_request_ended };

void
agent_request_leave(struct agent *agent, struct sip_transaction *tr)
{
	sip_transaction_set_user(tr, &ops, agent);
}

bool
agent_request_keep(struct agent *agent, const struct sip_in *in)
{
	struct str kept, key = write_request_key(agent, in->m);

	if (map_get(agent->by_request, key) != NULL)
		return false;
	if (agent->key.err != 0 ||
	    map_put(agent->by_request, key, in->tr) != 0 ||
	    map_keep(agent->by_request, key, &kept) != 0) {
		agent_fail_memory(agent);
		return true;
	}
	sip_transaction_set_mark(in->tr, kept);
	agent_request_leave(agent, in->tr);
	return true;
}

void
agent_request_forget(struct agent *agent, const struct sip_transaction *tr)
{
	struct str mark = sip_transaction_mark(tr);

	if (mark.n > 0)
		map_drop(agent->by_request, mark, tr);
}
