/*
 * Whom a box calls, and where: for the Request-URI of the INVITE that has come,
 * and for a dialog that it is to replace.
 */
#include "pair/pair_in.h"

#include "agent/replaces.h"
#include "msg/parts.h"

/* URI, whose user begins with one of the prefixes of `rewrite`, with another in
 * its place, appended to OUT: "00=+ 0=+49". */
static void
write_number(const struct node *n, struct str uri, struct buf *out)
{
	struct str rest = str_of(node_attr(n, "rewrite", ""));
	struct msg_uri u;

	if (rest.n > 0 && msg_uri_read(uri, &u) != 0)
		rest = STR_NULL;
	while (rest.n > 0) {
		struct str to, rule = str_cut(rest, ' ', &rest);
		struct str from = str_cut(rule, '=', &to);
		size_t at;

		if (from.n == 0 || u.user.n < from.n ||
		    !str_eq(str_slice(u.user, 0, from.n), from))
			continue;
		at = (size_t)(u.user.p - uri.p);
		buf_str(out, str_slice(uri, 0, at));
		buf_str(out, to);
		buf_str(out, str_slice(uri, at + from.n, uri.n));
		return;
	}
	buf_str(out, uri);
}

void
pair_target_free(struct pair_target *to)
{
	buf_free(&to->uri);
	buf_free(&to->headers);
}

void
pair_find_target(
    struct pairs *pairs, const struct sip_in *in, struct pair_target *to)
{
	if (pair_find_bound(pairs, in->m->uri, to))
		return;
	if (pairs->kind->route != NULL)
		pairs->kind->route(pairs, in, to);
	else
		write_number(pairs->agent.node, in->m->uri, &to->uri);
}

struct str
pair_place_uri(const struct pair_leg *h)
{
	const struct agent_dialog *d = h->call.dialog;

	/* Whose name the party has may be another's, behind a box. */
	return str_of(d != NULL && d->sip->remote_target != NULL
			  ? d->sip->remote_target
			  : h->call.peer);
}

bool
pair_is_placed_behind(struct pairs *pairs, const struct msg *m)
{
	bool joins = msg_field(m, MSG_H_JOIN, 0) != NULL;
	struct agent_place_name name;

	return agent_place_read(
		   msg_value(m, joins ? MSG_H_JOIN : MSG_H_REPLACES), &name) ==
		   0 &&
	       agent_place_find(&pairs->agent, &name) == NULL &&
	       !agent_ended_has(&pairs->agent, &name) &&
	       !node_is_uri(pairs->agent.node, m->uri);
}
