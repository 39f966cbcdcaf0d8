/* What a phone can be told to say within a call, and beside it. */
#include "nodes/ua_verbs.h"

#include "base/err.h"

int
ua_verb_message(void *role, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d)
{
	const char *target = node_arg(args, "target");

	(void)object;
	(void)result;
	if (target == NULL)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("message needs the URI of whom it is for"));
	return ua_message(role, NULL, target, args, d);
}

int
ua_verb_call_message(void *role, const char *object,
    const struct node_args *args, struct node_result *result, struct diag *d)
{
	struct agent_call *c = agent_call_find(role, object);

	(void)result;
	return c == NULL ? ua_verb_no_call(role, object, d)
			 : ua_message(role, c, NULL, args, d);
}
