/* What any node can be told to do. */
#include "nodes/verbs.h"

#include "base/err.h"
#include "nodes/world.h"

static int
verb_crash(void *role, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d)
{
	struct node *n = role;

	(void)object;
	(void)args;
	(void)result;
	if (!n->up)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s has crashed already"), n->name);
	node_crash(n);
	return 0;
}

static int
verb_restart(void *role, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d)
{
	struct node *n = role;

	(void)object;
	(void)args;
	(void)result;
	if (n->up)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s is running; crash() it first"), n->name);
	return node_start(n);
}

static int
verb_set(void *role, const char *object, const struct node_args *args,
    struct node_result *result, struct diag *d)
{
	struct node *n = role;

	(void)object;
	(void)result;
	(void)d;
	for (size_t i = 0; i < args->n; i++) {
		int err =
		    node_set_attr(n, args->args[i].key, args->args[i].value);

		if (err != 0)
			return err;
	}
	return 0;
}

const struct node_verb node_verbs[] = {
	{ "crash", false, { NULL }, { NULL },
	    N_("loses all it knew and neither sends nor receives any more"),
	    verb_crash },
	{ "restart", false, { NULL }, { NULL },
	    N_("comes up again after a crash, as at the start"), verb_restart },
	{ "set", false, { NULL }, { "*" },
	    N_("changes attributes, as in the topology"), verb_set },
	{ 0 },
};
