/*
 * Back-to-back user agents: RFC 3261 6, RFC 7092.  What calls go through them
 * is in pair/; here is what makes one a role, and what sets a session
 * border controller (RFC 5853) apart: it hides its network, and media go
 * through it.
 *
 * The state of either role is a struct pairs, which begins with an agent and
 * lives while its node is up; each call through it is a struct pair in that.
 */
#include "pair/pair.h"

#include "base/err.h"
#include "role/verb.h"

static const struct agent_method methods[] = { PAIR_METHODS(
    AGENT_METHOD_ROW, AGENT_METHOD_AND) };

static const struct sip_header capabilities[] = {
	{ "Allow", STR_INIT(PAIR_ALLOW) },
	{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED) },
};
static const struct sip_header plain_capabilities[] = {
	{ "Allow", STR_INIT(PAIR_ALLOW) },
	{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED_PLAIN) },
};

/* Any user named: the box takes the request, and decides how to answer. */
static bool
names_anybody(const struct agent *agent, struct str uri)
{
	(void)agent;
	(void)uri;
	return true;
}

static const struct agent_ops b2bua_ops = {
	.methods = methods,
	.nmethods = COUNT_OF(methods),
	.named = names_anybody,
	.may_refer = pair_may_refer,
	.refer = pair_refer,
	.in_dialog = pair_in_track,
	.stands_for_many = true,
};

extern const struct node_role role_b2bua;
extern const struct node_role role_sbc;

static const struct pair_kind b2bua_kind = {
	.role = &role_b2bua,
	.capabilities = capabilities,
	.plain_capabilities = plain_capabilities,
	.ncapabilities = COUNT_OF(capabilities),
};

static const struct pair_kind sbc_kind = {
	.role = &role_sbc,
	.border = true,
	.capabilities = capabilities,
	.plain_capabilities = plain_capabilities,
	.ncapabilities = COUNT_OF(capabilities),
};

/* ---- life ---- */

static int
b2bua_start(struct node *n, void *role)
{
	return pairs_begin(role, n, &b2bua_ops, &b2bua_kind);
}

static int
sbc_start(struct node *n, void *role)
{
	return pairs_begin(role, n, &b2bua_ops, &sbc_kind);
}

/* ---- verbs ---- */

static const struct node_verb verbs[] = {
	/* clang-format off */
	CONTROLLED_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

#define BOX(role)                                                              \
	.word = #role, .allow = PAIR_ALLOW, .supported = AGENT_CALL_SUPPORTED, \
	.size = sizeof(struct pairs), .start = role##_start,                   \
	.stop = pair_role_stop, AGENT_ROLE(pair_cancel), .verbs = verbs

NODE_ROLE(b2bua) = { BOX(b2bua) };
NODE_ROLE(sbc) = { BOX(sbc) };
