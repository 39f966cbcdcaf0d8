/*
 * What the files of this room share:
 *
 *   rtp_session.c  the legs of a session, in line with its description; packets
 *              encrypted and opened, where that is agreed
 *   rtp_send.c     what a leg sends; digits among what it sends; video
 *   rtp_receive.c     reception at a leg, source by source
 *   mix.c      its samples, where sessions are mixed; sessions whose sound
 *              is mixed
 *   rtp_over_tcp.c     connections, where packets go over TCP, and what carries
 * them ice.c      which address they go to, where that is found out; what that
 * takes rtp_control.c  RTCP its extended reports rtp_refused.c   packets that
 * are not taken media_records.c   the `media` records legs of which another
 * program sends and hears relay.c    relaying through a box, without a leg
 */
#ifndef RTP_RTP_IN_H
#define RTP_RTP_IN_H

#include "base/list.h"
#include "media/rtp.h"
#include "media/telephone_event.h"
#include "net/tcp.h"
#include "node/world.h"
#include "quality/emodel.h"
#include "quality/jitter_buffer.h"
#include "quality/rtcp.h"
#include "quality/rtp_stats.h"
#include "rtp/rtp_refused.h"
#include "rtp/rtp_session.h"
#include "rtp/voice.h"
#include "sim/sim.h"
#include "sound/codec.h"
#include "sound/samples.h"
#include "sound/source.h"
#include "srtp/srtp.h"

/* Synchronisation sources that one leg tells apart (RFC 3550 8). */
#define RTP_SOURCES 8
/* Senders of a leg's own SSRC for which it takes another one. */
#define RTP_CONFLICTS 4

/* Samples of a packet of G.711, at most; octets of one that are kept. */
#define RTP_PACKET_MOST (SOUND_PACKET_MOST_MS * (SOUND_RATE / 1000))
#define RTP_EAR_DUE     (4 * RTP_PACKET_MOST)

/* The sound of a source while it waits for its turn. */
struct rtp_ear {
	struct {
		const struct sound_codec *codec;
		uint8_t payload;
		uint16_t n; /* 0: no samples */
	} blocks[JITTER_BUFFER_SLOTS];
	uint8_t *octets;          /* of all blocks, … */
	unsigned room;            /* … so many of each */
	int16_t due[RTP_EAR_DUE]; /* samples whose turn has come … */
	unsigned ndue;            /* … so many … */
	unsigned block;           /* … with the last block so many */
	struct sound_conceal conceal;
	bool speaks;   /* its last block had samples, */
	bool comforts; /* or was comfort noise, */
	uint8_t level; /* so soft */
	uint64_t draws;
};

#define RTP_CNAME 63 /* bytes of a name that is passed on, at most */

/* A source that sends to a leg.  Members that each packet needs stand first, so
 * that it lies in few lines of the cache. */
struct rtp_source {
	struct list link; /* in leg->sources */
	uint32_t ssrc;
	uint8_t payload;                 /* of the last packet */
	struct addr now;                 /* where it has moved to */
	const struct sound_codec *codec; /* that it stands for; NULL: nothing
					    that was agreed */
	int64_t alive_ns;    /* when it was last heard of, by RTP or RTCP */
	sim_event watch;     /* whether it falls silent; 0: not watched */
	bool silent;         /* a record says so */
	bool comforted;      /* its last packet was comfort noise */
	struct rtp_ear *ear; /* NULL: not mixed */
	struct dtmf_detector *tones; /* NULL: no digits in band are wanted */
	struct rtp_stats stats;
	struct jitter_buffer playout;
	struct addr from;     /* at first, as records have it */
	uint32_t media_ts;    /* of the last packet that had some … */
	uint16_t media_seq;   /* … and its number */
	uint32_t block_ticks; /* from such a one to the next; 0: not known */
	uint64_t passed; /* of its packets, while the leg was to hear nothing */
	struct {         /* what STATS had when this codec began */
		uint64_t packets;
		int64_t lost;
	} before;
	struct telephone_event_heard event;
	uint32_t toned;     /* the time at which its last block ended */
	int64_t strange_ns; /* when its last packet came that can't be played */
	int64_t due_ns; /* since when something is to come, before it does */
	struct rtp_leg *leg;
	sim_event leaves; /* it has said BYE, and is kept until then; 0: none */
	char cname[RTP_CNAME + 1]; /* "": none was heard, or a long one */
};

#define RTP_DIGITS 100 /* that wait, at most */

/* Digits that a leg's user presses, one after the other. */
struct rtp_press {
	enum rtp_way way;
	unsigned done_ms;            /* of the first */
	unsigned ends;               /* packets that have told its end */
	uint32_t told;               /* ticks of segments that are over */
	unsigned rest_ms;            /* until the next may begin */
	uint32_t stamp;              /* when the first's segment began */
	char digits[RTP_DIGITS + 1]; /* the first is pressed now; "": none */
	uint16_t ms[RTP_DIGITS];     /* how long each is */
};

/* What seals and opens a leg's packets. */
struct rtp_secret {
	bool agreed; /* else it is only offered: nothing can be encrypted yet */
	struct srtp_master sends;
	struct srtp out;
	struct srtp_ring in;
};

struct rtp_leg;

/* Over TCP a leg has one of these for RTP, and one for RTCP unless that shares
 * the first. */
#define RTP_OVER_TCP_N 2
/* Connections that wait for an answer to tell whose media they carry. */
#define RTP_FORKS 4

struct rtp_over_tcp {
	struct rtp_leg *leg;
	bool control;
	struct net_listener *listener;
	struct net_conn *conn;
	bool up;                           /* packets may be sent */
	struct net_conn *forks[RTP_FORKS]; /* others that have come, and are
					      heard */
	unsigned nforks;
};

/* One m= line.  What each packet needs stands first, so that it lies in few
 * lines of the cache. */
struct rtp_leg {
	struct rtp_session *session;
	enum sip_sdp_kind kind;
	bool framed; /* it goes over TCP: over_tcp is used instead of sockets */
	bool sends;
	bool flowing;    /* a record says that it sends */
	bool begun;      /* OUT is drawn, for a codec of CLOCK */
	bool marker;     /* the next packet begins a talk spurt */
	bool quiet;      /* silence: comfort noise was sent, and no more is */
	bool receives;   /* as is agreed */
	bool hears;      /* that, and what its offer lets come already */
	bool offers_mux; /* RTCP by the same port, by the offer that is out */
	struct net_sock *sock;
	struct rtp_ice *ice;       /* NULL: media go to the address of the
				    * description */
	struct rtp_secret *secret; /* NULL: its packets are open */
	struct list sources;       /* struct rtp_source, as they came */
	/* What it sends. */
	const struct sound_codec *codec;
	const struct rtp_voice *voice;
	uint32_t at_ms; /* of the voice, the next */
	unsigned ms;    /* of sound in a packet */
	int payload;
	size_t format; /* of sip_sdp_codecs */
	sim_event tick;
	int64_t due_ns; /* when the next packet is sent, or would have been */
	struct rtp_out out;
	struct addr to;
	uint64_t packets, octets;
	struct { /* what flows since the record that says so */
		struct addr to;
		uint32_t ssrc;
		int payload;
		size_t format;
		uint64_t packets, octets;
	} flow;
	unsigned ncontributors;
	struct sip_sdp_wire wire;        /* the agreed parameters of RTCP */
	int8_t theirs[SIP_SDP_CODECS];   /* what the other's description has, of
					    what both have */
	int8_t payloads[SIP_SDP_CODECS]; /* and its own */
	struct rtp_press press;
	/* Now and then. */
	uint32_t contributors[RTP_CSRCS]; /* 5.1: the contributors to its next
					   * packet */
	uint32_t clock;
	uint8_t told_level;       /* of comfort noise … */
	unsigned untold;          /* … so many milliseconds ago */
	struct sound_video video; /* of a leg with video */
	unsigned index;
	struct addr at; /* where it is waited for; len 0: nowhere */
	struct rtp_over_tcp over_tcp[RTP_OVER_TCP_N];
	uint64_t exchange; /* that they follow; 0: none yet */
	struct addr said;  /* where the other side has said that it is */
	size_t nsources;
	unsigned changes; /* of their codecs, since the last agreement */
	struct rtp_refusals *refusals;        /* NULL: nothing was rejected */
	struct addr conflicts[RTP_CONFLICTS]; /* 8.2: where others, or its own
						 packets, have its SSRC */
	unsigned nconflicts;
	struct rtp_gathered *gathered; /* mix.c; NULL: its packets are as long
					* as a block of the mixer */
	/* RTCP. */
	struct net_sock *control; /* its port, unless it shares that of RTP */
	struct addr control_to;
	struct rtcp_timer timer;
	sim_event report;
	uint64_t reported;  /* packets, at the last report */
	int64_t round_trip; /* nanoseconds; 0: not known */
	/* RFC 3611 4.4: the last that has come, and when, as it is timed. */
	struct rtcp_reference reference;
	uint32_t referred;
};

struct rtp_session {
	struct node *node;
	const char *call;
	struct rtp_leg **legs;
	size_t nlegs;
	bool over;
	enum rtp_sound says;
	unsigned number;         /* … which of that kind … */
	bool said;               /* … once, and that is over */
	int64_t heard_ns;        /* sound of sources that are gone */
	uint32_t source, awaits; /* the SSRC that was agreed on; 0: none */
	bool tones;              /* listens for digits in band */
	void (*on_digit)(char digit, void *arg); /* NULL: digits are ignored */
	void *digit_arg;
	/* What it relays. */
	bool relays;
	struct rtp_session *from; /* NULL: nothing */
	struct list relayed;      /* in from->relays_of */
	struct list relays_of;    /* sessions that relay what comes here */
	/* Sessions that are mixed. */
	struct rtp_mix *mix;            /* NULL: none */
	struct list mixed;              /* in mix->members */
	bool joined;                    /* others are heard in it */
	bool left_out;                  /* its sound is not mixed to any leg */
	int16_t heard[RTP_VOICE_BLOCK]; /* its own part of the last block … */
	uint32_t speakers[RTP_CSRCS];   /* … and its speakers */
	unsigned nspeakers;
	struct sound_limiter limiter; /* of what it is sent */
};

/* ---- rtp_send.c ---- */

/* In line with what LEG has to send and where: begins, goes on, stops. */
void rtp_send_follow(struct rtp_leg *leg);
void rtp_send_stop(struct rtp_leg *leg);
/* LEG has something to send: what it relays comes, from who has not said BYE.
 */
bool rtp_has_source(const struct rtp_leg *leg);
/* What LEG's session says is another thing than before. */
void rtp_send_change(struct rtp_leg *leg);
/* LEG has an SSRC from now on. */
void rtp_begin(struct rtp_leg *leg);
/* Something comes to S from now on, or nothing any more: the streams relayed of
 * it follow. */
void rtp_relays_follow(struct rtp_session *s);
/* Another one: the source that it was says BYE (RFC 3550 8.2). */
void rtp_renew(struct rtp_leg *leg);
/* What one block of CODEC's usually lasts, sound or picture. */
int64_t rtp_block_ns(const struct sound_codec *codec);
/* Its packets have no records of their own. */
bool rtp_is_folded(const struct rtp_leg *leg);

/* ---- rtp_send.c ---- */

/* Octets a second of payload. */
double rtp_frames_rate(void);

/* ---- rtp_over_tcp.c ---- */

/* LEG has SAID that it waits for connections, or has not. */
void rtp_over_tcp_listen(struct rtp_leg *leg, enum sip_sdp_setup said);
/* In line with what LEG has agreed on in that EXCHANGE. */
void rtp_over_tcp_follow(struct rtp_leg *leg, uint64_t exchange);
void rtp_over_tcp_close(struct rtp_leg *leg);
/* LEG has what its packets, of RTP or of RTCP, can go through. */
bool rtp_reaches(const struct rtp_leg *leg, bool control);
/* One packet goes out. */
void rtp_pass(struct rtp_leg *leg, bool control, struct str bytes,
    const struct trace_message *m);

/* ---- rtp_receive.c ---- */

void rtp_receive(const struct net_datagram *d, void *leg);
/* What it needs is fetched beforehand (net_udp_prefetch). */
void rtp_receive_prefetch(const void *leg, unsigned step);
void rtp_receive_stop(struct rtp_leg *leg);
struct rtp_source *rtp_find_source(const struct rtp_leg *leg, uint32_t ssrc);
/* SRC has said BYE. */
void rtp_source_leave(struct rtp_source *src);
/* RFC 3550 6.3.5: gives up sources of LEG's that were silent for five
 * intervals. */
void rtp_sources_time_out(struct rtp_leg *leg);
/* How many of LEG's have not. */
unsigned rtp_count_members(const struct rtp_leg *leg);
/* How long the sound is that has come of SRC, nanoseconds. */
int64_t rtp_source_heard(const struct rtp_source *src);
/* What has come to LEG from FROM is not taken, which is told if it is the
 * first; FMT says more, or is NULL. */
bool rtp_leg_refuse(struct rtp_leg *leg, enum rtp_refusal why,
    const struct addr *from, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* A and B are of one host. */
bool rtp_is_neighbour(const struct addr *a, const struct addr *b);

/* ---- media_records.c ---- */

/* 0 or ERR_NOMEM. */
int rtp_watch_losses(struct world *w);
/* A packet of SRC has come: starts to watch SRC for silence. */
void rtp_silence_watch(struct rtp_source *src);
/* LEG hears from now on, or no longer. */
void rtp_silence_follow(struct rtp_leg *leg);

/* ---- mix.c ---- */

/* The samples of SRC are kept from now on. */
void rtp_ear_open(struct rtp_leg *leg, struct rtp_source *src);
void rtp_ear_close(struct rtp_leg *leg, struct rtp_source *src);
/* P of SRC, by CODEC (NULL: none that is known), waits in SLOT of its buffer;
 * nothing where no samples are kept. */
void rtp_ear_keep(struct rtp_source *src, const struct sound_codec *codec,
    const struct rtp_packet *p, unsigned slot);
/* All that was due until now has had its turn. */
void rtp_ear_settle(struct rtp_source *src, int64_t now_ns);

/* ---- mix.c ---- */

/* The next packet of LEG where its session is mixed: the sum of all other legs,
 * into OUT; *SILENT: all of them are silent.  False: the session is not
 * mixed. */
bool rtp_mix_block(struct rtp_leg *leg, int16_t *out, bool *silent);
void rtp_mix_free(struct rtp_leg *leg);
/* 7.2: the names of possible speakers in LEG's mixed stream, as SDES. */
void rtp_mix_put_names(const struct rtp_leg *leg, struct buf *out);
void rtp_mix_leave(struct rtp_session *s);
/* S has agreed on streams: in its calls others may be heard now, or no
 * longer. */
void rtp_mix_follow(struct rtp_session *s);
/* What others say in other calls is put into what LEG sends. */
bool rtp_mix_adds(const struct rtp_leg *leg);

/* ---- rtp_session.c ---- */

/* The N octets at P, with room for SRTP_TRAILER more, as LEG sends them: how
 * many they are now, 0: they must not be sent. */
size_t rtp_seal(struct rtp_leg *leg, uint8_t *p, size_t n, bool control);
/* What packets are in records. */
const struct trace_message *rtp_message(bool secret, bool control);
/* Packets at LEG's ports; opened they go to rtp_receive and rtp_control_hear.
 */
void rtp_secret_hear(const struct net_datagram *d, void *leg);
void rtp_secret_control_hear(const struct net_datagram *d, void *leg);

/* ---- rtp_control.c ---- */

/* In line with what LEG sends and hears. */
void rtp_control_follow(struct rtp_leg *leg);
/* The same, with a BYE. */
void rtp_control_leave(struct rtp_leg *leg);
void rtp_control_hear(const struct net_datagram *d, void *leg);
/* The scale on which CODEC is rated. */
enum emodel_scale rtp_scale_of(const struct sound_codec *codec);
/* How SRC sounds at LEG. */
void rtp_rate(const struct rtp_leg *leg, const struct rtp_source *src,
    struct emodel_rating *rating);

/* ---- media_records.c ---- */

/* Each returns the record's seq. */
uint64_t rtp_record_agreed(const struct rtp_leg *leg);
uint64_t rtp_record_flow(const struct rtp_leg *leg);
uint64_t rtp_record_says(const struct rtp_leg *leg);
uint64_t rtp_record_stop(const struct rtp_leg *leg);
uint64_t
rtp_record_hears(const struct rtp_leg *leg, const struct rtp_source *src);
uint64_t
rtp_record_heard(const struct rtp_leg *leg, const struct rtp_source *src);
/* Its user presses DIGIT; it has heard DIGIT of SRC, WAY. */
uint64_t rtp_record_pressed(const struct rtp_leg *leg, char digit);
uint64_t rtp_record_digit(const struct rtp_leg *leg,
    const struct rtp_source *src, char digit, enum rtp_way way);
/* How SRC comes, at a report. */
uint64_t
rtp_record_quality(const struct rtp_leg *leg, const struct rtp_source *src);
/* Packets FROM there can't be played. */
uint64_t rtp_record_strange(const struct rtp_leg *leg, const struct addr *from,
    uint32_t ssrc, unsigned payload);
/* SRC comes FROM there from now on. */
void rtp_record_moved(const struct rtp_leg *leg, const struct rtp_source *src,
    const struct addr *from);
/* It can open packets before the agreement. */
uint64_t rtp_record_key(const struct rtp_leg *leg);
/* Begins the one of packets that were rejected. */
struct trace_writer *rtp_record_refused(const void *leg, enum rule_id why);
/* What the other side says in B of what LEG sends. */
uint64_t
rtp_record_reported(const struct rtp_leg *leg, const struct rtcp_block *b);
/* The same by extended reports: how that sounds, how long it takes. */
uint64_t
rtp_record_metrics(const struct rtp_leg *leg, const struct rtcp_voip *v);
uint64_t rtp_record_round_trip(const struct rtp_leg *leg);
/* A connection is there; it is gone. */
uint64_t rtp_record_connected(const struct rtp_leg *leg,
    const struct rtp_over_tcp *tcp, const struct addr *peer);
/* REASON NULL: by LEG itself. */
uint64_t rtp_record_disconnected(const struct rtp_leg *leg,
    const struct rtp_over_tcp *tcp, const struct addr *peer,
    const char *reason);
/* "ip:port", of any record. */
void rtp_record_put_addr(
    struct trace_writer *w, const char *key, const struct addr *a);

static inline struct sim *
rtp_sim(const struct rtp_leg *leg)
{
	return node_sim(leg->session->node);
}

#endif
