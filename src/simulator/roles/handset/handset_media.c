/*
 * What the firmware sends and hears.  It says nothing of that; the messages
 * that pass at the gateway tell what each call has agreed on, and the packets
 * are counted there (rtp/media_records.c).
 */
#include "roles/handset/handset_in.h"

#include "agent/call.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"

#include <stdio.h>

int
handset_media_speak(struct handset *h, struct board_config *c)
{
	int err = 0;

	if (rtp_is_wanted(h->node))
		err = rtp_voice_samples(h->node, &h->sound, &c->nsound);
	c->sound = h->sound;
	return err;
}

static void
end_media(struct handset_media *m)
{
	rtp_session_destroy(m->session);
	sip_sdp_free(&m->sdp);
	mem_free(m->offer);
	*m = (struct handset_media){ 0 };
}

void
handset_media_stop(struct handset *h)
{
	for (size_t i = 0; i < HANDSET_CALLS; i++)
		end_media(&h->media[i]);
}

/* Of the call CALL_ID: the one there is, or in place of the oldest. */
static struct handset_media *
media_of(struct handset *h, struct str call_id)
{
	uint64_t hash = str_hash(call_id);
	struct handset_media *m;

	for (size_t i = 0; i < HANDSET_CALLS; i++)
		if (h->media[i].call_id == hash)
			return &h->media[i];
	m = &h->media[h->nmedia++ % HANDSET_CALLS];
	end_media(m);
	m->call_id = hash;
	m->sdp.at = *node_addr(h->node);
	return m;
}

/* Records tell of it by the call's name, once there is one. */
static void
handset_media_follow(struct handset *h, struct handset_media *m)
{
	if (m->name[0] == '\0' || m->sdp.nagreed == 0)
		return;
	if (m->session == NULL &&
	    rtp_session_create(&m->session, h->node, m->name) != 0)
		node_fail_memory(h->node);
	if (m->session != NULL)
		rtp_session_overhear(m->session, &m->sdp);
}

void
handset_media_call(struct handset *h, struct str call_id, const char *name,
    enum state_id state)
{
	struct handset_media *m;

	if (!rtp_is_wanted(h->node))
		return;
	m = media_of(h, call_id);
	if (state == STATE_TERMINATING || state == STATE_TERMINATED) {
		end_media(m);
		return;
	}
	if (m->name[0] == '\0') {
		snprintf(m->name, sizeof(m->name), "%s", name);
		handset_media_follow(h, m);
	}
}

/* ---- offers and answers ---- */

static void
keep_offer(struct handset *h, struct handset_media *m, struct str sdp, bool own)
{
	mem_free(m->offer);
	m->offer = mem_dup(sdp.p, sdp.n);
	m->offers = own;
	if (m->offer == NULL)
		node_fail_memory(h->node);
}

static void
handset_media_agree(
    struct handset *h, struct handset_media *m, struct str answer)
{
	struct str offer = str_of(m->offer);
	int err = m->offers ? sip_sdp_overhear(&m->sdp, offer, answer, true)
			    : sip_sdp_overhear(&m->sdp, answer, offer, false);

	node_fail_nomem(h->node, err);
	mem_free(m->offer);
	m->offer = NULL;
	if (err == 0)
		handset_media_follow(h, m);
}

/* RFC 3264 4, RFC 3261 13.2.1: an INVITE or UPDATE that has a description has
 * an offer; what else has one, the answer to that, or an offer of its own,
 * except for what repeats an answer. */
void
handset_media_message(
    struct handset *h, const struct msg *v, uint64_t seq, bool own)
{
	struct str sdp = agent_call_sdp_of(v);
	struct sim *sim = node_sim(h->node);
	uint64_t cause = sim_cause(sim);
	bool offers =
	    v->request && (v->method == MSG_INVITE || v->method == MSG_UPDATE);
	struct handset_media *m;
	struct msg_cseq cseq;

	if (sdp.n == 0 || !rtp_is_wanted(h->node) ||
	    msg_cseq_read(msg_value(v, MSG_H_CSEQ), &cseq) != 0)
		return;
	m = media_of(h, msg_value(v, MSG_H_CALL_ID));
	sim_set_cause(sim, seq);
	if (!offers && m->offer != NULL && m->offers != own) {
		m->cseq = cseq.number;
		handset_media_agree(h, m, sdp);
	} else if (offers || v->request || cseq.number != m->cseq) {
		keep_offer(h, m, sdp, own);
	}
	sim_set_cause(sim, cause);
}

void
handset_media_packet(struct handset *h, const struct net_datagram *d, bool out)
{
	for (size_t i = 0; i < HANDSET_CALLS; i++)
		if (h->media[i].session != NULL)
			rtp_session_pass(h->media[i].session, d, out);
}
