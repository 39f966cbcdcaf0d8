/*
 * Keys of secret streams (RTP/SAVP) in offers and answers: SDES, RFC 4568 5.1,
 * 7.1.  Each side says by which key its own packets are encrypted; keys are
 * drawn from the node's stream of that name.
 */
#ifndef SIP_SDP_CRYPTO_H
#define SIP_SDP_CRYPTO_H

#include "sip/sdp_session_in.h"
#include "srtp/sdes.h"

#define SIP_SDP_SUITES 2 /* of SRTP_SUITES: a line of an offer for each */

/* Of one m= line. */
struct sip_sdp_crypto {
	struct srtp_master own[SIP_SDP_SUITES]; /* keys of this side … */
	unsigned drawn;        /* … that there are: bits by suite */
	enum srtp_suite first; /* that it offers */
	struct addr at;        /* where it waited, by what it said last */
	/* Agreed; in an answer of a provisional response RECEIVES alone is
	 * known (RFC 3261 13.2.1: its 2xx repeats it). */
	bool agreed, previewed;
	struct srtp_master sends, receives;
};

/* The lines of P's offer into B.  0 or ERR_NOMEM. */
int sip_sdp_crypto_offer(
    struct sip_sdp_place *p, const struct sip_sdp_terms *t, struct buf *b);
/* Of stream I of an offer the first line that can be taken in LINE; why there
 * is none.  A stream that is not secret needs none. */
enum sdes_fault sip_sdp_crypto_choose(
    const struct msg_sdp *offer, size_t i, struct sdes_line *line);
/* The answer to LINE into B, by which P's keys are agreed.  0 or ERR_NOMEM. */
int sip_sdp_crypto_answer(struct sip_sdp_place *p,
    const struct sip_sdp_terms *t, const struct sdes_line *line, struct buf *b);
/* What stream I of an ANSWER makes of P's offer into AGREED, or why it is no
 * answer to it (7.1.3). */
enum sdes_fault sip_sdp_crypto_judge(const struct sip_sdp_place *p,
    const struct msg_sdp *answer, size_t i, struct sip_sdp_crypto *agreed);
/* The stream is agreed, with what sip_sdp_crypto_judge has found. */
void sip_sdp_crypto_settle(
    struct sip_sdp_place *p, const struct sip_sdp_crypto *agreed);

#endif
