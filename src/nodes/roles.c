/* The table of roles: adding one is a row here and a file beside this one. */
#include "nodes/roles.h"

#include "agent/requests.h"

const struct node_role *const node_roles[] = {
	&role_ua,
	&role_registrar,
	&role_proxy,
	&role_location,
	&role_redirect,
	&role_handset,
	&role_voicemail,
	&role_presence,
	&role_controller,
	NULL,
};

void
role_asked(struct agent *agent, const struct sip_in *in)
{
	if (!agent_refuse_extensions(agent, in))
		node_answer_options(agent->node, in);
}

void
role_described(struct agent_call *c, const struct sip_in *in)
{
	node_answer_options(c->agent->node, in);
}
