/*
 * What becomes of the answers of branches: the best response (RFC 3261 16.7
 * steps 6 to 8), early dialogs that end, redirections, why a branch is taken
 * back.
 */
#include "roles/proxy/proxy_in.h"

#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/methods.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "rules/rule_names.h"

/* ---- The best response: RFC 3261 16.7 steps 6 to 8 ---- */

/* Within 4xx those are of most use that tell how to ask again (step 6); what
 * says least comes last. */
static const struct {
	unsigned status;
	int rank;
} ranks[] = {
	{ 401, -2 },
	{ 407, -2 },
	{ 415, -1 },
	{ 420, -1 },
	{ 484, -1 },
	{ 408, 1 },
	{ 487, 2 },
	{ 503, 2 },
};

/* The lower the better: 6xx, then the lowest class.  RFC 4320 4.2: a 408 to a
 * request other than INVITE is of no use.  Within 4xx a caller who has
 * cancelled gets the result of that (9.2), not an earlier answer of a phone. */
static int
best_rank(const struct proxy_context *c, unsigned status)
{
	int r = status >= 600 ? 0 : (int)(status / 100) * 10;

	if (status == 408 && !c->invite)
		return 100;
	if (status == 487 && c->cancel_wanted)
		return r - 3;

	for (size_t i = 0; i < COUNT_OF(ranks); i++)
		if (ranks[i].status == status)
			r += ranks[i].rank;
	return r;
}

/* A 3xx whose Contacts were all tried says nothing any more. */
static struct proxy_branch *
best_find(const struct proxy_context *c)
{
	struct proxy_branch *best = NULL;

	list_each (struct proxy_branch, b, &c->branches, link) {
		if (b->recursed || b->status == 0)
			continue;
		if (best == NULL ||
		    best_rank(c, b->status) < best_rank(c, best->status))
			best = b;
	}
	return best;
}

/* Step 7: the challenges of all branches, so that they are answered at once. */
static void
gather_challenges(
    struct proxy_context *c, const struct proxy_branch *best, struct buf *out)
{
	static const enum msg_header ids[] = { MSG_H_WWW_AUTHENTICATE,
		MSG_H_PROXY_AUTHENTICATE };

	if (best->status != 401 && best->status != 407)
		return;
	list_each (const struct proxy_branch, b, &c->branches, link) {
		const struct msg_field *f;
		const struct msg *m;

		if (b == best || b->response == NULL ||
		    (b->status != 401 && b->status != 407))
			continue;
		m = world_read(c->proxy->node->world, b->response);
		for (size_t i = 0; i < 2; i++)
			for (size_t n = 0;
			     (f = msg_field(m, ids[i], n)) != NULL; n++)
				buf_str(out, f->line);
	}
}

/* What BEST has before the others; step 6. */
static enum rule_id
why_best(const struct proxy_context *c, const struct proxy_branch *best)
{
	enum rule_id why = RULE_PROXY_FINAL;

	list_each (const struct proxy_branch, b, &c->branches, link) {
		if (b == best || b->recursed || b->status == 0)
			continue;
		if (best->status >= 600)
			return RULE_PROXY_BEST_6XX;
		if (best_rank(c, best->status) == best_rank(c, b->status))
			why = RULE_PROXY_BEST_FIRST;
		else if (best->status / 100 != b->status / 100)
			why = why != RULE_PROXY_FINAL ? why
						      : RULE_PROXY_BEST_CLASS;
		else if (best->status == 487 && c->cancel_wanted)
			return RULE_PROXY_BEST_CANCELLED;
		else if (best->status / 100 == 4 &&
			 best_rank(c, best->status) < 40)
			return RULE_PROXY_BEST_RETRY;
		else
			return RULE_PROXY_BEST_SAYS_MORE;
	}
	return why;
}

static void
pass_best(struct proxy_context *c, struct proxy_branch *best)
{
	LOCAL_BUF challenges = BUF_INIT;

	gather_challenges(c, best, &challenges);
	if (challenges.err != 0)
		node_fail_memory(c->proxy->node);
	else
		proxy_context_pass(best,
		    world_read(c->proxy->node->world, best->response),
		    best->recv, buf_view(&challenges), why_best(c, best));
}

/* A final response made here: 408 or the value of `unanswered` in its place,
 * 487. */
static void
answer_made(struct proxy_context *c, const struct proxy_branch *best)
{
	uint32_t status = best->status;

	if (status == 408)
		str_u32(str_of(node_attr(c->proxy->node, "unanswered", "408")),
		    &status);
	proxy_context_answer(c, status,
	    status == best->status ? best->why : RULE_PROXY_UNANSWERED);
}

/* Every branch has answered, or has been given an answer (408, 503) for its
 * silence. */
void
proxy_answer_best(struct proxy_context *c)
{
	struct proxy_branch *best = best_find(c);

	if (c->final)
		return;
	if (best == NULL)
		/* 16.7 step 6: no answer at all. */
		proxy_context_answer(c, 408, RULE_PROXY_408);
	else if (best->status == 408 && !c->invite)
		/* RFC 4320 4.2: the client no longer waits for it. */
		proxy_context_abandon(c);
	else if (best->why == RULE_OVERLOAD_OBEYED)
		/* RFC 7339 5.10: 503 without Retry-After. */
		proxy_context_answer(c, 503, best->why);
	else if (best->status == 503)
		/* Step 6: not the upstream's business. */
		proxy_context_answer(c, 500,
		    best->response != NULL ? RULE_PROXY_503 : best->why);
	else if (best->status == 430 && best->hop.instance != NULL)
		/* RFC 5626 11.5: it was meant for this proxy. */
		proxy_context_answer(c, 480, RULE_FLOW_NONE);
	else if (best->response != NULL)
		pass_best(c, best);
	else
		answer_made(c, best);
}

/* ---- Why a branch is taken back: the Reason of its CANCEL, RFC 3326 ---- */

/* RFC 3326 2: a CANCEL that a proxy sends because it has got one has the Reason
 * of that. */
void
proxy_take_reason(struct proxy_context *c, const struct msg *cancel)
{
	struct msg_values it = { 0 };
	LOCAL_BUF all = BUF_INIT;
	struct str v;

	while (msg_next_value(cancel, MSG_H_REASON, &it, &v)) {
		if (all.n > 0)
			buf_puts(&all, ", ");
		buf_str(&all, v);
	}
	mem_free(c->reason);
	c->reason = all.n > 0 ? buf_take(&all) : NULL;
	node_fail_nomem(c->proxy->node, all.err);
}

/* The Reason that names STATUS, appended to OUT. */
static void
proxy_write_status(unsigned status, struct buf *out)
{
	const struct msg_status_info *row = msg_status(status);

	buf_printf(out, "SIP;cause=%u", status);
	if (row != NULL)
		buf_printf(out, ";text=\"%s\"", row->phrase);
}

/* RFC 3326 3.1: another phone has rejected for all of them. */
static void
best_write_refusal(const struct proxy_context *c, struct buf *out)
{
	list_each (const struct proxy_branch, b, &c->branches, link) {
		if (b->status < 600)
			continue;
		proxy_write_status(b->status, out);
		return;
	}
}

/* By this Reason a phone that stops ringing can distinguish a call that was
 * answered elsewhere from one that was missed. */
void
proxy_write_reason(
    const struct proxy_context *c, enum rule_id why, struct buf *out)
{
	/* RFC 3326 3.1: the example of a forking proxy. */
	if (why == RULE_PROXY_CANCEL_OTHERS)
		buf_puts(
		    out, "SIP;cause=200;text=\"Call completed elsewhere\"");
	else if (why == RULE_PROXY_6XX)
		best_write_refusal(c, out);
	else if (why == RULE_PROXY_CANCEL && c->reason != NULL)
		buf_puts(out, c->reason);
}

/* ---- Early dialogs that end before the request does: RFC 6228 6 ---- */

/* Early dialogs of one branch that are remembered, at most. */
#define EARLY_MAX 64

/* An early dialog of a branch, which may have several, if another proxy behind
 * this one forks. */
struct early {
	struct list link; /* in branch->early */
	bool told;        /* a 199 of it went up */
	size_t n;
	char tag[]; /* of To */
};

static struct early *
best_find_early(const struct proxy_branch *b, struct str tag)
{
	list_each (struct early, e, &b->early, link)
		if (str_eq((struct str){ e->tag, e->n }, tag))
			return e;
	return NULL;
}

static struct early *
best_add_early(struct proxy_branch *b, struct str tag)
{
	struct early *e;

	if (b->nearly >= EARLY_MAX)
		return NULL;
	e = mem_zalloc(1, sizeof(*e) + tag.n);
	if (e == NULL) {
		node_fail_memory(b->context->proxy->node);
		return NULL;
	}
	e->n = tag.n;
	memcpy(e->tag, tag.p, tag.n);
	list_append(&b->early, &e->link);
	b->nearly++;
	return e;
}

void
proxy_early_note(struct proxy_branch *b, const struct msg *m)
{
	struct str tag = msg_tag_of(m, MSG_H_TO);
	struct early *e = best_find_early(b, tag);

	if (tag.n == 0)
		return;
	if (e == NULL)
		e = best_add_early(b, tag);
	if (e != NULL && m->status == 199)
		e->told = true;
}

/* The caller wants it, and does not want what only a user agent can send: a
 * response that arrives. */
static bool
best_is_wanted(const struct msg *invite)
{
	return msg_lists(invite, MSG_H_SUPPORTED, "199") &&
	       !msg_lists(invite, MSG_H_REQUIRE, "100rel") &&
	       !msg_lists(invite, MSG_H_PROXY_REQUIRE, "100rel") &&
	       msg_tag_of(invite, MSG_H_TO).n == 0;
}

/* A rejection that is kept back, since other branches may still be answered,
 * ends the early dialogs of its branch, and the caller is notified of each by a
 * 199, if it asks for that. */
void
proxy_early_end(struct proxy_branch *b, unsigned status)
{
	struct proxy_context *c = b->context;
	LOCAL_BUF reason = BUF_INIT;

	if (c->final || !c->invite || list_empty(&b->early) ||
	    !node_attr_bool(c->proxy->node, "early_ended", true) ||
	    !best_is_wanted(proxy_context_request(c)))
		return;
	proxy_write_status(status, &reason);
	struct sip_header field = { "Reason", buf_view(&reason) };

	node_fail_nomem(c->proxy->node, reason.err);
	list_each (struct early, e, &b->early, link) {
		struct sip_response_spec spec = {
			.status = 199,
			.to_tag = { e->tag, e->n },
			.headers = &field,
			.nheaders = reason.err == 0,
		};

		if (!e->told)
			proxy_context_reply(c, &spec, RULE_PROXY_199);
		e->told = true;
	}
}

void
proxy_early_free(struct proxy_branch *b)
{
	list_each (struct early, e, &b->early, link) {
		list_remove(&e->link);
		mem_free(e);
	}
}

/* ---- Following a redirection on behalf of the caller ---- */

/* 16.7 step 8: a proxy has no To tag to give, so this is the word of a virtual
 * user agent server next to it, at the proxy's address. */
void
proxy_tell_181(struct proxy_context *c)
{
	struct sip_response_spec spec = { .status = 181 };
	LOCAL_BUF contact = BUF_INIT;

	c->told_181 = true;
	node_write_address(
	    node_face_toward(c->proxy->node, &c->src), "", &contact);
	spec.contact = buf_view(&contact);
	if (contact.err != 0)
		node_fail_memory(c->proxy->node);
	else
		proxy_context_reply(c, &spec, RULE_PROXY_181);
}

/* RFC 3261 16.7 step 4, with recurse=true and only for a Request-URI that this
 * proxy is responsible for (16.5).  No URI is tried twice, so it has an end. */
bool
proxy_recurse(struct proxy_context *c, const struct msg *m)
{
	struct msg_values it = { 0 };
	bool added = false;
	struct msg_addr a;
	struct str v;

	/* 21.3.4, 21.3.5: a 305 names no target, a 380 is for a person. */
	if (m->status > 302 || !c->responsible || c->closed ||
	    !node_attr_bool(c->proxy->node, "recurse", false))
		return false;
	while (msg_next_value(m, MSG_H_CONTACT, &it, &v)) {
		/* RFC 5630 5.3: from sip it is the caller's to go to sips. */
		if (msg_addr_read(v, &a) != 0 || a.star ||
		    (!c->sips && node_is_sips(a.uri)))
			continue;
		added |= proxy_context_add(c, a.uri, STR_NULL, msg_q(a.params),
		    "redirect", RULE_PROXY_RECURSE);
	}
	if (added && c->invite && !c->told_181 && !c->final)
		proxy_tell_181(c);
	return added;
}
