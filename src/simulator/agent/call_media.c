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

/* The first that holds of C; the attribute says what is heard then. */
static enum rtp_sound
find_sound(const struct agent_call *c)
{
	const struct node *n = c->agent->node;
	enum rtp_sound early;

	if (c->hold && node_attr_bool(n, "hold_music", false))
		return RTP_SOUND_MUSIC;
	if (c->muted)
		return RTP_SOUND_SILENCE;
	/* With the 2xx its user is there, whenever the ACK comes. */
	early = agent_call_is_ringing(c) && c->machine.state != STATE_MORATORIUM
		    ? rtp_voice_find(node_attr(n, "early_sound", NULL))
		    : RTP_SOUND_USER;
	return early != RTP_SOUND_USER ? early : c->says;
}

static void
choose_sound(struct agent_call *c)
{
	if (c->media != NULL)
		rtp_session_say(c->media, find_sound(c), c->says_number);
}

/* Where its node takes part. */
static void
begin_media(struct agent_call *c)
{
	struct node *n = c->agent->node;

	if (!rtp_is_wanted(n))
		return;
	if (rtp_session_create(&c->media, n, c->name) != 0)
		agent_fail_memory(c->agent);
	else if (c->ops->digit != NULL)
		rtp_session_on_digit(c->media, on_digit, c);
}

void
agent_call_media_follow(struct agent_call *c, const struct sip_sdp_session *sdp)
{
	if (c->media == NULL)
		begin_media(c);
	if (c->media == NULL)
		return;
	choose_sound(c);
	rtp_session_follow(c->media, sdp);
}

void
agent_call_say(struct agent_call *c, enum rtp_sound sound, unsigned number)
{
	c->says = sound;
	c->says_number = number;
	choose_sound(c);
}

static void
mute_one(struct agent_call *c, bool mute)
{
	c->muted = mute;
	choose_sound(c);
}

int
agent_call_mute(struct agent_call *c, bool mute, struct diag *d)
{
	int err = agent_call_need_answered(c, d);

	if (err != 0)
		return err;
	if (c->media == NULL)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s sends no sound; give its phone media=true"), c->name);
	if (c->muted == mute)
		return diag_set(d, ERR_STATE, NULL, 0,
		    mute ? _("%s is muted already") : _("%s is not muted"),
		    c->name);
	mute_one(c, mute);
	list_each (struct agent_call, other, &c->place.mix, place.mix)
		mute_one(other, mute);
	return 0;
}

void
agent_call_media_note(const struct agent_call *c, struct sip_sdp_session *sdp)
{
	for (size_t i = 0; i < sdp->nplaces; i++)
		sdp->places[i].connected =
		    rtp_session_is_connected(c->media, i);
}

void
agent_call_media_preview(
    struct agent_call *c, struct sip_sdp_session *sdp, struct str answer)
{
	struct sim *sim = agent_sim(c->agent);
	uint64_t cause = sim_cause(sim);

	if (c->media == NULL)
		return;
	sip_sdp_preview(sdp, answer);
	rtp_session_preview(c->media, sdp);
	sim_set_cause(sim, cause);
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
	else
		choose_sound(c);
}

void
agent_call_media_free(struct agent_call *c)
{
	rtp_session_destroy(c->media);
	c->media = NULL;
}
