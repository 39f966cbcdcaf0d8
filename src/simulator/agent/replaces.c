/*
 * INVITEs that are about another call (RFC 3891, RFC 3911), and calls whose
 * media are mixed.
 */
#include "agent/replaces.h"

#include "agent/recent_calls.h"
#include "base/err.h"
#include "msg/chars.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "rtp/rtp_session.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

static bool
are_mixed(const struct agent_call *a, const struct agent_call *b)
{
	list_each (struct agent_call, c, &a->place.mix, place.mix)
		if (c == b)
			return true;
	return a == b;
}

/* Two rings become one. */
static void
join_rings(struct list *a, struct list *b)
{
	struct list *after = a->next, *last = b->prev;

	a->next = b;
	b->prev = a;
	last->next = after;
	after->prev = last;
}

/* C is in a conversation with OTHER. */
static void
record_mix(const struct agent_call *c, const struct agent_call *other,
    enum rule_id why)
{
	struct sim *sim = agent_sim(c->agent);
	struct trace_writer *w = sim_trace(sim);

	sim_open(sim, TRACE_CALL, c->agent->node->name, why);
	trace_put_cstr(w, "id", c->name);
	trace_put_cstr(w, "from", agent_call_state_name(c));
	trace_put_cstr(w, "state", agent_call_state_name(c));
	trace_put_cstr(w, "peer", c->peer);
	trace_put_cstr(w, "mixed", other->name);
	sim_set_cause(sim, trace_close(w));
}

void
agent_mix(struct agent_call *a, struct agent_call *b, enum rule_id why)
{
	struct sim *sim = agent_sim(a->agent);
	uint64_t old = sim_cause(sim);

	if (are_mixed(a, b))
		return;
	join_rings(&a->place.mix, &b->place.mix);
	rtp_session_mix(a->media.session, b->media.session);
	record_mix(a, b, why);
	if (a->hold.on)
		agent_call_hold(a, false, NULL);
	list_each (struct agent_call, c, &a->place.mix, place.mix)
		if (c->hold.on)
			agent_call_hold(c, false, NULL);
	sim_set_cause(sim, old);
}

/* ---- INVITEs that are about another call ---- */

/* ---- the fields: RFC 3891 6.1, RFC 3911 7.1 ---- */

/* One parameter of a value; false: it makes the value bad. */
static bool
replacement_take_param(
    struct str name, struct str value, struct agent_place_name *out)
{
	struct str *tag = str_iis(name, "to-tag")     ? &out->to_tag
			  : str_iis(name, "from-tag") ? &out->from_tag
						      : NULL;

	if (str_iis(name, "early-only"))
		out->early_only = true;
	if (tag == NULL)
		return true;
	/* There is exactly one of each. */
	if (tag->n > 0 || value.n == 0 || chars_skip_token(value, 0) != value.n)
		return false;
	*tag = value;
	return true;
}

int
agent_place_read(struct str value, struct agent_place_name *out)
{
	struct str rest, name, param;

	*out = (struct agent_place_name){ .early_only = false };
	out->call_id = msg_cut_params(value, &rest);
	while (msg_next_param(&rest, &name, &param))
		if (!replacement_take_param(name, param, out))
			return ERR_SYNTAX;
	/* 25.1: callid = word [ "@" word ], which has no such character. */
	for (size_t i = 0; i < out->call_id.n; i++)
		if (out->call_id.p[i] <= ' ' || out->call_id.p[i] == ',')
			return ERR_SYNTAX;
	return rest.n == 0 && out->call_id.n > 0 && out->to_tag.n > 0 &&
		       out->from_tag.n > 0
		   ? 0
		   : ERR_SYNTAX;
}

int
agent_place_write(const struct agent_call *c, bool early_only, struct buf *out)
{
	const struct sip_dialog *d;

	if (c->dialog == NULL)
		return ERR_STATE;
	d = c->dialog->sip;
	/* RFC 3891 6.1: who has no tag is named by a zero. */
	buf_printf(out, "%s;to-tag=%s;from-tag=%s%s", d->call_id,
	    d->remote_tag[0] != '\0' ? d->remote_tag : "0", d->local_tag,
	    early_only ? ";early-only" : "");
	return out->err;
}

/* ---- the call that they mean ---- */

struct match {
	struct agent_call *call; /* NULL: none */
	struct sip_dialog *dialog;
};

/* RFC 3891 3: as if they were the tags of a request that comes in.  6.1: a tag
 * of zero is also none. */
static bool
is_dialog_named(const struct sip_dialog *d, const struct agent_place_name *name)
{
	return str_is(name->call_id, d->call_id) &&
	       str_is(name->to_tag, d->local_tag) &&
	       (str_is(name->from_tag, d->remote_tag) ||
		   (str_is(name->from_tag, "0") && d->remote_tag[0] == '\0'));
}

static struct sip_dialog *
find_dialog(struct agent_call *c, const struct agent_place_name *name)
{
	if (c->dialog != NULL && is_dialog_named(c->dialog->sip, name))
		return c->dialog->sip;
	list_each (struct agent_call_usage, u, &c->early, link) {
		struct agent_dialog *d = u->usage.dialog;

		if (d != NULL && is_dialog_named(d->sip, name))
			return d->sip;
	}
	return NULL;
}

static struct match
find_match(struct list *calls, const struct agent_place_name *name)
{
	struct match m = { 0 };

	list_each (struct agent_call, other, calls, link) {
		m.call = other;
		m.dialog = find_dialog(m.call, name);
		if (m.dialog != NULL)
			return m;
	}
	return (struct match){ 0 };
}

struct agent_call *
agent_place_find(struct agent *agent, const struct agent_place_name *name)
{
	return find_match(&agent->calls, name).call;
}

/* ---- whether it may be ---- */

/* What differs between the two fields. */
static const struct kind {
	enum msg_header header;
	enum rule_id bad, none, over, denied;
} kinds[] = {
	{ MSG_H_REPLACES, RULE_REPLACES_BAD, RULE_REPLACES_NONE,
	    RULE_REPLACES_OVER, RULE_REPLACES_DENIED },
	{ MSG_H_JOIN, RULE_JOIN_BAD, RULE_JOIN_NONE, RULE_JOIN_OVER,
	    RULE_JOIN_DENIED },
};

#define REPLACES (&kinds[0])
#define JOIN     (&kinds[1])

/* The kind of field that M has, or NULL. */
static const struct kind *
replacement_kind_of(const struct msg *m)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (msg_field(m, kinds[i].header, 0) != NULL)
			return &kinds[i];
	return NULL;
}

/* RFC 3891 3: one field with one value, and not both of them. */
static bool
read_one(const struct msg *m, const struct kind *k, struct agent_place_name *n)
{
	struct str value = msg_value(m, k->header);

	return (k == JOIN || msg_field(m, JOIN->header, 0) == NULL) &&
	       msg_field(m, k->header, 1) == NULL &&
	       agent_place_read(value, n) == 0;
}

/* Another call that was accepted comes in the place of C. */
static bool
replacement_is_taken(const struct agent_call *c)
{
	list_each (struct agent_call, other, &c->place.claims, place.link)
		if (!other->joins)
			return true;
	return false;
}

/* The call may still be replaced or joined: 0, or why not. */
static unsigned
judge_replaces(const struct match *old, bool early_only, enum rule_id *why)
{
	bool early = sip_dialog_is(old->dialog, STATE_EARLY);

	*why = RULE_REPLACES_TAKEN;
	if (replacement_is_taken(old->call))
		return 603;
	*why = RULE_REPLACES_ANSWERED;
	if (!early && early_only)
		return 486;
	/* Another branch of its fork was answered: the caller does not wait
	 * here. */
	*why = RULE_REPLACES_NONE;
	if (early && sip_dialog_stands(old->call->dialog->sip))
		return 481;
	*why = RULE_REPLACES_EARLY;
	return early && !old->call->caller ? 481 : 0;
}

static unsigned
judge_place(struct agent *agent, const struct sip_in *in, const struct kind *k,
    struct match *old, enum rule_id *why)
{
	struct agent_place_name name;

	*why = k->bad;
	if (!read_one(in->m, k, &name))
		return 400;
	*why = k->over;
	if (agent_recent_calls_has(agent, &name))
		return 603;
	*why = k->none;
	*old = find_match(&agent->calls, &name);
	if (old->call == NULL)
		return 481;
	*why = k->over;
	if (old->call->machine.state >= STATE_TERMINATING ||
	    sip_dialog_is(old->dialog, STATE_MORTAL))
		return 603;
	*why = k->denied;
	if (old->call->ops->may_take == NULL ||
	    !old->call->ops->may_take(old->call, in))
		return 403;
	return k == REPLACES ? judge_replaces(old, name.early_only, why) : 0;
}

bool
agent_place_of(
    struct agent *agent, const struct sip_in *in, struct agent_call **old)
{
	const struct kind *k = replacement_kind_of(in->m);
	struct match m = { 0 };
	enum rule_id why;
	unsigned status = k != NULL ? judge_place(agent, in, k, &m, &why) : 0;

	*old = m.call;
	if (status == 400)
		node_answer_bad(agent->node, in, k->header, why);
	else if (status != 0)
		node_answer(agent->node, in, status, why);
	return status == 0;
}

bool
agent_place_refuse(struct agent *agent, const struct sip_in *in)
{
	const struct kind *k = replacement_kind_of(in->m);

	if (k == NULL || in->m->method == MSG_INVITE ||
	    in->m->method == MSG_ACK)
		return false;
	node_answer_bad(agent->node, in, k->header, k->bad);
	return true;
}

/* ---- how it happens ---- */

void
agent_place_init(struct agent_call *c)
{
	list_init(&c->place.link);
	list_init(&c->place.claims);
	list_init(&c->place.mix);
}

void
agent_place_leave(struct agent_call *c)
{
	list_remove(&c->place.link);
	c->place.of = NULL;
	list_each (struct agent_call, other, &c->place.claims, place.link) {
		other->place.of = NULL;
		list_remove(&other->place.link);
	}
	list_remove(&c->place.mix);
}

void
agent_place_claim(
    struct agent_call *c, struct agent_call *old, const struct sip_in *in)
{
	c->place.of = old;
	c->joins = replacement_kind_of(in->m) == JOIN;
	list_append(&old->place.claims, &c->place.link);
}

bool
agent_place_is_sure(const struct agent_call *c)
{
	return c->place.of != NULL && !c->joins;
}

enum rule_id
agent_place_rule(const struct agent_call *c)
{
	if (c->place.of == NULL)
		return RULE_INVITE_ACCEPT;
	return c->joins ? RULE_JOIN_ACCEPT : RULE_REPLACES_ACCEPT;
}

/* C waits for its call no more. */
static struct agent_call *
release_place(struct agent_call *c)
{
	struct agent_call *old = c->place.of;

	list_remove(&c->place.link);
	c->place.of = NULL;
	return old;
}

void
agent_place_answered(struct agent_call *c)
{
	if (agent_place_is_sure(c) &&
	    c->place.of->machine.state < STATE_CONFIRMED && c->place.of->caller)
		agent_call_cancel(release_place(c), NULL);
}

void
agent_place_take(struct agent_call *c)
{
	bool joins = c->joins;
	struct agent_call *old = release_place(c);

	if (old == NULL)
		return;
	if (joins)
		agent_mix(c, old, RULE_JOIN_MIX);
	else
		agent_call_bye_because(old, RULE_REPLACES_BYE);
}
