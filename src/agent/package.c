/* The table of agent/package.h. */
#include "agent/package.h"

#include "agent/dialog_info.h"

#include "msg/parts.h"

const struct agent_package agent_packages[AGENT_PACKAGE_COUNT] = {
#define X(id, name, type, expires, forks, read) \
	{ name, type, expires, forks, read },
	AGENT_PACKAGES(X)
#undef X
};

const struct agent_package *
agent_package_find(struct str name)
{
	for (size_t i = 0; i < AGENT_PACKAGE_COUNT; i++)
		if (str_iis(name, agent_packages[i].name))
			return &agent_packages[i];
	return NULL;
}

const struct agent_package *
agent_package_of(const struct msg *m, struct str *params)
{
	return agent_package_find(
	    msg_cut_params(msg_value(m, MSG_H_EVENT), params));
}

struct str
agent_package_event_id(struct str params)
{
	struct str id;

	return msg_param(params, "id", &id) ? id : STR_NULL;
}
