/*
 * A media gateway controller as a role.  Towards SIP it is a user agent that
 * answers for the numbers of its gateways' telephones, and calls for them;
 * session descriptions are its gateways'.
 */
#include "roles/softswitch/mgc_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/fields.h"
#include "node/uri.h"
#include "rules/rule_names.h"

#include <stddef.h>
#include <stdint.h>

static void mgc_half_rings(struct mgc_half *h, struct str sdp);
static bool
mgc_sip_call(struct mgc_half *h, struct str from, struct str number);

/* ---- Calls ---- */

static struct mgc_half *
mgc_half_other(struct mgc_half *h)
{
	return &h->call->halves[h == &h->call->halves[0]];
}

static struct mgc_call *
mgc_create(struct mgc *mgc)
{
	struct mgc_call *c = mem_zalloc(1, sizeof(*c));

	if (c == NULL) {
		agent_fail_memory(&mgc->agent);
		return NULL;
	}
	c->mgc = mgc;
	c->halves[0].call = c->halves[1].call = c;
	list_append(&mgc->calls, &c->link);
	return c;
}

static void
mgc_free_call(struct mgc_call *c)
{
	for (unsigned i = 0; i < 2; i++) {
		struct mgc_half *h = &c->halves[i];

		if (h->line != NULL)
			h->line->half = NULL;
		if (h->sip != NULL)
			h->sip->half = NULL;
		mem_free(h->stream);
		mem_free(h->sdp);
	}
	list_remove(&c->link);
	mem_free(c);
}

static void
mgc_calls_end(struct mgc *mgc)
{
	list_each (struct mgc_call, c, &mgc->calls, link)
		mgc_free_call(c);
}

/* The call has no parties, and waits for no reply. */
static void
free_if_done(struct mgc_call *c)
{
	if (c->over && c->adding == 0)
		mgc_free_call(c);
}

static void
attach(struct mgc_half *h, struct mgc_line *l)
{
	h->line = l;
	l->half = h;
}

static void
mgc_keep(struct mgc_half *h, char **to, struct str text)
{
	mem_free(*to);
	*to = mem_dup(text.p, text.n);
	if (*to == NULL)
		agent_fail_memory(&h->call->mgc->agent);
}

/* ---- the end ---- */

static const char *
tone_of(unsigned status)
{
	return status == 486 || status == 600 || status == 0 ? "cg/bt"
							     : "cg/ct";
}

static void
end_sip(struct mgc_half *h, unsigned status)
{
	struct agent_call *c = &h->sip->call;

	h->sip->half = NULL;
	h->sip = NULL;
	if (status != 0 && agent_call_is_ringing(c))
		agent_call_reject(c, status, NULL, RULE_INVITE_REJECT);
	else
		agent_call_bye(c, NULL);
}

/* TONE for a telephone that is off the hook. */
static void
end_half(struct mgc_half *h, unsigned status)
{
	if (h->sip != NULL)
		end_sip(h, status);
	/* A telephone whose Add is under way is released by its reply. */
	if (h->line != NULL && (h->context != 0 || h->call->adding == 0))
		mgc_line_release(h, h->line->off ? tone_of(status) : "");
}

void
mgc_half_leaves(struct mgc_half *h, unsigned status)
{
	struct mgc_call *c = h->call;

	if (c->over)
		return;
	c->over = true;
	end_half(h, 0);
	end_half(mgc_half_other(h), status);
	free_if_done(c);
}

/* ---- a telephone is in its context ---- */

/* What the reply of an Add says of H. */
static bool
read_added(struct mgc_half *h, const struct megaco_item *reply)
{
	struct megaco_item c, it, in = { 0 }, x;
	struct str sdp;
	size_t at = 0;

	if (megaco_reply_error(reply) != 0 ||
	    !megaco_find(reply, MEGACO_CONTEXT, &c))
		return false;
	h->context = megaco_number(&c);
	while (megaco_next(c.inner, c.group, &at, &it))
		in = it; /* the last is the stream */
	if (!megaco_find(&in, MEGACO_MEDIA, &x) ||
	    !megaco_find(&x, MEGACO_STREAM, &it) ||
	    !megaco_find(&it, MEGACO_LOCAL, &x))
		return false;
	sdp = str_trim(x.inner);
	sdp.n = (size_t)(x.inner.p + x.inner.n - sdp.p);
	mgc_keep(h, &h->stream, in.value);
	mgc_keep(h, &h->sdp, sdp);
	return h->stream != NULL && h->sdp != NULL;
}

static void
called_added(const struct megaco_item *reply, void *arg)
{
	struct mgc_half *h = arg;
	bool added = read_added(h, reply);

	h->call->adding--;
	if (h->call->over) {
		end_half(h, 0);
		free_if_done(h->call);
	} else if (added) {
		mgc_half_rings(h, str_of(h->sdp));
	} else {
		mgc_half_leaves(h, 503);
	}
}

/*
 * The caller's side is ready: who has NUMBER is called.  The caller's gateway
 * says where it receives, the called party gets that and answers, and the
 * caller's gateway learns it: an offer and its answer (RFC 3264), in Local and
 * Remote at a gateway, in bodies of SIP.  Media flow both ways once the call is
 * answered.
 */
static void
mgc_call_other(struct mgc_half *h)
{
	struct mgc_half *other = mgc_half_other(h);

	if (other->line != NULL)
		mgc_line_add(other, true, str_of(h->sdp), called_added);
	else if (!mgc_sip_call(
		     other, str_of(h->line->number), str_of(other->sdp)))
		mgc_half_leaves(other, 503);
}

static void
caller_added(const struct megaco_item *reply, void *arg)
{
	struct mgc_half *h = arg;
	bool added = read_added(h, reply);

	h->call->adding--;
	if (h->call->over) {
		end_half(h, 0);
		free_if_done(h->call);
	} else if (added) {
		mgc_call_other(h);
	} else {
		mgc_half_leaves(mgc_half_other(h), 503);
	}
}

void
mgc_call_line(struct mgc_line *l, struct str digits)
{
	struct mgc *mgc = l->gateway->mgc;
	struct mgc_line *other = mgc_line_of_number(mgc, digits);
	struct mgc_call *c = mgc_create(mgc);
	unsigned status = 0;

	if (c == NULL)
		return;
	attach(&c->halves[0], l);
	if (other == NULL && (digits.n == 0 || node_attr(mgc->agent.node,
						   "trunk", NULL) == NULL))
		status = 404;
	else if (other == NULL)
		mgc_keep(&c->halves[1], &c->halves[1].sdp, digits);
	else if (!other->gateway->served)
		status = 503;
	else if (other->half != NULL || other->off)
		status = 486;
	else
		attach(&c->halves[1], other);
	if (status != 0)
		mgc_half_leaves(&c->halves[1], status);
	else
		mgc_line_add(&c->halves[0], false, STR_NULL, caller_added);
}

/* SIP calls L, with an OFFER, which may be empty. */
static void
mgc_call_sip(struct mgc_sip *sip, struct mgc_line *l, struct str offer)
{
	struct mgc_call *c = mgc_create(l->gateway->mgc);

	if (c == NULL)
		return;
	c->halves[0].sip = sip;
	sip->half = &c->halves[0];
	attach(&c->halves[1], l);
	mgc_line_add(&c->halves[1], true, offer, called_added);
}

/* ---- progress ---- */

static void
mgc_half_rings(struct mgc_half *h, struct str sdp)
{
	struct mgc_half *caller = mgc_half_other(h);

	if (caller->sip != NULL)
		agent_call_ring(&caller->sip->call, 180);
	else if (caller->line != NULL) /* of SIP that is early media */
		mgc_line_modify(caller,
		    h->sip != NULL && sdp.n > 0 ? NULL : "cg/rt", sdp, false);
}

void
mgc_half_answers(struct mgc_half *h, struct str sdp)
{
	struct mgc_half *other = mgc_half_other(h);
	struct mgc_call *c = h->call;

	if (c->answered || c->over || h == &c->halves[0])
		return;
	c->answered = true;
	if (h->line != NULL)
		mgc_line_modify(h, "", STR_NULL, true);
	if (other->line != NULL)
		mgc_line_modify(other, "", sdp, true);
	if (other->sip != NULL)
		agent_call_answer(&other->sip->call);
}

static void mgc_invited(struct agent *agent, const struct sip_in *in);

static struct mgc *
mgc_of(const struct agent *agent)
{
	return (struct mgc *)(uintptr_t)agent;
}

static struct mgc_half *
mgc_half_of(const struct agent_call *c)
{
	return ((const struct mgc_sip *)(const void *)c)->half;
}

static struct mgc_line *
line_of_uri(const struct agent *agent, struct str uri)
{
	struct msg_uri u;

	return msg_uri_read(uri, &u) == 0
		   ? mgc_line_of_number(
			 mgc_of(agent), node_own_number(agent->node, u.user))
		   : NULL;
}

/* ---- its calls ---- */

/* RFC 3264: what the telephone's gateway has said. */
static int
describe_other_half(struct agent_call *c, struct str offer, char **sdp)
{
	const struct mgc_half *h = mgc_half_of(c);
	const char *own =
	    h != NULL ? mgc_half_other(mgc_half_of(c))->sdp : NULL;

	(void)offer;
	if (own == NULL)
		return ERR_STATE;
	*sdp = mem_strdup(own);
	return *sdp != NULL ? 0 : ERR_NOMEM;
}

/* The answer in an ACK; that to its own INVITE is told by `answered`. */
static void
described(struct agent_call *c, struct str tag, struct str sdp)
{
	struct mgc_half *h = mgc_half_of(c);

	(void)tag;
	if (h != NULL && !c->caller && mgc_half_other(h)->line != NULL)
		mgc_line_modify(
		    mgc_half_other(h), NULL, sdp, h->call->answered);
}

static void
mgc_progress(struct agent_call *c, const struct sip_in *in)
{
	struct mgc_half *h = mgc_half_of(c);

	if (h != NULL && (in->m->status == 180 || in->m->status == 183))
		mgc_half_rings(h, agent_call_sdp_of(in->m));
}

static void
mgc_answered(struct agent_call *c, const struct msg *m)
{
	if (mgc_half_of(c) != NULL)
		mgc_half_answers(mgc_half_of(c), agent_call_sdp_of(m));
}

static void
mgc_refused(struct agent_call *c, unsigned status, const struct sip_in *in)
{
	struct mgc_sip *sip = (struct mgc_sip *)(void *)c;
	struct mgc_half *h = sip->half;

	(void)in;
	if (h == NULL)
		return;
	h->sip = NULL;
	sip->half = NULL;
	mgc_half_leaves(h, status);
}

static void
mgc_leave(struct agent_call *c)
{
	mgc_refused(c, 0, NULL);
}

/* Gateways are asked for descriptions when a call begins, not later. */
static bool
refuse_change(struct agent_call *c, const struct sip_in *in)
{
	(void)c;
	if (agent_call_sdp_of(in->m).n == 0)
		return false;
	node_answer(c->agent->node, in, 488, RULE_INVITE_UNFIT);
	return true;
}

#define MGC_METHODS(X, AND)                          \
	X(INVITE, agent_call_reinvited, mgc_invited) \
	AND X(ACK, NULL, NULL)                       \
	AND X(BYE, agent_call_bye_received, NULL)    \
	AND X(CANCEL, NULL, NULL)                    \
	AND X(OPTIONS, agent_described, agent_asked)
#define MGC_ALLOW MGC_METHODS(AGENT_METHOD_NAME, ", ")

static const struct sip_header capabilities[] = {
	{ "Allow", STR_INIT(MGC_ALLOW) },
};

extern const struct node_role role_mgc;

static const struct agent_call_ops calls = {
	.size = sizeof(struct mgc_sip),
	.role = &role_mgc,
	.capabilities = capabilities,
	.plain_capabilities = capabilities,
	.ncapabilities = 1,
	.progress = mgc_progress,
	.answered = mgc_answered,
	.refused = mgc_refused,
	.leave = mgc_leave,
	.describe = describe_other_half,
	.described = described,
	.refuse_change = refuse_change,
};

/* Calls NUMBER for H; false: it can't be. */
static bool
mgc_sip_call(struct mgc_half *h, struct str from, struct str number)
{
	struct mgc *mgc = h->call->mgc;
	struct node *n = mgc->agent.node;
	LOCAL_BUF uri = BUF_INIT, who = BUF_INIT;
	LOCAL(node_fields_free) struct node_fields fields = { 0 };
	struct agent_call *c = NULL;
	struct agent_call_invite what = { .reliable = "no",
		.why = RULE_INVITE_SEND };
	int err;

	buf_printf(
	    &uri, "sip:%.*s@%s", STR_ARG(number), node_attr(n, "trunk", ""));
	buf_printf(&who, "<sip:%.*s@%s>", STR_ARG(from), n->domain);
	what.uri = buf_view(&uri);
	if (n->domain[0] != '\0')
		what.from = buf_view(&who);
	/* What describes it is known by the half. */
	what.body = str_of(mgc_half_other(h)->sdp);
	err = uri.err != 0 || who.err != 0
		  ? ERR_NOMEM
		  : agent_call_invite(&mgc->agent, &calls, &what, &fields, &c);
	if (err == 0) {
		h->sip = (struct mgc_sip *)(void *)c;
		h->sip->half = h;
	} else if (err == ERR_NOMEM) {
		agent_fail_memory(&mgc->agent);
	}
	return err == 0;
}

static void
mgc_invited(struct agent *agent, const struct sip_in *in)
{
	struct mgc_line *l = line_of_uri(agent, in->m->uri);
	struct agent_call *c;

	if (agent_refuse_extensions(agent, in))
		return;
	if (l == NULL)
		node_answer(agent->node, in, 404, RULE_UAS_URI);
	else if (!l->gateway->served)
		node_answer(agent->node, in, 503, RULE_MEGACO_START);
	else if (l->half != NULL || l->off)
		node_answer(agent->node, in, 486, RULE_INVITE_REJECT);
	else if ((c = agent_call_invited(agent, &calls, in)) != NULL) {
		c->reliable.use = AGENT_RELIABLE_NO;
		agent_call_plan_100(c);
		mgc_call_sip(
		    (struct mgc_sip *)(void *)c, l, agent_call_sdp_of(in->m));
	}
}

static const struct agent_method methods[] = { MGC_METHODS(
    AGENT_METHOD_ROW, AGENT_METHOD_AND) };

/* Unknown numbers are rejected, by the server of the domain. */
static bool
mgc_names_line(const struct agent *agent, struct str uri)
{
	return node_is_own(agent->node, uri);
}

static const struct agent_ops mgc_ops = {
	.methods = methods,
	.nmethods = COUNT_OF(methods),
	.named = mgc_names_line,
	.stands_for_many = true,
};

/* ---- life ---- */

static void
mgc_stop(void *role)
{
	struct mgc *mgc = role;

	mgc_calls_end(mgc);
	agent_usages_end(&mgc->agent);
	agent_end(&mgc->agent);
	mgc_gateways_end(mgc);
}

static int
mgc_start(struct node *n, void *role)
{
	struct mgc *mgc = role;
	int err;

	list_init(&mgc->gateways);
	list_init(&mgc->calls);
	err = agent_begin(&mgc->agent, n, &mgc_ops);
	if (err == 0)
		err = mgc_gateways_begin(mgc);
	return err;
}

NODE_ROLE(mgc) = {
	.word = "mgc",
	.allow = MGC_ALLOW,
	.size = sizeof(struct mgc),
	.start = mgc_start,
	.stop = mgc_stop,
	AGENT_ROLE(agent_role_cancel),
};
