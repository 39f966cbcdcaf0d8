/* The media of a call, for those who send and hear them (rtp/session.h): one
 * phone has one ear and one mouth, whichever of its call's dialogs has agreed
 * upon streams last. */
#include "agent/call_in.h"

#include "rtp/session.h"

static void
on_digit(char digit, void *arg)
{
	struct agent_call *c = arg;

	c->ops->digit(c, digit);
}

void
agent_call_media_follow(struct agent_call *c, const struct sip_sdp_session *sdp)
{
	const struct node *n = c->agent->node;

	if (c->media == NULL && !rtp_is_wanted(n))
		return;
	if (c->media == NULL) {
		if (rtp_session_create(&c->media, c->agent->node, c->name) !=
		    0) {
			agent_fail_memory(c->agent);
			return;
		}
		rtp_session_say(c->media, c->ops->says);
	}
	if (c->ops->digit != NULL)
		rtp_session_on_digit(c->media, on_digit, c);
	rtp_session_follow(c->media, sdp);
}

int
agent_call_media_press(struct agent_call *c, enum rtp_way way,
    struct str digits, unsigned ms, struct diag *d)
{
	int err = rtp_session_press(c->media, way, digits, ms);

	if (err == 0)
		return 0;
	return diag_set(d, err, NULL, 0,
	    err == ERR_STATE
		? _("%s sends no sound in which digits could go; give its "
		    "phone media=true")
	    : err == ERR_LIMIT ? _("%s has too many digits to press already")
	    : way == RTP_EVENTS
		? _("%s can't press digits as events: its sides have not "
		    "agreed on telephone-event (codecs=)")
		: _("%s can't press digits in band: its codec has no tones"),
	    c->name);
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
