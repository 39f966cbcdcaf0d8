/*
 * A controller: RFC 3725.  It calls two parties and lets them talk with each
 * other: what one says of its media it passes on to the other (third-party call
 * control).  It sees no media itself.  Its sessions are pairs of calls
 * (pair/pair.h); here are the role and what it can be told to do.
 *
 * Its state is a struct pairs, which begins with an agent and lives while its
 * node is up; a session is a struct pair in it, in which both are called, until
 * both calls are over.
 */
#include "pair/pair.h"

#include "base/err.h"
#include "rules/rule_names.h"
#include "role/verb.h"

#include <stdio.h>
#include <string.h>

static void
refuse_invite(struct agent *agent, const struct sip_in *in)
{
	node_answer(agent->node, in, 403, RULE_THIRD_UNASKED);
}

#define CONTROLLER_METHODS(X, AND)                     \
	X(INVITE, agent_call_reinvited, refuse_invite) \
	AND X(ACK, NULL, NULL)                         \
	AND X(BYE, agent_call_bye_received, NULL)      \
	AND X(CANCEL, NULL, NULL)                      \
	AND X(OPTIONS, agent_described, agent_asked)
#define CONTROLLER_ALLOW CONTROLLER_METHODS(AGENT_METHOD_NAME, ", ")

static const struct agent_method methods[] = { CONTROLLER_METHODS(
    AGENT_METHOD_ROW, AGENT_METHOD_AND) };

static const struct agent_ops controller_ops = {
	.methods = methods,
	.nmethods = COUNT_OF(methods),
	.uncalled = true,
};

static const struct sip_header capabilities[] = {
	{ "Allow", STR_INIT(CONTROLLER_ALLOW) },
};

extern const struct node_role role_controller;

static const struct pair_kind kind = {
	.role = &role_controller,
	.capabilities = capabilities,
	.plain_capabilities = capabilities,
	.ncapabilities = COUNT_OF(capabilities),
};

/* ---- life ---- */

static int
controller_start(struct node *n, void *role)
{
	return pairs_begin(role, n, &controller_ops, &kind);
}

/* ---- verbs ---- */

static int
read_flow(
    const struct node_args *args, const struct pair_flow **flow, struct diag *d)
{
	const char *text = node_arg(args, "flow");

	if (text == NULL)
		text = "IV";
	for (size_t i = 0; (*flow = pair_flow_at(i)) != NULL; i++)
		if (strcmp((*flow)->word, text) == 0)
			return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("flow must be I, III or IV, not “%s”"), text);
}

static int
connect_parties(struct pairs *pairs, const char *first, const char *second,
    const struct pair_flow *flow, struct node_result *result, struct diag *d)
{
	struct buf uris[2] = { BUF_INIT, BUF_INIT };
	struct agent_call *c = NULL;
	int err = agent_write_target(&pairs->agent, first, &uris[0]);

	if (err == 0)
		err = agent_write_target(&pairs->agent, second, &uris[1]);
	if (err == 0)
		err = pair_connect(
		    pairs, buf_view(&uris[0]), buf_view(&uris[1]), flow, &c);
	if (err == 0)
		snprintf(result->object, sizeof(result->object), "%s", c->name);
	else if (err != ERR_NOMEM)
		diag_set(d, err, NULL, 0, _("%s can't connect %s with %s: %s"),
		    pairs->agent.node->name, first, second, err_text(err));
	buf_free(&uris[0]);
	buf_free(&uris[1]);
	return err;
}

static int
controller_verb_connect(const struct node_act *a)
{
	const char *first = node_arg(a->args, "first");
	const char *second = node_arg(a->args, "second");
	const struct pair_flow *flow;
	int err = read_flow(a->args, &flow, a->d);

	if (err != 0)
		return err;
	if (first == NULL || second == NULL)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("connect needs the two parties"));
	return connect_parties(a->role, first, second, flow, a->result, a->d);
}

static const struct node_verb verbs[] = {
	/* clang-format off */
	CONTROLLER_VERBS(NODE_VERB)
	CONTROLLED_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

NODE_ROLE(controller) = {
	.word = "controller",
	.allow = CONTROLLER_ALLOW,
	.size = sizeof(struct pairs),
	.start = controller_start,
	.stop = pair_role_stop,
	AGENT_ROLE(agent_role_cancel),
	.verbs = verbs,
};
