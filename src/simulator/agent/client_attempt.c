/*
 * The attempts of a request: their bytes, whom they go to after a redirection,
 * what a failure makes of them (RFC 3261 8.1.3, 21.3).
 */
#include "agent/agent.h"

#include "agent/refer.h"
#include "agent/session_timer.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"
#include "msg/splice.h"
#include "node/uri.h"
#include "node/world.h"
#include "rules/rule_names.h"

/*
 * The bytes of an attempt under construction.  RFC 3261 8.1.3.4, 8.1.3.5 and
 * 22.2 want the request repeated as it was except for what a response asked to
 * be changed; so the one that libosip2 built is changed in place: Request-URI,
 * the branch of the top Via, the CSeq number, the first Route, credentials, and
 * what a redirection brings along (19.1.5).
 */
struct attempt {
	struct agent_client *q;
	const struct msg *m; /* the request as it was built */
	struct msg_splice sp;
	struct buf uri;   /* the new Request-URI, or empty */
	struct buf lines; /* fields to be put in */
};

/* ---- the Request-URI ---- */

static struct str
attempt_uri(const struct attempt *k)
{
	return k->uri.n > 0 ? buf_view(&k->uri) : k->m->uri;
}

static void
attempt_put_uri(struct attempt *k)
{
	const struct agent_target *t = k->q->target;

	/* 21.3.4: after a 305 only the way is another. */
	if (t == NULL || t->proxy)
		return;
	node_write_target(str_of(t->uri), &k->uri);
	msg_splice_replace(&k->sp, k->m->uri, buf_view(&k->uri));
}

/* ---- Via, CSeq, Route ---- */

/* 8.1.1.7 */
static void
attempt_put_branch(struct attempt *k)
{
	LOCAL_BUF branch = BUF_INIT;
	struct msg_via v;

	if (k->q->attempts == 0 || msg_top_via(k->m, &v) != 0)
		return;
	sip_stack_branch(k->q->agent->node->stack, &branch);
	if (branch.err != 0)
		k->sp.err = ERR_NOMEM;
	else
		msg_splice_replace(&k->sp, v.branch, buf_view(&branch));
}

static void
attempt_put_cseq(struct attempt *k)
{
	struct str value = msg_value(k->m, MSG_H_CSEQ);
	LOCAL_BUF text = BUF_INIT;
	struct msg_cseq cseq;

	if (msg_cseq_read(value, &cseq) != 0 || cseq.number == k->q->number)
		return;
	buf_u64(&text, k->q->number);
	buf_putc(&text, ' ');
	buf_str(&text, cseq.method);
	if (text.err != 0)
		k->sp.err = ERR_NOMEM;
	else
		msg_splice_replace(&k->sp, value, buf_view(&text));
}

/* 21.3.4: through the proxy of a 305, after the request's other proxies; a
 * Route that the proxy will take for its own (16.12.1.1). */
static void
put_proxy(struct attempt *k)
{
	LOCAL_BUF uri = BUF_INIT;
	struct str lr;
	struct msg_uri u;

	node_write_target(str_of(k->q->target->uri), &uri);
	buf_printf(&k->lines, "Route: <%s%s>\r\n", buf_cstr(&uri),
	    msg_uri_read(buf_view(&uri), &u) == 0 &&
		    msg_param(u.params, "lr", &lr)
		? ""
		: ";lr");
	if (uri.err != 0)
		k->sp.err = ERR_NOMEM;
}

static void
attempt_put_route(struct attempt *k)
{
	struct msg_values it = { 0 };
	struct str first;

	/* RFC 3263 4.3: the other proxy takes the place of the first. */
	if (k->q->where.route != NULL &&
	    msg_next_value(k->m, MSG_H_ROUTE, &it, &first))
		msg_splice_replace(&k->sp, first, str_of(k->q->where.route));
	if (k->q->target != NULL && k->q->target->proxy)
		put_proxy(k);
}

/* 8.1.1.8: requests back shall come to the face that this goes from, and in a
 * dialog that this begins by the transport that it goes by.  It was built for
 * the way that was guessed at, and for UDP. */
static void
attempt_put_contact(struct attempt *k)
{
	enum agent_contact_rule rule = k->q->contact;
	const struct node *n = k->q->agent->node;
	uint8_t by = agent_contact_by(
	    rule == AGENT_CONTACT_WAY ? k->q->dst.transport : ADDR_DEFAULT,
	    agent_client_uri(k->q));
	const struct agent_identity *self =
	    k->q->self != NULL ? k->q->self : k->q->agent->self;
	struct msg_addr old, own;

	if (rule == AGENT_CONTACT_GIVEN || rule == AGENT_CONTACT_NONE ||
	    (by == ADDR_DEFAULT && n->nfaces == 1))
		return;
	if (msg_addr_read(msg_value(k->m, MSG_H_CONTACT), &old) == 0 &&
	    msg_addr_read(str_of(agent_identity_contact(
			      self, node_face_toward(n, &k->q->dst), by)),
		&own) == 0 &&
	    !str_eq(old.uri, own.uri))
		msg_splice_replace(&k->sp, old.uri, own.uri);
}

/* ---- headers of a Contact ---- */

/* 19.1.5: header fields that a URI may add to a request; the others would be
 * false for this user agent, or misroute the request. */
static const struct {
	enum msg_header id;
	bool list; /* 8.1.3.4: is appended, not overwritten */
} harmless[] = {
	{ MSG_H_SUBJECT, false },
	{ MSG_H_PRIORITY, false },
	{ MSG_H_REPLY_TO, false },
	{ MSG_H_IN_REPLY_TO, true },
	{ MSG_H_CALL_INFO, true },
	{ MSG_H_ALERT_INFO, true },
};

static bool
attempt_put_header(struct attempt *k, struct str name, struct str escaped)
{
	enum msg_header id = msg_header_find(name);
	size_t n = COUNT_OF(harmless), i = 0;
	const struct msg_field *old;
	LOCAL_BUF value = BUF_INIT;
	bool good;

	while (i < n && harmless[i].id != id)
		i++;
	if (i == n)
		return false;
	good = agent_unescape_line(escaped, &value) && value.n > 0;
	old = msg_field(k->m, id, 0);
	if (good && old != NULL && !harmless[i].list)
		msg_splice_replace(&k->sp, old->value, buf_view(&value));
	else if (good)
		buf_printf(&k->lines, "%s: %s\r\n", msg_header_info(id)->name,
		    buf_cstr(&value));
	if (value.err != 0)
		k->sp.err = ERR_NOMEM;
	return good;
}

static void
attempt_put_headers(struct attempt *k)
{
	const struct agent_target *t = k->q->target;
	bool good = true;
	struct msg_uri u;

	if (t == NULL || t->proxy || msg_uri_read(str_of(t->uri), &u) != 0)
		return;
	while (u.headers.n > 0) {
		struct str value,
		    name = str_cut(
			str_cut(u.headers, '&', &u.headers), '=', &value);

		good &= attempt_put_header(k, name, value);
	}
	if (!good)
		agent_note_bad(k->q->agent, RULE_REDIRECT_HEADERS,
		    TRACE_REFUSAL_HEADERS, str_of(t->uri));
}

/* ---- all of it ---- */

/* New lines come behind Contact, else behind CSeq. */
static void
put_auth_lines(struct attempt *k)
{
	uint32_t wanted = agent_auth_wanted(k->q, k->m, attempt_uri(k));
	const struct msg_field *after = msg_field(k->m, MSG_H_CONTACT, 0);

	if (after == NULL)
		after = msg_field(k->m, MSG_H_CSEQ, 0);
	if (agent_auth_write(k->q, wanted, k->m, attempt_uri(k), &k->lines,
		&k->q->carried) != 0 ||
	    k->lines.err != 0 || k->uri.err != 0)
		k->sp.err = ERR_NOMEM;
	else if (k->lines.n > 0 && after != NULL)
		msg_splice_after(&k->sp, after->line, buf_view(&k->lines));
}

int
agent_attempt_make(struct agent_client *q, struct sip_bytes **out)
{
	struct world *w = q->agent->node->world;
	struct attempt k;
	int err = 0;

	*out = NULL;
	/* One by one: the edits are many, and none of them is looked at before
	 * it is made. */
	k.q = q;
	k.m = world_read(w, q->base);
	k.uri = BUF_INIT;
	k.lines = BUF_INIT;
	msg_splice_init(&k.sp, k.m->bytes);
	attempt_put_uri(&k);
	attempt_put_branch(&k);
	attempt_put_cseq(&k);
	attempt_put_route(&k);
	attempt_put_contact(&k);
	attempt_put_headers(&k);
	agent_session_put(q, k.m, &k.sp, &k.lines);
	put_auth_lines(&k);
	if (k.sp.err == 0 && k.sp.n == 0)
		*out = sip_bytes_ref(q->base);
	else
		err = sip_bytes_splice(w->sim, &k.sp, out);
	if (*out == q->base)
		msg_splice_free(&k.sp);
	/* 19.1.5: a text that is not a valid request is not sent. */
	else if (err == 0 &&
		 msg_check(world_read(w, *out), NULL) != MSG_FAULT_NONE) {
		sip_bytes_unref(*out);
		*out = NULL;
		err = ERR_SYNTAX;
	}
	buf_free(&k.uri);
	buf_free(&k.lines);
	return err;
}

/* ---- The target set: RFC 3261 8.1.3.4, 21.3 ---- */

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

/* The target set begins with the Request-URI; redirections add their Contacts,
 * each URI once, so that two places that name each other end it.  Targets are
 * tried one after the other, in the order of q. */
static int
attempt_add_target(
    struct agent_client *q, struct str uri, unsigned quality, bool proxy)
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

/* The fault of a Contact as a target, if it has one. */
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
		err = attempt_add_target(q,
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
			err = attempt_add_target(
			    q, a.uri, msg_q(a.params), proxy);
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
		LOCAL_BUF route = BUF_INIT;

		if (first && proxy != NULL)
			agent_write_route(q->agent, proxy, uri, &route);
		else
			node_write_sips_route(value, &route);
		if (route.err != 0)
			sp.err = route.err;
		msg_splice_replace(&sp, value, buf_view(&route));
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
