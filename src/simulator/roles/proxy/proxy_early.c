/*
 * Early dialogs that end before the request does: RFC 6228 6.  A branch may
 * have several, where another proxy behind this one forks.  A refusal that is
 * kept back, since other branches may still be answered, ends those of its
 * branch, and the caller is told of each by a 199, where it asks for that.
 */
#include "roles/proxy/proxy_in.h"

#include "base/mem.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

/* Early dialogs of one branch that are remembered, at most. */
#define EARLY_MAX 64

/* An early dialog of a branch. */
struct early {
	struct list link; /* in branch->early */
	bool told;        /* a 199 of it went up */
	size_t n;
	char tag[]; /* of To */
};

static struct early *
find_early(const struct proxy_branch *b, struct str tag)
{
	list_each (struct early, e, &b->early, link)
		if (str_eq((struct str){ e->tag, e->n }, tag))
			return e;
	return NULL;
}

static struct early *
add_early(struct proxy_branch *b, struct str tag)
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
	struct early *e = find_early(b, tag);

	if (tag.n == 0)
		return;
	if (e == NULL)
		e = add_early(b, tag);
	if (e != NULL && m->status == 199)
		e->told = true;
}

/* The caller wants it, and does not want what only a user agent can send: a
 * response that arrives. */
static bool
is_wanted(const struct msg *invite)
{
	return msg_lists(invite, MSG_H_SUPPORTED, "199") &&
	       !msg_lists(invite, MSG_H_REQUIRE, "100rel") &&
	       !msg_lists(invite, MSG_H_PROXY_REQUIRE, "100rel") &&
	       msg_tag_of(invite, MSG_H_TO).n == 0;
}

void
proxy_early_end(struct proxy_branch *b, unsigned status)
{
	struct proxy_context *c = b->context;
	struct buf reason = BUF_INIT;

	if (c->final || !c->invite || list_empty(&b->early) ||
	    !node_attr_bool(c->proxy->node, "early_ended", true) ||
	    !is_wanted(proxy_context_request(c)))
		return;
	proxy_write_status(status, &reason);
	struct sip_header field = { "Reason", buf_view(&reason) };

	if (reason.err != 0)
		node_fail_memory(c->proxy->node);
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
	buf_free(&reason);
}

void
proxy_early_free(struct proxy_branch *b)
{
	list_each (struct early, e, &b->early, link) {
		list_remove(&e->link);
		mem_free(e);
	}
}
