/*
 * The session description of a call: RFC 8866, RFC 3264.  Offers and answers
 * are made in sip/sdp_session.c, the right to offer is decided in
 * agent/offer.c; here a phone's own parts are added: its address and hold.
 */
#include "agent/call_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/bodies.h"
#include "msg/header_names.h"
#include "rtp/rtp_session.h"
#include "rules/rule_names.h"
#include "sip/sdp_ice.h"
#include "sip/stack.h"

#include <string.h>

/* The media of a call, for those who send and hear them (rtp/rtp_session.h):
 * one phone has one ear and one mouth, whichever of its call's dialogs has
 * agreed on streams last. */

static void
on_digit(char digit, void *arg)
{
	struct agent_call *c = arg;

	c->ops->digit(c, digit);
}

/* The first state of hold that C is in; its attribute names the sound. */
static enum rtp_sound
call_sdp_find_sound(const struct agent_call *c)
{
	const struct node *n = c->agent->node;
	enum rtp_sound early;

	if (c->hold.on && node_attr_bool(n, "hold_music", false))
		return RTP_SOUND_MUSIC;
	if (c->media.muted)
		return RTP_SOUND_SILENCE;
	/* With the 2xx its user is there, whenever the ACK comes. */
	early = agent_call_is_ringing(c) && c->machine.state != STATE_MORATORIUM
		    ? rtp_voice_find(node_attr(n, "early_sound", NULL))
		    : RTP_SOUND_USER;
	return early != RTP_SOUND_USER ? early : c->media.says;
}

static void
choose_sound(struct agent_call *c)
{
	if (c->media.session != NULL)
		rtp_session_say(
		    c->media.session, call_sdp_find_sound(c), c->media.number);
}

/* Where its node takes part. */
static void
begin_media(struct agent_call *c)
{
	struct node *n = c->agent->node;

	if (!rtp_is_wanted(n))
		return;
	if (rtp_session_create(&c->media.session, n, c->name) != 0)
		agent_fail_memory(c->agent);
	else if (c->ops->digit != NULL)
		rtp_session_on_digit(c->media.session, on_digit, c);
}

static void
agent_call_media_follow(struct agent_call *c, const struct sip_sdp_session *sdp)
{
	if (c->media.session == NULL)
		begin_media(c);
	if (c->media.session == NULL)
		return;
	choose_sound(c);
	rtp_session_follow(c->media.session, sdp);
}

void
agent_call_say(struct agent_call *c, enum rtp_sound sound, unsigned number)
{
	c->media.says = sound;
	c->media.number = number;
	choose_sound(c);
}

static void
mute_one(struct agent_call *c, bool mute)
{
	c->media.muted = mute;
	choose_sound(c);
}

int
agent_call_mute(struct agent_call *c, bool mute, struct diag *d)
{
	int err = agent_call_need_answered(c, d);

	if (err != 0)
		return err;
	if (c->media.session == NULL)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s sends no audio; give its phone media=true"), c->name);
	if (c->media.muted == mute)
		return diag_set(d, ERR_STATE, NULL, 0,
		    mute ? _("%s is already muted") : _("%s is not muted"),
		    c->name);
	mute_one(c, mute);
	list_each (struct agent_call, other, &c->place.mix, place.mix)
		mute_one(other, mute);
	return 0;
}

/* Which streams of SDP have connections that may stay. */
static void
agent_call_media_note(const struct agent_call *c, struct sip_sdp_session *sdp)
{
	for (size_t i = 0; i < sdp->nplaces; i++)
		sdp->places[i].connected =
		    rtp_session_is_connected(c->media.session, i);
}

/* ANSWER is in a provisional response that may get lost: RFC 3261 13.2.1.
 */
static void
agent_call_media_preview(
    struct agent_call *c, struct sip_sdp_session *sdp, struct str answer)
{
	struct sim *sim = agent_sim(c->agent);
	uint64_t cause = sim_cause(sim);

	if (c->media.session == NULL)
		return;
	sip_sdp_preview(sdp, answer);
	rtp_session_preview(c->media.session, sdp);
	sim_set_cause(sim, cause);
}

int
agent_call_media_press(struct agent_call *c, enum rtp_way way,
    struct str digits, unsigned ms, struct diag *d)
{
	int err = rtp_session_press(c->media.session, way, digits, ms);

	if (err == 0)
		return 0;
	return diag_set(d, err, NULL, 0,
	    err == ERR_STATE ? _("%s sends no audio that could carry digits; "
				 "give its phone media=true")
	    : err == ERR_UNSUPPORTED ? _("%s can't press digits: the session "
					 "has no audio that it may send now")
	    : err == ERR_LIMIT ? _("%s already has too many digits waiting")
	    : way == RTP_EVENTS
		? _("%s can't press digits as events: telephone-event was not "
		    "negotiated (codecs=)")
		: _("%s can't press digits in band: its codec can't carry "
		    "tones"),
	    c->name);
}

void
agent_call_media_step(struct agent_call *c)
{
	enum state_id state = c->machine.state;

	if (state == STATE_TERMINATING || state == STATE_TERMINATED)
		rtp_session_end(c->media.session);
	else
		choose_sound(c);
}

void
agent_call_media_free(struct agent_call *c)
{
	rtp_session_destroy(c->media.session);
	c->media.session = NULL;
}

/* ---- exchanges ---- */

struct agent_offer *
agent_call_offer(struct agent_call *c)
{
	return c->main != NULL ? &c->main->offer : &c->offer;
}

enum agent_offer_kind
agent_call_offer_note(
    struct agent_call *c, unsigned status, bool sent, bool described)
{
	struct agent_offer_message m = {
		.method = MSG_INVITE,
		.status = status,
		.sent = sent,
		.described = described,
	};

	return agent_offer_note(agent_call_offer(c), m);
}

void
agent_call_offer_begin(struct agent_call *c, bool sent, bool described)
{
	if (c->main == NULL && c->offer.id == NULL &&
	    agent_offer_begin(&c->offer, c->agent->node, c->name) != 0)
		agent_fail_memory(c->agent);
	agent_call_offer_note(c, 0, sent, described);
}

/* The exchange of a branch is told from the call's first by the other side's
 * tag. */
static int
call_sdp_begin_branch(struct agent_call *c, struct agent_call_usage *u)
{
	LOCAL_BUF id = BUF_INIT;
	int err;

	buf_puts(&id, c->name);
	if (c->main != NULL)
		buf_printf(&id, ";%s", u->usage.dialog->sip->remote_tag);
	err = id.err != 0
		  ? ERR_NOMEM
		  : agent_offer_begin(&u->offer, c->agent->node, buf_cstr(&id));
	if (err == 0)
		agent_offer_fork(&u->offer, c->out.late);
	return err;
}

/* What an early dialog of the caller's brings does not touch the others, nor
 * those to come. */
static int
split_session(struct agent_call *c, struct agent_call_usage *u)
{
	if (c->caller)
		return sip_sdp_copy(&u->sdp, &c->sdp);
	u->sdp = c->sdp;
	c->sdp = (struct sip_sdp_session){ 0 };
	return 0;
}

int
agent_call_offer_split(struct agent_call *c, struct agent_call_usage *u)
{
	int err = split_session(c, u);

	if (err != 0)
		return err;
	if (c->main != NULL || c->offer.id == NULL)
		return call_sdp_begin_branch(c, u);
	u->offer = c->offer;
	c->offer = (struct agent_offer){ 0 };
	return 0;
}

struct sip_sdp_session *
agent_call_session(struct agent_call *c)
{
	return c->main != NULL ? &c->main->sdp : &c->sdp;
}

/* ---- the face whose address is in them ---- */

/* F where its address is of LEN bytes, else N's first such; NULL: it has none.
 */
static const struct node_face *
find_face_in_family(
    const struct node *n, const struct node_face *f, unsigned len)
{
	for (size_t i = 0; f->addr.len != len; i++) {
		if (i == n->nfaces)
			return NULL;
		f = &n->faces[i];
	}
	return f;
}

/* Media go on where they are, as long as N has the address that S (NULL: there
 * is no session) has told; else at F, or at one of that family. */
static const struct node_face *
find_session_face(const struct node *n, const struct node_face *f,
    const struct sip_sdp_session *s)
{
	if (n->nfaces == 1 || s == NULL || s->at.len == 0)
		return f;
	for (size_t i = 0; i < n->nfaces; i++)
		if (addr_same_ip(&n->faces[i].addr, &s->at))
			return &n->faces[i];
	return find_face_in_family(n, f, s->at.len) != NULL
		   ? find_face_in_family(n, f, s->at.len)
		   : f;
}

/* N's face that faces where M wants its stream to be sent; NULL: it has none of
 * that family. */
static const struct node_face *
find_face_reaching(const struct node *n, const struct msg_sdp_media *m)
{
	const struct node_face *f = &n->faces[0];
	struct addr a;

	if (!msg_sdp_is_nowhere(m->address) && addr_parse(m->address, &a) == 0)
		f = node_face_toward(n, &a);
	if (sip_sdp_reaches(m, true))
		return find_face_in_family(n, f, 16);
	return sip_sdp_reaches(m, false) ? find_face_in_family(n, f, 4) : NULL;
}

/* Where the media of OFFER (may be empty) can be answered: at F, whose family a
 * stream is of, else at the face that the first stream asks for.  How the offer
 * came says nothing of its c= lines (RFC 3264 6, RFC 6157 4): a proxy between
 * the families may have passed it on. */
static const struct node_face *
find_answering_face(
    const struct node *n, const struct node_face *f, struct str offer)
{
	const struct node_face *other = NULL;
	struct msg_sdp sdp;

	if (n->nfaces == 1 || msg_sdp_read(&sdp, offer, NULL) != 0)
		return f;
	for (size_t i = 0; i < sdp.nmedia; i++) {
		if (sdp.media[i].port == 0)
			continue;
		if (sip_sdp_reaches(&sdp.media[i], f->addr.len != 4))
			return f;
		if (other == NULL)
			other = find_face_reaching(n, &sdp.media[i]);
	}
	return other != NULL ? other : f;
}

/* ---- bodies ---- */

struct str
agent_call_type_of(const struct msg *m)
{
	struct str rest;

	return str_trim(str_cut(msg_value(m, MSG_H_CONTENT_TYPE), ';', &rest));
}

bool
agent_call_is_encoded(const struct msg *m)
{
	struct msg_values it = { 0 };
	struct str v;

	while (msg_next_value(m, MSG_H_CONTENT_ENCODING, &it, &v))
		if (!str_iis(v, "identity"))
			return true;
	return false;
}

struct str
agent_call_sdp_of(const struct msg *m)
{
	struct str params, body;

	return msg_body_of(m, AGENT_SDP, &params, &body) &&
		       !agent_call_is_encoded(m)
		   ? body
		   : STR_NULL;
}

void
agent_call_sdp_tell(
    struct agent_call *c, const struct agent_call_usage *u, struct str sdp)
{
	struct str tag =
	    str_of(u != NULL ? u->usage.dialog->sip->remote_tag : "");

	if (sdp.n > 0 && !c->over && c->ops->described != NULL)
		c->ops->described(c, tag, sdp);
}

void
agent_call_sdp_note_hold(struct agent_offer *o, struct str text)
{
	bool receives;

	if (sip_sdp_text_receives(text, &receives))
		o->held = !receives;
}

static enum sip_sdp_secrecy
read_secrecy(const char *word)
{
#define X(id, name, takes)                           \
	if (word != NULL && strcmp(word, name) == 0) \
		return SIP_SDP_SECRECY_##id;
	SIP_SDP_SECRECIES(X)
#undef X
	return SIP_SDP_SECRECY_NO;
}

void
agent_call_read_abilities(const struct agent *agent,
    const struct node_face *face, struct sip_sdp_can *can)
{
	const struct node *n = agent->node;
	uint32_t kbit = 0, ms = 0;

	sip_sdp_can_read(
	    can, node_attr(n, "codecs", NULL), node_attr(n, "streams", NULL));
	can->v6 = face->addr.len != 4;
	can->wire.mux = node_attr_bool(n, "rtcp_mux", false);
	can->wire.metrics = can->wire.receiver_trip =
	    node_attr_bool(n, "rtcp_xr", false);
	can->wire.framed =
	    str_is(str_of(node_attr(n, "media_transport", "udp")), "tcp");
	can->wire.setup =
	    sip_sdp_setup_find(str_of(node_attr(n, "media_setup", "actpass")));
	if (str_u32(str_of(node_attr(n, "bandwidth", NULL)), &kbit) == 0)
		can->bandwidth = kbit;
	if (str_u32(str_of(node_attr(n, "ptime", NULL)), &ms) == 0)
		can->ptime = ms;
	if (str_u32(str_of(node_attr(n, "maxptime", NULL)), &ms) == 0)
		can->maxptime = ms;
	can->ice = sip_sdp_ice_find(str_of(node_attr(n, "ice", "no")));
	/* One component is all there is. */
	can->wire.mux |= can->ice != SIP_SDP_ICE_NO;
	can->secrecy = read_secrecy(node_attr(n, "srtp", NULL));
}

unsigned
agent_call_judge_offer(const struct agent *agent, const struct node_face *face,
    const struct agent_call_usage *u, struct str offer, const char **text)
{
	struct sip_sdp_can can;

	if (offer.n == 0)
		return 0;
	face = find_session_face(agent->node, face, u != NULL ? &u->sdp : NULL);
	face = find_answering_face(agent->node, face, offer);
	agent_call_read_abilities(agent, face, &can);
	/* What was added by either side is there. */
	for (unsigned k = 0; u != NULL && k < SIP_SDP_KINDS; k++)
		if (sip_sdp_count(&u->sdp, (enum sip_sdp_kind)k) > 0)
			can.kinds |= 1u << k;
	return sip_sdp_judge(&can, u != NULL ? u->sdp.nagreed : 0, offer, text);
}

/* RFC 3264 6.1: the answer to WAYS[0] says WAYS[1]; media flow in the
 * directions of both.
 */
static void
note_other_way(struct agent_call *c, const enum msg_sdp_direction ways[2])
{
	struct sim *sim = agent_sim(c->agent);
	uint64_t old = sim_cause(sim);
	LOCAL_BUF at = BUF_INIT;

	buf_printf(&at, "a=%s, answered a=%s", msg_sdp_direction_name(ways[0]),
	    msg_sdp_direction_name(ways[1]));
	agent_note_bad(c->agent, RULE_OFFER_DIRECTION, TRACE_REFUSAL_DIRECTION,
	    buf_view(&at));
	sim_set_cause(sim, old);
}

/* RFC 4568 7.1.3 */
static void
call_sdp_note_fault(struct agent_call *c, enum sdes_fault fault)
{
	struct sim *sim = agent_sim(c->agent);
	uint64_t old = sim_cause(sim);

	agent_note_bad(c->agent, RULE_SECRET_ANSWER, TRACE_REFUSAL_KEY,
	    str_of(sdes_fault_words(fault)));
	sim_set_cause(sim, old);
}

/* Keeps SDP, an answer to U's offer, in A; false where SDP is empty, or A was
 * taken before. */
static bool
call_sdp_take_answer(
    struct agent_call_usage *u, struct agent_call_answer *a, struct str sdp)
{
	struct agent_call *c = u->call;
	struct sip_sdp_session *s = &u->sdp;
	const struct msg_sdp *read;
	enum msg_sdp_direction ways[2];
	enum sip_sdp_fit fit;
	struct msg_sdp memory;
	bool receives;

	if (a->taken || sdp.n == 0)
		return false;
	if (agent_call_is_relayed(c))
		return a->taken = true;
	sip_sdp_hear(s, sdp);
	a->taken = true;
	read = msg_sdp_read(&memory, sdp, NULL) == 0 ? &memory : NULL;
	/* What a script has offered in a body of its own is not known. */
	fit =
	    s->nplaces > 0 ? sip_sdp_judge_answer(s, read, ways) : SIP_SDP_FITS;
	a->unfit = fit == SIP_SDP_UNFIT;
	if (fit == SIP_SDP_OTHER_WAY)
		note_other_way(c, ways);
	if (s->nplaces > 0 && s->fault != SDES_NONE)
		call_sdp_note_fault(c, s->fault);
	a->holds = sip_sdp_says_receives(read, &receives) && !receives;
	a->text = mem_dup(sdp.p, sdp.n);
	if (a->text == NULL)
		agent_fail_memory(c->agent);
	return true;
}

/* S is what an offer and an answer say by now. */
static void
tell_streams(struct agent_call *c, const struct sip_sdp_session *s)
{
	agent_call_media_follow(c, s);
	if (c->ops->streams != NULL)
		c->ops->streams(c, s);
}

void
agent_call_sdp_take_back(struct agent_call *c, struct sip_sdp_session *s)
{
	sip_sdp_take_back(s);
	if (c->media.session != NULL)
		agent_call_media_follow(c, s);
}

/* U's session becomes what both say, unless that was done before. */
static void
call_sdp_agree(struct agent_call_usage *u, struct agent_call_answer *a)
{
	if (a->text == NULL)
		return;
	u->offer.held = a->holds;
	sip_sdp_agree(&u->sdp, str_of(a->text));
	mem_free(a->text);
	a->text = NULL;
	tell_streams(u->call, &u->sdp);
}

bool
agent_call_sdp_hear(struct agent_call_usage *u, struct agent_call_answer *a,
    enum agent_offer_kind kind, struct str sdp)
{
	bool news = true;

	if (kind == AGENT_OFFER_MADE || kind == AGENT_OFFER_TAKEN)
		agent_call_sdp_tell(u->call, u, sdp);
	if (kind == AGENT_OFFER_MADE)
		agent_call_sdp_note_hold(&u->offer, sdp);
	if (kind == AGENT_OFFER_TAKEN || kind == AGENT_OFFER_PREVIEW)
		news = call_sdp_take_answer(u, a, sdp);
	if (kind == AGENT_OFFER_PREVIEW && news)
		agent_call_media_preview(u->call, &u->sdp, sdp);
	if (kind == AGENT_OFFER_MISSED && !a->taken)
		agent_call_sdp_take_back(u->call, &u->sdp);
	else if (kind == AGENT_OFFER_TAKEN || kind == AGENT_OFFER_MISSED)
		call_sdp_agree(u, a);
	return news;
}

void
agent_call_sdp_forget_answer(struct agent_call_answer *a)
{
	mem_free(a->text);
	*a = (struct agent_call_answer){ 0 };
}

void
agent_call_sdp_take_places(struct agent_call *c, struct str answer)
{
	struct sip_sdp_session *s = agent_call_session(c);

	if (s->nplaces == 0 && answer.n > 0 &&
	    sip_sdp_take_places(s, answer) == ERR_NOMEM)
		agent_fail_memory(c->agent);
}

/* RFC 3264 8.4: what the form of hold adds. */
static void
set_hold(struct sip_sdp_terms *t, bool hold, enum agent_hold how)
{
	if (hold && how == AGENT_HOLD_INACTIVE)
		t->sends = false;
	t->nowhere = hold && how == AGENT_HOLD_ZERO;
	if (t->nowhere)
		t->sends = t->receives = true;
}

static void
call_sdp_draw_key(void *stack, uint8_t *octets, size_t n)
{
	for (size_t i = 0; i < n; i++)
		octets[i] = (uint8_t)sip_stack_below(
		    stack, SIP_STREAM_SRTP, 1 + UINT8_MAX);
}

int
agent_call_sdp_make(struct agent_call *c, struct sip_sdp_session *s,
    struct str offer, bool anew, char **sdp)
{
	struct agent *agent = c->agent;
	const struct node_face *own =
	    find_session_face(agent->node, c->face, s);
	const struct node_face *face =
	    find_answering_face(agent->node, own, offer);
	struct sip_sdp_terms terms = {
		.user = agent->node->name,
		.addr = face->addr,
		.id = (uint64_t)(sim_now(agent_sim(agent)) / SIM_S) + 1,
		.anew = anew,
		.sends = true,
		.receives = !c->hold.on,
	};
	bool hold = offer.n == 0 ? c->hold.next : c->hold.on;
	struct sip_sdp_can can;
	LOCAL_BUF b = BUF_INIT;
	int err;

	*sdp = NULL;
	if (agent_call_is_relayed(c))
		return c->ops->describe(c, offer, sdp);
	agent_call_read_abilities(agent, face, &can);
	terms.can = &can;
	terms.draw = call_sdp_draw_key;
	terms.draw_arg = agent->node->stack;
	agent_call_media_note(c, s);
	s->ports = &agent->node->rtp;
	if (offer.n == 0) {
		/* RFC 3264 8.4: who holds goes on sending, unless it is held
		 * itself; who does not is ready for both ways again. */
		terms.sends = !c->hold.next || !agent_call_offer(c)->held;
		terms.receives = !c->hold.next;
		terms.add = c->reinvite.add;
		terms.remove = c->reinvite.remove;
		set_hold(&terms, hold, c->hold.how);
		err = sip_sdp_write_offer(s, &terms, &b);
	} else {
		set_hold(&terms, hold, c->hold.how);
		err = sip_sdp_write_answer(s, &terms, offer, &b);
	}
	if (err == ERR_NOMEM || (err == ERR_LIMIT && offer.n == 0))
		return err;
	*sdp = buf_take(&b);
	if (*sdp == NULL)
		return ERR_NOMEM;
	if (offer.n > 0)
		tell_streams(c, s);
	else
		agent_call_media_follow(c, s);
	return err == ERR_LIMIT ? err : 0;
}

void
agent_call_sdp_readdress(struct agent_call *c, struct agent_client *q)
{
	struct sip_sdp_session *s = &c->sdp;
	const struct node *n = c->agent->node;
	LOCAL_BUF body = BUF_INIT;

	if (n->nfaces == 1 || c->out.late || s->nplaces == 0 ||
	    agent_call_is_relayed(c) || addr_same_ip(&s->at, &c->face->addr))
		return;
	if (sip_sdp_readdress(s,
		agent_call_sdp_of(world_read(n->world, q->base)),
		&c->face->addr, &body) == 0)
		agent_client_set_body(q, buf_view(&body));
	else
		agent_fail_memory(c->agent);
}
