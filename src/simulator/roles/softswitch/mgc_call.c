/*
 * Calls of a controller.  The caller's gateway says where it receives, the
 * called side gets that and answers, and the caller's gateway learns it: an
 * offer and its answer (RFC 3264), in Local and Remote at a gateway, in bodies
 * of SIP.  Both ways it goes once the call is answered.
 */
#include "roles/softswitch/mgc_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/world.h"
#include "rules/rule_names.h"

struct mgc_half *
mgc_half_other(struct mgc_half *h)
{
	return &h->call->halves[h == &h->call->halves[0]];
}

static struct mgc_call *
create(struct mgc *mgc)
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
free_call(struct mgc_call *c)
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

void
mgc_calls_end(struct mgc *mgc)
{
	list_each (struct mgc_call, c, &mgc->calls, link)
		free_call(c);
}

/* Nobody is in it, and no reply is to come. */
static void
free_if_done(struct mgc_call *c)
{
	if (c->over && c->adding == 0)
		free_call(c);
}

static void
attach(struct mgc_half *h, struct mgc_line *l)
{
	h->line = l;
	l->half = h;
}

static void
keep(struct mgc_half *h, char **to, struct str text)
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
		agent_call_reject(c, status, NULL, RULE_MEGACO_RELEASE);
	else
		agent_call_bye_because(c, RULE_MEGACO_RELEASE);
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
	keep(h, &h->stream, in.value);
	keep(h, &h->sdp, sdp);
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

/* The caller's side is ready: who has NUMBER is called. */
static void
call_other(struct mgc_half *h)
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
		call_other(h);
	} else {
		mgc_half_leaves(mgc_half_other(h), 503);
	}
}

void
mgc_call_line(struct mgc_line *l, struct str digits)
{
	struct mgc *mgc = l->gateway->mgc;
	struct mgc_line *other = mgc_line_of_number(mgc, digits);
	struct mgc_call *c = create(mgc);
	unsigned status = 0;

	if (c == NULL)
		return;
	attach(&c->halves[0], l);
	if (other == NULL && (digits.n == 0 || node_attr(mgc->agent.node,
						   "trunk", NULL) == NULL))
		status = 404;
	else if (other == NULL)
		keep(&c->halves[1], &c->halves[1].sdp, digits);
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

void
mgc_call_sip(struct mgc_sip *sip, struct mgc_line *l, struct str offer)
{
	struct mgc_call *c = create(l->gateway->mgc);

	if (c == NULL)
		return;
	c->halves[0].sip = sip;
	sip->half = &c->halves[0];
	attach(&c->halves[1], l);
	mgc_line_add(&c->halves[1], true, offer, called_added);
}

/* ---- progress ---- */

void
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
