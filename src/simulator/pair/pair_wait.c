/*
 * A caller who waits: the second party of his pair is called when the role says
 * so, and may be several, one after another or at once, each in a call of its
 * own.  The first of them to answer is the second party; until then the caller
 * hears a 182 or a 180 of the box's own, and no description of theirs.
 */
#include "pair/pair_in.h"

#include "base/mem.h"
#include "rules/rule_names.h"

void *
pair_user(const struct pair *p)
{
	return p->user;
}

void
pair_set_user(struct pair *p, void *user)
{
	p->user = user;
}

/* ---- what the first party hears ---- */

void
pair_give_phrase(struct pair *p, char *text)
{
	p->legs[0]->mask.phrase = text;
	mem_free(p->phrase);
	p->phrase = text;
}

/* RFC 3262 5: the first reliable response would have to offer, and nobody has
 * said anything. */
static void
tell_first_party(struct pair *p, unsigned status, char *text)
{
	if (p->mute) {
		mem_free(text);
		return;
	}
	pair_give_phrase(p, text);
	agent_call_ring(&p->legs[0]->call, status);
}

void
pair_tell_waiting(struct pair *p, const char *text)
{
	char *copy = mem_strdup(text);

	if (copy == NULL)
		agent_fail_memory(&p->pairs->agent);
	else if (p->legs[0] != NULL &&
		 agent_call_is_ringing(&p->legs[0]->call)) {
		tell_first_party(p, 182, copy);
		return;
	}
	mem_free(copy);
}

void
pair_refuse(struct pair *p, unsigned status, enum rule_id why)
{
	if (p->legs[0] != NULL && agent_call_is_ringing(&p->legs[0]->call))
		agent_call_reject(&p->legs[0]->call, status, NULL, why);
}

/* ---- who is called ---- */

bool
pair_is_trying(const struct pair *p)
{
	return !list_empty(&p->tried);
}

bool
pair_is_unanswered(const struct pair *p)
{
	return p->waits && pair_is(p, STATE_SECOND) && p->legs[0] != NULL &&
	       p->legs[1] == NULL && !pair_is_trying(p);
}

static void
leave_tried(struct pair_leg *h)
{
	list_remove(&h->link);
	h->tried = false;
	pair_note_left(h->pair);
	pair_leg_leave(h);
}

int
pair_try(struct pair *p, struct str uri, void *who)
{
	struct agent_call *c;
	struct pair_leg *h;
	int err = pair_call_party(p, uri, &c);

	if (err != 0)
		return err;
	h = pair_leg_of(c);
	c->mask = &h->mask;
	h->pair = p;
	h->side = 1;
	h->tried = true;
	h->who = who;
	list_append(&p->tried, &h->link);
	if (pair_is(p, STATE_FIRST))
		pair_step(p, EVENT_INVITE_SENT, (struct pair_input){ 1, 0 });
	return 0;
}

void
pair_try_end(struct pair *p, enum rule_id why)
{
	/* Each may end at once, and its end may make others end. */
	while (pair_is_trying(p)) {
		struct pair_leg *h =
		    LIST_ENTRY(p->tried.next, struct pair_leg, link);

		leave_tried(h);
		/* RFC 3326 2: whoever had another one answer says so. */
		if (p->legs[1] != NULL &&
		    agent_call_give_reason(&h->call,
			"SIP;cause=200;text=\"Call completed elsewhere\"") != 0)
			agent_fail_memory(h->call.agent);
		agent_call_bye_because(&h->call, why);
	}
}

void
pair_give_up(struct pair *p)
{
	struct pairs *pairs = p->pairs;

	pair_try_end(p, RULE_PAIR_SILENT);
	pairs->calls.ended(&pairs->agent);
}

void
pair_try_progress(struct pair_leg *h, const struct sip_in *in)
{
	struct pair_leg *first = h->pair->legs[0];

	if (in->m->status == 180 && first != NULL &&
	    first->call.progress != 180 && agent_call_is_ringing(&first->call))
		tell_first_party(h->pair, 180, NULL);
}

void
pair_try_answered(struct pair_leg *h)
{
	struct pair *p = h->pair;

	leave_tried(h);
	pair_add_leg(p, 1, &h->call);
	p->legs[0]->fresh = false;
	pair_try_end(p, RULE_PAIR_TAKEN);
	p->pairs->kind->waits->answered(p, h->who);
}

void
pair_try_left(struct pair_leg *h)
{
	struct pairs *pairs = h->pair->pairs;

	leave_tried(h);
	pairs->kind->waits->lost(pairs, h->who, h->call.status);
}

void
pair_try_over(struct pair_leg *h)
{
	struct pairs *pairs = pairs_of(h->call.agent);
	void *who = h->who;

	h->who = NULL;
	pairs->kind->waits->over(pairs, who);
}

void
pair_wait_parted(struct pair *p)
{
	if (p->waits && p->user != NULL)
		p->pairs->kind->waits->parted(p);
	p->user = NULL;
}
