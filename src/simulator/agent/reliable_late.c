/*
 * A PRACK that comes after its INVITE was refused: RFC 3262 3.  The provisional
 * response had none yet, so the other side owes one, and its dialog is gone.
 * What is owed is remembered as long as the INVITE's transaction lives.
 */
#include "agent/call_in.h"

#include "base/err.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

/* The dialog and the response, as the PRACK M names them, into agent->key. */
static struct str
write_prack_key(struct agent *agent, struct str call_id, struct str local,
    struct str remote, struct msg_rack rack)
{
	agent_write_key(agent, call_id, local, remote);
	buf_printf(&agent->key, "\n%u %u", rack.rseq, rack.cseq.number);
	return buf_view(&agent->key);
}

void
agent_reliable_owe(struct agent_call *c)
{
	struct agent *agent = c->agent;
	struct msg_rack rack = { .rseq = c->reliable.rseq };
	const struct msg *m;
	struct str key;

	if (!c->reliable.open || c->invite == NULL)
		return;
	m = agent_call_request(c);
	rack.cseq.number = c->invite_cseq;
	key = write_prack_key(agent, msg_value(m, MSG_H_CALL_ID),
	    str_of(c->local_tag), msg_tag_of(m, MSG_H_FROM), rack);
	if (agent->key.err != 0 ||
	    map_put(agent->by_prack, key, c->invite) != 0)
		agent_fail_memory(agent);
}

void
agent_reliable_forget(struct agent *agent, const struct sip_transaction *tr)
{
	struct str key;
	void *of;
	size_t at = 0;

	while (map_next(agent->by_prack, &at, &key, &of))
		if (of == tr) {
			map_remove(agent->by_prack, key);
			return;
		}
}

bool
agent_reliable_late(struct agent *agent, const struct sip_in *in)
{
	const struct msg *m = in->m;
	struct msg_rack rack;
	struct str key;

	if (m->method != MSG_PRACK ||
	    msg_rack_read(msg_value(m, MSG_H_RACK), &rack) != 0 ||
	    !str_is(rack.cseq.method, "INVITE"))
		return false;
	key = write_prack_key(agent, msg_value(m, MSG_H_CALL_ID),
	    msg_tag_of(m, MSG_H_TO), msg_tag_of(m, MSG_H_FROM), rack);
	if (map_get(agent->by_prack, key) == NULL)
		return false;
	map_remove(agent->by_prack, key);
	node_answer(agent->node, in, 200, RULE_PRACK_LATE);
	return true;
}
