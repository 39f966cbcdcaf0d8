/*
 * The target set of a request: RFC 3261 8.1.3.4, 21.3.  It begins with the
 * Request-URI; redirections add their Contacts, each URI once, so that two
 * places that name each other end it.  Targets are tried one after the other,
 * in the order of q.
 */
#include "agent/agent.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "rules/rule_names.h"

void
agent_redirect_free(struct agent_client *q)
{
	for (size_t i = 0; i < q->ntargets; i++)
		mem_free(q->targets[i].uri);
	mem_free(q->targets);
	q->targets = NULL;
	q->target = NULL;
	q->ntargets = 0;
}

static bool
knows_target(const struct agent_client *q, struct str uri, bool proxy)
{
	for (size_t i = 0; i < q->ntargets; i++)
		if (q->targets[i].proxy == proxy &&
		    msg_uri_equal(str_of(q->targets[i].uri), uri))
			return true;
	return false;
}

static int
add_target(struct agent_client *q, struct str uri, unsigned quality, bool proxy)
{
	struct agent_target *list = q->targets;
	struct agent_target t = {
		.uri = mem_dup(uri.p, uri.n), .q = quality, .proxy = proxy
	};

	if (t.uri == NULL)
		return ERR_NOMEM;
	if (list == NULL) {
		list = mem_zalloc(AGENT_TARGETS, sizeof(*list));
		if (list == NULL) {
			mem_free(t.uri);
			return ERR_NOMEM;
		}
		q->targets = list;
	}
	list[q->ntargets++] = t;
	return 0;
}

/* What is wrong with a Contact as a target, if anything. */
static enum trace_refusal
judge_target(const struct agent_client *q, const struct msg_addr *a, bool proxy)
{
	struct msg_uri u;

	if (a->star || msg_uri_read(a->uri, &u) != 0 || !u.sip)
		return TRACE_REFUSAL_NO_URI;
	if (agent_wants_tls(q->agent, a->uri))
		return TRACE_REFUSAL_TLS;
	if (node_is_sips(agent_client_uri(q)) && !node_is_sips(a->uri) &&
	    !proxy)
		return TRACE_REFUSAL_NO_SIPS;
	if (knows_target(q, a->uri, proxy))
		return TRACE_REFUSAL_TRIED;
	return q->ntargets == AGENT_TARGETS ? TRACE_REFUSAL_CROWD
					    : TRACE_REFUSAL_COUNT;
}

/* Said once for each response: it may have a thousand of them. */
static void
refuse_target(struct agent_client *q, enum trace_refusal refusal,
    struct str uri, enum trace_refusal *said)
{
	static const enum rule_id rules[TRACE_REFUSAL_COUNT] = {
		[TRACE_REFUSAL_NO_URI] = RULE_REDIRECT_UNUSABLE,
		[TRACE_REFUSAL_TLS] = RULE_UAC_TLS,
		[TRACE_REFUSAL_NO_SIPS] = RULE_SIPS_DERIVED,
		[TRACE_REFUSAL_TRIED] = RULE_REDIRECT_LOOP,
		[TRACE_REFUSAL_CROWD] = RULE_REDIRECT_LIMIT,
	};

	if (*said == refusal)
		return;
	*said = refusal;
	agent_note_bad(q->agent, rules[refusal], refusal, uri);
}

int
agent_redirect_take(struct agent_client *q, const struct msg *m)
{
	enum trace_refusal said = TRACE_REFUSAL_COUNT;
	struct msg_values it = { 0 };
	bool proxy = m->status == 305;
	int err = 0;
	struct str v;

	/* The set begins with where the request went. */
	if (q->ntargets == 0) {
		err = add_target(q,
		    world_read(q->agent->node->world, q->base)->uri, 1000,
		    false);
		if (err == 0)
			q->targets[0].tried = true;
	}
	while (err == 0 && msg_next_value(m, MSG_H_CONTACT, &it, &v)) {
		struct msg_addr a;
		enum trace_refusal why = TRACE_REFUSAL_NO_URI;
		bool read = msg_addr_read(v, &a) == 0;

		if (read)
			why = judge_target(q, &a, proxy);
		if (why == TRACE_REFUSAL_COUNT)
			err = add_target(q, a.uri, msg_q(a.params), proxy);
		else
			refuse_target(q, why, read ? a.uri : v, &said);
	}
	return err;
}

struct agent_target *
agent_redirect_next(const struct agent_client *q)
{
	struct agent_target *best = NULL;

	for (size_t i = 0; i < q->ntargets; i++) {
		struct agent_target *t = &q->targets[i];

		/* Of two alike the one that was named first. */
		if (!t->tried && (best == NULL || t->q > best->q))
			best = t;
	}
	return best;
}

/* RFC 5630 5.1.1: from sip to a sips URI the route set becomes one of sips. */
static void
secure_routes(struct agent_client *q, struct str uri)
{
	struct world *w = q->agent->node->world;
	const struct msg *m = world_read(w, q->base);
	const struct node *proxy = agent_outbound(q->agent, 0);
	struct msg_values it = { 0 };
	struct sip_bytes *b = NULL;
	struct msg_splice sp;
	struct str value;

	msg_splice_init(&sp, m->bytes);
	for (bool first = true; msg_next_value(m, MSG_H_ROUTE, &it, &value);
	     first = false) {
		struct buf route = BUF_INIT;

		if (first && proxy != NULL)
			agent_write_route(q->agent, proxy, uri, &route);
		else
			node_write_sips_route(value, &route);
		if (route.err != 0)
			sp.err = route.err;
		msg_splice_replace(&sp, value, buf_view(&route));
		buf_free(&route);
	}
	if (sip_bytes_splice(w->sim, &sp, &b) == 0) {
		sip_bytes_unref(q->base);
		q->base = b;
	} else {
		agent_fail_memory(q->agent);
	}
}

bool
agent_redirect_step(struct agent_client *q)
{
	struct agent_target *t = agent_redirect_next(q);

	if (t == NULL)
		return false;
	if (node_is_sips(str_of(t->uri)) && !t->proxy &&
	    !node_is_sips(agent_client_uri(q)))
		secure_routes(q, str_of(t->uri));
	t->tried = true;
	q->target = t;
	return true;
}
