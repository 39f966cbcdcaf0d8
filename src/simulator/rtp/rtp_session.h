/*
 * Media of one side of a call: the streams of its session description flow as
 * RTP (RFC 3550, 3551), a leg for each m= line, and received streams are
 * played.  A node without `media=true` sends and plays nothing, and costs
 * nothing.
 *
 * A packet is a datagram like all others: links delay and lose it, translators
 * rewrite it, faults strike it.  It has records of its own only where the trace
 * has all of the network; else a stream is folded into the `media` records of
 * its beginning and its end, at the sender and at the receiver.  The packets
 * and the draws are the same either way.
 */
#ifndef RTP_RTP_SESSION_H
#define RTP_RTP_SESSION_H

#include "node/node.h"
#include "rtp/voice.h"
#include "sip/sdp_session.h"

struct rtp_session;

/* N takes part. */
bool rtp_is_wanted(const struct node *n);
/* CALL is the name that records have; both are borrowed.  0 or ERR_NOMEM. */
int
rtp_session_create(struct rtp_session **s, struct node *n, const char *call);
/* Ends it.  NULL is fine. */
void rtp_session_destroy(struct rtp_session *s);
/* Brings the legs in line with SDP: ports are bound as soon as an offer names
 * them (RFC 3264 5.1), and agreed streams flow from now on. */
void
rtp_session_follow(struct rtp_session *s, const struct sip_sdp_session *sdp);
/* What S sends has the source OWN, and what it hears THEIRS, by what was said
 * before; 0: any. */
void rtp_session_sources(struct rtp_session *s, uint32_t own, uint32_t theirs);
/* S relays what comes to FROM, one of the node's: it sends while something
 * comes there.  FROM may be NULL, or end: then nothing comes. */
void rtp_session_relay(struct rtp_session *s, struct rtp_session *from);
/* Stream I goes over TCP, and its connection is there; S may be NULL. */
bool rtp_session_is_connected(const struct rtp_session *s, size_t i);
/* The same, of an answer that is known and not yet agreed: encrypted packets
 * can be opened. */
void
rtp_session_preview(struct rtp_session *s, const struct sip_sdp_session *sdp);
/* How digits go by RTP: as events (RFC 4733), or as tones among the sound. */
enum rtp_way { RTP_EVENTS, RTP_IN_BAND };
/* The user presses DIGITS, each for MS milliseconds, 60,000 at most.  0;
 * ERR_STATE: no sound is sent; ERR_NOTFOUND: the other side has not agreed on
 * events, or the codec takes no tones; ERR_LIMIT: too many wait. */
int rtp_session_press(
    struct rtp_session *s, enum rtp_way way, struct str digits, unsigned ms);
/* FN(DIGIT, ARG) is called for each digit that is heard in S (may be NULL),
 * either way; NULL: digits are ignored. */
void rtp_session_on_digit(
    struct rtp_session *s, void (*fn)(char digit, void *arg), void *arg);
/* It says SOUND from now on, that with NUMBER; a user's has none. */
void
rtp_session_say(struct rtp_session *s, enum rtp_sound sound, unsigned number);

/* How long the sound was that was heard so far, nanoseconds; S may be NULL. */
int64_t rtp_session_heard(const struct rtp_session *s);

/* ---- mixed sound (mix.c) ---- */

/* Mixes A and B, and all sessions that either is mixed with, from now on: each
 * hears all others (RFC 3550 7.1) and the node's user.  Either may be NULL:
 * nothing flows there. */
void rtp_session_mix(struct rtp_session *a, struct rtp_session *b);
/* The others do not hear S, which may be NULL, or do again. */
void rtp_session_leave_out(struct rtp_session *s, bool out);

/* ---- what others send and hear (media_records.c) ---- */

/* The legs are as SDP has it, and records say so; S itself sends nothing and
 * listens nowhere: another program does. */
void
rtp_session_overhear(struct rtp_session *s, const struct sip_sdp_session *sdp);
/* D goes by: OUT, about to be sent by S's node, or come to it.  Of what a leg
 * has agreed on it is counted, as if S had sent, or heard it.  What a stream
 * begins with has the record of that as its cause. */
void
rtp_session_pass(struct rtp_session *s, const struct net_datagram *d, bool out);

/* The call is over: nothing is sent or heard any more. */
void rtp_session_end(struct rtp_session *s);

#endif
