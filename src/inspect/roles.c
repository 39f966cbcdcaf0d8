/*
 * Who a node is.  The head of a run says so.  Of a capture the head has what
 * its reader has seen the nodes do (forward, register, call, join two calls);
 * a node that it says nothing of is taken for a terminal.
 */
#include "inspect/inspect_in.h"

#include "base/array.h"
#include "base/err.h"

static const struct {
	const char *word;
	enum inspect_role role;
} words[] = {
	{ "ua", INSPECT_TERMINAL },
	{ "handset", INSPECT_TERMINAL },
	{ "voicemail", INSPECT_TERMINAL },
	{ "presence", INSPECT_TERMINAL },
	{ "proxy", INSPECT_PROXY },
	{ "registrar", INSPECT_REGISTRAR },
	{ "redirect", INSPECT_REDIRECT },
	{ "b2bua", INSPECT_B2BUA },
	{ "controller", INSPECT_B2BUA },
	{ "gateway", INSPECT_GATEWAY },
};

static unsigned
read_roles(struct str roles)
{
	unsigned bits = 0;

	while (roles.n > 0) {
		struct str word = str_cut(roles, ' ', &roles);

		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (str_is(word, words[i].word))
				bits |= 1u << words[i].role;
	}
	return bits;
}

static int
add_node(struct inspect *in, const struct node *n, struct str name)
{
	struct str key = inspect_key(in, "node", name);
	char *kept;

	/* A part before this one has it. */
	if (map_get(in->found, key) != NULL)
		return 0;
	if (map_put(in->found, key, in) != 0)
		return ERR_NOMEM;
	kept = arena_str(in->texts, name);
	if (kept == NULL || ARRAY_ROOM(&in->report.nodes, &in->nodes_cap,
				in->report.nnodes + 1) != 0)
		return ERR_NOMEM;
	in->report.nodes[in->report.nnodes++] =
	    (struct inspect_node){ str_of(kept),
		    (uint32_t)(in->report.nfiles - 1), n->roles, n->sure };
	return 0;
}

int
inspect_find_roles(struct inspect *in, const struct trace *t)
{
	const struct trace_head *head = trace_head(t);
	int err = 0;

	in->node_n = trace_name_count(t);
	in->node = arena_get(in->arena, in->node_n + 1, sizeof(*in->node));
	if (in->node == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; err == 0 && i < in->node_n; i++) {
		struct node *n = &in->node[i];
		bool listed = i < head->nnodes;

		n->roles = listed ? read_roles(head->nodes[i].role) : 0;
		n->sure = n->roles == 0 ? INSPECT_GUESSED
			  : in->whole   ? INSPECT_KNOWN
					: INSPECT_SEEN;
		/* A location service alone is no SIP element. */
		if (n->roles == 0 && in->whole)
			continue;
		if (n->roles == 0)
			n->roles = 1u << INSPECT_TERMINAL;
		err = add_node(in, n, trace_name(t, (uint32_t)i));
	}
	return err;
}

/* One role of a user agent. */
static enum inspect_role
agent_role(unsigned roles)
{
	static const enum inspect_role order[] = { INSPECT_B2BUA,
		INSPECT_GATEWAY, INSPECT_TERMINAL, INSPECT_PROXY,
		INSPECT_REDIRECT, INSPECT_REGISTRAR };

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if ((roles >> order[i] & 1) != 0)
			return order[i];
	return INSPECT_TERMINAL;
}

/* What a capture shows of a registrar's host beside REGISTER is a user agent's,
 * as far as nobody saw it forward. */
static enum inspect_role
other_role(const struct look *l, unsigned roles)
{
	enum inspect_role role = agent_role(roles);

	return role == INSPECT_REGISTRAR && !l->in->whole ? INSPECT_TERMINAL
							  : role;
}

enum inspect_role
look_role(const struct look *l)
{
	unsigned roles =
	    l->blame < l->in->node_n ? l->in->node[l->blame].roles : 0;
	bool request = l->msg != NULL && l->msg->request;

	if (l->forwarded && l->blame == l->node)
		return INSPECT_PROXY;
	if (l->msg != NULL && !request && l->blame == l->node) {
		if (l->msg->method == MSG_REGISTER &&
		    (roles >> INSPECT_REGISTRAR & 1) != 0)
			return INSPECT_REGISTRAR;
		if ((roles >> INSPECT_REDIRECT & 1) != 0)
			return INSPECT_REDIRECT;
		/* 22.3: a 407 is for proxies alone. */
		if (l->msg->status == 407 && !l->in->whole)
			return INSPECT_PROXY;
	}
	return other_role(l, roles);
}
