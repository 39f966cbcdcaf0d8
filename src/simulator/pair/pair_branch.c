/*
 * A proxy behind a box may ring several phones for its second party (RFC 3261
 * 16.6), each in an early dialog with a session of its own (RFC 6337 2.2).  The
 * first party has one early dialog, which stands for all of them.
 */
#include "pair/pair_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"

struct pair_branch *
pair_find_branch(struct pair *p, const struct msg *m)
{
	list_each (struct pair_branch, b, &p->branches, link)
		if (str_is(msg_tag_of(m, MSG_H_TO), b->tag))
			return b;
	return NULL;
}

static void
free_branch(struct pair_branch *b)
{
	list_remove(&b->link);
	mem_free(b->tag);
	mem_free(b->heard);
	mem_free(b);
}

void
pair_branches_free(struct pair *p)
{
	list_each (struct pair_branch, b, &p->branches, link)
		free_branch(b);
	mem_free(p->branch);
	p->branch = NULL;
}

/* The branch of M says SDP.  0 or ERR_NOMEM. */
static int
note_branch(struct pair *p, const struct msg *m, struct str sdp)
{
	struct pair_branch *b = pair_find_branch(p, m);
	struct str tag = msg_tag_of(m, MSG_H_TO);

	if (b == NULL) {
		b = mem_zalloc(1, sizeof(*b));
		if (b == NULL)
			return ERR_NOMEM;
		list_init(&b->link);
		list_append(&p->branches, &b->link);
		b->tag = mem_dup(tag.p, tag.n);
	}
	mem_free(b->heard);
	b->heard = mem_dup(sdp.p, sdp.n);
	if (b->tag != NULL && b->heard != NULL)
		return 0;
	free_branch(b);
	return ERR_NOMEM;
}

bool
pair_is_first_branch(struct pair *p, struct agent_call *c, const struct msg *m)
{
	struct str tag = msg_tag_of(m, MSG_H_TO);

	if (note_branch(p, m, agent_call_sdp_of(m)) != 0)
		agent_fail_memory(c->agent);
	if (p->branch == NULL) {
		p->branch = mem_dup(tag.p, tag.n);
		agent_call_prefer(c, m);
	}
	return p->branch != NULL && str_is(tag, p->branch);
}

void
pair_pass_early_ended(struct pair *p, struct agent_call *c, const struct msg *m)
{
	struct pair_leg *first = p->legs[0], *h = pair_leg_of(c);
	struct pair_branch *b = pair_find_branch(p, m);
	bool told =
	    p->branch != NULL && str_is(msg_tag_of(m, MSG_H_TO), p->branch);

	if (b != NULL)
		free_branch(b);
	if (c->main != NULL && (!told || c->reliable.taken != 0))
		return;
	pair_carry_fields(p, m);
	if (!agent_call_tell_ended(&first->call))
		return;
	mem_free(p->branch);
	p->branch = NULL;
	mem_free(h->heard);
	h->heard = NULL;
	h->fresh = false;
	pair_relay_follow(p);
	pair_sdp_renew(&p->sdp, 0);
	if (c->main != NULL) {
		pair_forget_fields(p);
		pair_give_phrase(p, NULL);
		agent_call_ring(&first->call,
		    pair_nearest_progress(c->main->prack.progress));
	}
}
