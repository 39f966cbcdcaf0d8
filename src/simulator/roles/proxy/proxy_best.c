/*
 * The best response: RFC 3261 16.7 steps 6 to 8.  Every branch has answered, or
 * has been given an answer (408, 503) for its silence.
 */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

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
 * request other than INVITE is of use to nobody.  Within 4xx a caller who has
 * cancelled gets what that led to (9.2), not what a phone had said before. */
static int
rank(const struct proxy_context *c, unsigned status)
{
	int r = status >= 600 ? 0 : (int)(status / 100) * 10;

	if (status == 408 && !c->invite)
		return 100;
	if (status == 487 && c->cancel_wanted)
		return r - 3;

	for (size_t i = 0; i < sizeof(ranks) / sizeof(ranks[0]); i++)
		if (ranks[i].status == status)
			r += ranks[i].rank;
	return r;
}

/* A 3xx whose Contacts were all tried says nothing any more. */
static struct proxy_branch *
find_best(const struct proxy_context *c)
{
	struct proxy_branch *best = NULL;

	list_each (struct proxy_branch, b, &c->branches, link) {
		if (b->recursed || b->status == 0)
			continue;
		if (best == NULL || rank(c, b->status) < rank(c, best->status))
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
		if (rank(c, best->status) == rank(c, b->status))
			why = RULE_PROXY_BEST_FIRST;
		else if (best->status / 100 != b->status / 100)
			why = why != RULE_PROXY_FINAL ? why
						      : RULE_PROXY_BEST_CLASS;
		else if (best->status == 487 && c->cancel_wanted)
			return RULE_PROXY_BEST_CANCELLED;
		else if (best->status / 100 == 4 && rank(c, best->status) < 40)
			return RULE_PROXY_BEST_RETRY;
		else
			return RULE_PROXY_BEST_SAYS_MORE;
	}
	return why;
}

static void
pass_best(struct proxy_context *c, struct proxy_branch *best)
{
	struct buf challenges = BUF_INIT;

	gather_challenges(c, best, &challenges);
	if (challenges.err != 0)
		node_fail_memory(c->proxy->node);
	else
		proxy_context_pass(best,
		    world_read(c->proxy->node->world, best->response),
		    best->recv, buf_view(&challenges), why_best(c, best));
	buf_free(&challenges);
}

/* Nobody sent this one: 408 or what `unanswered` says in its place, 487. */
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

void
proxy_answer_best(struct proxy_context *c)
{
	struct proxy_branch *best = find_best(c);

	if (c->final)
		return;
	if (best == NULL)
		/* 16.7 step 6: no answer at all. */
		proxy_context_answer(c, 408, RULE_PROXY_408);
	else if (best->status == 408 && !c->invite)
		/* RFC 4320 4.2: nobody waits for it any more. */
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
