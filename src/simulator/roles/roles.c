/* The table of what plays the roles. */
#include "roles/roles.h"

#include "agent/requests.h"
#include "role/rows.h"

/* The roles are defined each in its file. */
#define X(word, ...) extern const struct node_role role_##word;
ROLE_ROWS(X)
#undef X

/* clang-format off */
const struct node_role *const node_roles[] = {
#define X(word, ...) &role_##word,
	ROLE_ROWS(X)
#undef X
	NULL,
};
/* clang-format on */

const char *
role_call_target(const struct node *n, const char *call)
{
	struct agent *agent = agent_of_node(n);
	const struct agent_call *c =
	    agent != NULL ? agent_call_find(agent, call) : NULL;

	return c != NULL && c->dialog != NULL ? c->dialog->sip->remote_target
					      : NULL;
}
