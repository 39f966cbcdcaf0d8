/*
 * An early dialog that ends before its INVITE does: RFC 6228 4.  A proxy that
 * forks tells the caller by a 199 that one of the phones has refused; the
 * caller goes on with the others.
 */
#include "agent/call_priv.h"

#include "base/err.h"

/* U is let go of; its call waits for others where it was the last. */
static void
end_early_dialog(struct agent_call *c, struct agent_call_usage *u)
{
	agent_call_end_branch(c, u, RULE_EARLY_ENDED);
	if (c->main == NULL && c->state == AGENT_CALL_EARLY)
		agent_call_step(c, "199", RULE_EARLY_ENDED, 199);
}

/* One that arrives for certain is acknowledged in any case, so there must be a
 * dialog to do it in. */
static struct agent_call_usage *
find_usage(struct agent_call *c, const struct sip_in *in)
{
	struct agent_call_usage *u = agent_call_usage_of(c, in->m);
	int err;

	if (u != NULL || !agent_prack_is_wanted(c, in->m))
		return u;
	err = agent_call_take_dialog(c, agent_client_request(c->client), in->m);
	if (err == ERR_NOMEM)
		agent_fail_memory(c->agent);
	return agent_call_usage_of(c, in->m);
}

void
agent_call_early_ended(struct agent_call *c, const struct sip_in *in)
{
	struct agent_call_usage *u = find_usage(c, in);

	if (u == NULL) {
		node_note_drop(c->agent->node, in->recv, TRACE_DROP_UNMATCHED,
		    RULE_EARLY_UNKNOWN);
		return;
	}
	agent_prack_send(c, in->m);
	/* It does not say which usage it ends, if there are several. */
	if (agent_usage_is_alone(&u->usage) &&
	    sip_dialog_is(u->usage.dialog->sip, SIP_DIALOG_EARLY))
		end_early_dialog(c, u);
}
