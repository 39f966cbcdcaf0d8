/* Within src/simulator/sip/sdp_*.c: what a session's places go through. */
#ifndef SIP_SDP_SESSION_IN_H
#define SIP_SDP_SESSION_IN_H

#include "sip/sdp_session.h"

/* One place more, empty; NULL when out of memory. */
struct sip_sdp_place *sip_sdp_add_place(struct sip_sdp_session *s);
/* Sets place P's m= line.  0 or ERR_NOMEM. */
int sip_sdp_set_place(struct sip_sdp_place *p, struct str type,
    struct str proto, struct str formats);
/* Gives P a port, unless it has one.  0, ERR_NOMEM, ERR_LIMIT. */
int sip_sdp_need_port(struct sip_sdp_session *s, struct sip_sdp_place *p);
/* RFC 3264 8.3.2: the payload type of CODEC in P: the one it had before, else
 * one that stood for nothing yet. -1: none is left. */
int sip_sdp_choose_payload(struct sip_sdp_place *p, size_t codec);
/* The numbers in FORMATS have a meaning from now on. */
void sip_sdp_note_numbers(struct sip_sdp_place *p, struct str formats);
/* Which places are streams by the next offer: what T asks for (8.1, 8.2); all
 * else stays.  0 or ERR_NOMEM. */
int sip_sdp_plan(struct sip_sdp_session *s, const struct sip_sdp_terms *t);
/* P is agreed: stream I of SDP, which is an ANSWER or an offer, is the other
 * side's description of it, BOTH are the N formats that both have, the
 * preferred one first. */
void sip_sdp_settle(struct sip_sdp_place *p, const struct msg_sdp *sdp,
    size_t i, const struct sip_sdp_format *both, size_t n, bool answer);

#endif
