/*
 * A node's class: the roles whose rules apply to it.  The head of a run has it.
 * The head of a capture has the nodes' observed behaviour (forwarding,
 * registering, calling, joining two calls); a node without any is taken for a
 * UA.
 */
#include "base/array.h"
#include "base/err.h"
#include "inspect/check.h"
#include "inspect/inspect_in.h"

/* The classes of the roles WORDS, bits. */
static unsigned
read_roles(struct str words)
{
	unsigned bits = 0;

	while (words.n > 0) {
		const struct role *r = role_find(str_cut(words, ' ', &words));

		if (r != NULL && r->class != ROLE_CLASS_NONE)
			bits |= 1u << r->class;
	}
	return bits;
}

static int
add_node(struct inspect *in, const struct node *n, struct str name)
{
	struct str key = inspect_mark(in, MARK_NODE, name);
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
		/* A location service alone is no SIP element, nor are a
		 * capture's servers of names, its NATs, and who sends media
		 * alone: those are not listed. */
		if (n->roles == 0 &&
		    (in->whole || (!listed && head->nnodes > 0) ||
			(listed && head->nodes[i].role.n > 0)))
			continue;
		if (n->roles == 0)
			n->roles = 1u << ROLE_CLASS_TERMINAL;
		err = add_node(in, n, trace_name(t, (uint32_t)i));
	}
	return err;
}

/* One role of a user agent. */
static enum role_class
agent_role(unsigned roles)
{
	static const enum role_class order[] = { ROLE_CLASS_B2BUA,
		ROLE_CLASS_GATEWAY, ROLE_CLASS_TERMINAL, ROLE_CLASS_PROXY,
		ROLE_CLASS_REDIRECT, ROLE_CLASS_REGISTRAR };

	for (size_t i = 0; i < COUNT_OF(order); i++)
		if ((roles >> order[i] & 1) != 0)
			return order[i];
	return ROLE_CLASS_TERMINAL;
}

/* Messages other than REGISTER at a registrar's host are a user agent's in a
 * capture, unless it was seen to forward. */
static enum role_class
other_role(const struct inspected_message *l, unsigned roles)
{
	enum role_class role = agent_role(roles);

	return role == ROLE_CLASS_REGISTRAR && !l->in->whole
		   ? ROLE_CLASS_TERMINAL
		   : role;
}

enum role_class
inspected_role(const struct inspected_message *l)
{
	unsigned roles =
	    l->blame < l->in->node_n ? l->in->node[l->blame].roles : 0;
	bool request = l->msg != NULL && l->msg->request;

	if (l->forwarded && l->blame == l->node)
		return ROLE_CLASS_PROXY;
	if (l->msg != NULL && !request && l->blame == l->node) {
		if (l->msg->method == MSG_REGISTER &&
		    (roles >> ROLE_CLASS_REGISTRAR & 1) != 0)
			return ROLE_CLASS_REGISTRAR;
		if ((roles >> ROLE_CLASS_REDIRECT & 1) != 0)
			return ROLE_CLASS_REDIRECT;
		/* 22.3: a 407 is for proxies alone. */
		if (l->msg->status == 407 && !l->in->whole)
			return ROLE_CLASS_PROXY;
	}
	return other_role(l, roles);
}
