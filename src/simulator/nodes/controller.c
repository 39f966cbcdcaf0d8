/* The controller: its role and what it can be told to do. */
#include "nodes/controller_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "nodes/roles.h"
#include "rules/rule_names.h"

#include <stdio.h>
#include <string.h>

static const struct agent_method methods[] = { CONTROLLER_METHODS(
    AGENT_METHOD_ROW, AGENT_METHOD_AND) };

static const struct agent_ops ops = {
	.methods = methods,
	.nmethods = sizeof(methods) / sizeof(methods[0]),
	.uncalled = true,
};

void
controller_invited(struct agent *agent, const struct sip_in *in)
{
	node_answer(agent->node, in, 403, RULE_THIRD_UNASKED);
}

/* ---- life ---- */

static void
controller_stop(void *role)
{
	struct controller *controller = role;

	if (controller == NULL)
		return;
	agent_usages_end(&controller->agent);
	controller_joins_free(controller);
	agent_end(&controller->agent);
	mem_free(controller);
}

static int
controller_start(struct node *n, void **role)
{
	struct controller *controller = mem_zalloc(1, sizeof(*controller));

	*role = NULL;
	if (controller == NULL)
		return ERR_NOMEM;
	list_init(&controller->joins);
	if (agent_begin(&controller->agent, n, &ops) != 0) {
		controller_stop(controller);
		return ERR_NOMEM;
	}
	*role = controller;
	return 0;
}

/* ---- verbs ---- */

static int
read_flow(const struct node_args *args, const struct controller_flow **flow,
    struct diag *d)
{
	const char *text = node_arg(args, "flow");

	if (text == NULL)
		text = "IV";
	for (size_t i = 0; (*flow = controller_flow_at(i)) != NULL; i++)
		if (strcmp((*flow)->word, text) == 0)
			return 0;
	return diag_set(
	    d, ERR_SYNTAX, NULL, 0, _("flow is I, III or IV, not “%s”"), text);
}

static int
connect_parties(struct controller *controller, const char *first,
    const char *second, const struct controller_flow *flow,
    struct node_result *result, struct diag *d)
{
	struct buf uris[2] = { BUF_INIT, BUF_INIT };
	struct agent_call *c = NULL;
	int err = agent_write_target(&controller->agent, first, &uris[0]);

	if (err == 0)
		err = agent_write_target(&controller->agent, second, &uris[1]);
	if (err == 0)
		err = controller_join(controller, buf_view(&uris[0]),
		    buf_view(&uris[1]), flow, &c);
	if (err == 0)
		snprintf(result->object, sizeof(result->object), "%s", c->name);
	else if (err != ERR_NOMEM)
		diag_set(d, err, NULL, 0, _("%s can't connect %s with %s: %s"),
		    controller->agent.node->name, first, second, err_text(err));
	buf_free(&uris[0]);
	buf_free(&uris[1]);
	return err;
}

static int
controller_verb_connect(const struct node_act *a)
{
	const char *first = node_arg(a->args, "first");
	const char *second = node_arg(a->args, "second");
	const struct controller_flow *flow;
	int err = read_flow(a->args, &flow, a->d);

	if (err != 0)
		return err;
	if (first == NULL || second == NULL)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("connect needs the two who are to talk"));
	return connect_parties(a->role, first, second, flow, a->result, a->d);
}

static int
controlled_verb_bye(const struct node_act *a)
{
	struct agent_call *c = agent_call_find(a->role, a->object);

	return c != NULL ? agent_call_bye(c, a->d)
			 : diag_set(a->d, ERR_NOTFOUND, NULL, 0,
			       _("%s has no call %s any more"),
			       ((struct controller *)a->role)->agent.node->name,
			       a->object);
}

static const struct node_verb verbs[] = {
	/* clang-format off */
	CONTROLLER_VERBS(NODE_VERB)
	CONTROLLED_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

const struct node_role role_controller = {
	.row = &role_rows[ROLE_controller],
	.allow = CONTROLLER_ALLOW,
	.start = controller_start,
	.stop = controller_stop,
	.moved = agent_role_moved,
	.claim = agent_role_claim,
	.request = agent_role_request,
	.cancel = agent_role_cancel,
	.stray = agent_role_stray,
	.verbs = verbs,
};
