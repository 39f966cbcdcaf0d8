/*
 * A conference application: RFC 4579 5.3.  Its caller talks with something that
 * asks for what it needs before it can make a conference, as a voice that wants
 * keys to be pressed.  Here one key is all: by # the conference is made, the
 * call becomes one of it, and a re-INVITE says so by its Contact.
 */
#include "roles/conference/conference_in.h"

#include "agent/enclosed.h"
#include "rules/rule_names.h"

void
conference_apply(struct conference *cf, const struct sip_in *in)
{
	struct agent_call *c = conference_call_take(cf, in);

	if (c == NULL)
		return;
	agent_call_say(c, RTP_SOUND_PROMPT, 0);
	agent_call_ring(c, 180);
	agent_call_answer(c);
}

/* 5.3: what goes wrong is told to whom has pressed the key, and he may press it
 * again. */
static void
tell_failure(struct agent_call *c, enum rule_id why)
{
	struct buf text = BUF_INIT;

	buf_puts(&text, "no conference can be made at the moment");
	node_note(c->agent->node, why, &text);
}

static void
make_conference(struct agent_call *c)
{
	struct conference *cf = conference_of(c->agent);
	struct sim *sim = agent_sim(c->agent);
	uint64_t old = sim_cause(sim);
	struct conference_room *r;

	if (conference_is_full(cf)) {
		tell_failure(c, RULE_CONFERENCE_FULL);
		return;
	}
	if (agent_call_may_change(c, NULL) != 0) {
		tell_failure(c, RULE_CONFERENCE_APPLY);
		return;
	}
	r = conference_make(cf, RULE_CONFERENCE_APPLY);
	if (r != NULL) {
		conference_call_admit(c, r);
		agent_call_reinvite(c, false, NULL);
	}
	sim_set_cause(sim, old);
}

void
conference_pressed(struct agent_call *c, char digit)
{
	if (digit == '#' && conference_call_of(c)->room == NULL &&
	    c->machine.state == STATE_CONFIRMED)
		make_conference(c);
}

void
conference_informed(struct agent_call *c, const struct sip_in *in)
{
	char digit = msg_value(in->m, MSG_H_INFO_PACKAGE).n == 0
			 ? agent_digit_of(in->m)
			 : '\0';

	agent_call_informed(c, in);
	conference_pressed(c, digit);
}
