/* What a phone can be told to say within a call, and beside it. */
#include "nodes/ua_verbs.h"

#include "base/err.h"

int
ua_verb_message(const struct node_act *a)
{
	const char *target = node_arg(a->args, "target");

	if (target == NULL)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("message needs the URI of whom it is for"));
	return ua_message(a->role, NULL, target, a->args, a->d);
}

int
ua_verb_call_message(const struct node_act *a)
{
	struct agent_call *c = agent_call_find(a->role, a->object);

	return c == NULL ? ua_verb_no_call(a->role, a->object, a->d)
			 : ua_message(a->role, c, NULL, a->args, a->d);
}
