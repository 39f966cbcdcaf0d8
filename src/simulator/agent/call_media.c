/* The media of a call, for those who send and hear them (rtp/session.h): one
 * phone has one ear and one mouth, whichever of its call's dialogs has agreed
 * upon streams last. */
#include "agent/call_in.h"

#include "rtp/session.h"

void
agent_call_media_follow(struct agent_call *c, const struct sip_sdp_session *sdp)
{
	const struct node *n = c->agent->node;

	if (c->media == NULL && !rtp_is_wanted(n))
		return;
	if (c->media == NULL &&
	    rtp_session_create(&c->media, c->agent->node, c->name) != 0) {
		agent_fail_memory(c->agent);
		return;
	}
	rtp_session_follow(c->media, sdp);
}

void
agent_call_media_step(struct agent_call *c)
{
	enum state_id state = c->machine.state;

	if (state == STATE_TERMINATING || state == STATE_TERMINATED)
		rtp_session_end(c->media);
}

void
agent_call_media_free(struct agent_call *c)
{
	rtp_session_destroy(c->media);
	c->media = NULL;
}
