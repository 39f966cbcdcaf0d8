/* See agent/refer_sub.h. */
#include "agent/refer_sub.h"
#include "agent/requests.h"

#include "base/addr.h"
#include "msg/parts.h"

#include <string.h>

const struct sip_header agent_refer_sub_fields[AGENT_REFER_SUB_FIELDS] = {
	{ "Refer-Sub", STR_INIT("false") },
	{ "Supported", STR_INIT("norefersub") },
};

static const char *
setting(const struct agent *agent)
{
	return node_attr(agent->node, "norefersub", "yes");
}

bool
agent_refer_sub_knows(const struct agent *agent)
{
	return agent->ops->refer != NULL && strcmp(setting(agent), "no") != 0;
}

bool
agent_refer_sub_tells(const struct agent *agent)
{
	return agent->ops->refer != NULL &&
	       strcmp(setting(agent), "supported") == 0;
}

bool
agent_refer_sub_is_off(const struct msg *m)
{
	struct str rest;

	return str_iis(
	    msg_cut_params(msg_value(m, MSG_H_REFER_SUB), &rest), "false");
}

bool
agent_refer_sub_is_sure(struct str uri)
{
	struct msg_uri u;
	struct addr a;
	struct str gr;

	return msg_uri_read(uri, &u) == 0 && u.sip &&
	       (addr_parse(u.host, &a) == 0 || msg_param(u.params, "gr", &gr));
}
