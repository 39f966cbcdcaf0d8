/* The table of event packages; see agent/package.h. */
#include "agent/package.h"

#include "agent/dialog_info.h"
#include "base/err.h"
#include "msg/header_names.h"
#include "msg/parts.h"

/* What a 423 may ask for, at most, and how often in a row it is heard. */
#define LONGER_MAX_S  604800
#define LONGER_ROUNDS 4

const struct agent_package agent_packages[AGENT_PACKAGE_COUNT] = {
#define X(id, type, expires, forks, read) \
	{ &msg_packages[MSG_PACKAGE_##id], type, expires, forks, read },
	AGENT_PACKAGES(X)
#undef X
};

const struct agent_package *
agent_package_find(struct str name)
{
	for (size_t i = 0; i < AGENT_PACKAGE_COUNT; i++)
		if (str_is(name, agent_packages[i].row->name))
			return &agent_packages[i];
	return NULL;
}

const struct agent_package *
agent_package_of(const struct msg *m, struct str *params)
{
	return agent_package_find(
	    msg_cut_params(msg_value(m, MSG_H_EVENT), params));
}

bool
agent_package_wants_longer(
    const struct msg *m, uint32_t asked_s, unsigned *rounds, uint32_t *least)
{
	return m->status == 423 && asked_s > 0 && *rounds < LONGER_ROUNDS &&
	       str_u32(msg_value(m, MSG_H_MIN_EXPIRES), least) == 0 &&
	       *least > asked_s && *least <= LONGER_MAX_S && ++*rounds > 0;
}

struct str
agent_package_event_id(struct str params)
{
	struct str id;

	return msg_param(params, "id", &id) ? id : STR_NULL;
}
