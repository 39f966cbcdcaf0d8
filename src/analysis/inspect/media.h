/*
 * Media of calls as an inspection sees them: the descriptions of both sides of
 * each (SDP), their packets, and the reception.  A run's records have these of
 * its own nodes, a capture's of the hosts on the line.
 */
#ifndef INSPECT_MEDIA_H
#define INSPECT_MEDIA_H

#include "inspect/inspect_in.h"

/* How digits are dialled among media. */
enum media_way {
	MEDIA_EVENTS,  /* RFC 4733 */
	MEDIA_IN_BAND, /* as tones */
	MEDIA_INFO,    /* not among media: by SIP (RFC 6086) */
	MEDIA_WAYS,
};

/* A stream of RTP.  Numbers of records, 0: none; texts are the trace's. */
struct media_stream {
	struct media_stream *next;     /* of its side, the one before it */
	struct media_stream *older;    /* with the same SSRC … */
	struct media_stream *older_to; /* … to the same address */
	struct media_side *side;       /* that sends it */
	uint64_t flow, stop, hear, heard;
	uint64_t crash; /* … of its node, by which it stops */
	int64_t t, t_end;
	uint32_t ssrc, hearer;
	struct str codec, peer, asked, formats;
	enum trace_drop reason; /* why it does not arrive; COUNT: it may */
	bool passed_on;         /* by a box, which has it from elsewhere */
	bool silent;            /* says its sender, or what has come */
	bool measured;          /* of a capture: those below are known */
	bool still;     /* nothing has come between the last two figures */
	int64_t octets; /* of its packets, behind their heads */
	int64_t type, packets, skew, bases, ptime, reports;
	int64_t share, mos; /* by its receiver's last report: lost, in 10,000ths
			       (below 0: none was seen); how it sounds, or 0 */
	const char *scale;  /* of that MOS, unless the narrowband one; NULL */
	int64_t came, ended; /* came or lost; of sources that have ended */
	uint64_t held;       /* the description that asks for none … */
	int64_t t_held;      /* … while it flows */
	struct str heard_digits[MEDIA_WAYS];
};

/* What one node says, sends and hears in a call, of one kind of media. */
struct media_side {
	struct media_side *next;
	struct media_call *of;
	uint32_t node;
	struct str type; /* "audio" */
	/* Its last description, and where the one before it has wanted media;
	 * 0: there is none. */
	uint64_t described;
	int64_t t;
	struct str at, was;
	enum msg_sdp_direction direction;
	uint32_t ptime;               /* 0: none said */
	bool secret;                  /* it asks for SRTP */
	struct media_stream *streams; /* the last first */
	bool speaks;                  /* says more than silence */
	bool connected; /* its TCP connection was there, or ICE has a way */
	uint64_t cut;   /* that neither is is told by this record */
	/* What it hears: the first record; of the source with most packets, the
	 * last with figures. */
	uint64_t hear, heard;
	uint32_t ssrc;
	bool known;             /* who sends that source */
	struct str stranger;    /* the source address of packets from an unknown
				 * sender */
	int64_t strange;        /* … so many */
	struct str from, hears; /* its address; which codec */
	int64_t came, lost, late, mos; /* MOS 1000 times; 0: none */
	const char *scale; /* of the MOS, unless the narrowband one; NULL */
	/* Since when nothing more has come of that source, and why. */
	uint64_t still;
	int64_t t_still;
	uint32_t still_ssrc;
	enum trace_drop why; /* COUNT: not known */
	struct str where;
	int64_t refused;  /* packets that were not taken … */
	int64_t unopened; /* … as they are encrypted with another key … */
	int64_t foreign;  /* … as they have another SSRC than was told */
	bool unagreed;    /* … as their payload type was not agreed */
	struct str digits[MEDIA_WAYS]; /* dialled */
	struct str informed;           /* digits that came by INFO */
	uint64_t pressed;              /* the first record of these */
};

struct media_call {
	struct media_call *next;
	struct call *call;
	struct str call_id;
	struct media_side *sides;
};

/* L's message, which its node has sent, or which has come to it the first time:
 * SDP of its author describes media, INFO has a digit. */
void media_sent(struct inspected_message *l);
void media_came(struct inspected_message *l);
/* REC, L's, is of a call: which Call-ID that has. */
void media_named(struct inspected_message *l, const struct trace_rec *rec);
/* REC, L's, is of media. */
void media_taken(struct inspected_message *l, const struct trace_rec *rec);
/* The trace is over: checks, and a verdict for each call. */
void media_ended(struct inspected_message *l);

/* S's last description asks for media. */
static inline bool
media_is_wanted(const struct media_side *s)
{
	return s->direction == MSG_SDP_SENDRECV ||
	       s->direction == MSG_SDP_RECVONLY;
}

/* The last stream that goes to AT, or with that SSRC, and the last side that
 * wants media AT and is not a box; NULL: there is none. */
const struct media_stream *media_last_to(struct inspect *in, struct str at);
const struct media_stream *
media_last_of_ssrc(struct inspect *in, uint32_t ssrc);
const struct media_side *media_described_at(struct inspect *in, struct str at);
/* Between two calls. */
static inline bool
media_is_box(const struct inspect *in, uint32_t node)
{
	return node < in->node_n &&
	       (in->node[node].roles & 1u << ROLE_CLASS_B2BUA) != 0;
}

/* media_verdict.c.  The other side of S's call that sends, or else describes;
 * NULL: none. */
const struct media_side *media_other(const struct media_side *s);
/* The stream to S: to where it has wanted media, else the one that the other
 * side sends; NULL: none. */
const struct media_stream *
media_to(struct inspect *in, const struct media_side *s);

/* Those of S's digits that are heard. */
struct str media_digits_heard(const struct media_side *s, enum media_way way);

/* How many packets of M's source were sent by its node in this call and never
 * came to S, who hears M; below 0, or 0: none that are known.  In a capture all
 * have that were seen. */
int64_t media_unheard(const struct media_side *s, const struct media_stream *m);
/* The stream that is still sent though S has received nothing of it for a
 * second; NULL: S receives all. */
const struct media_stream *
media_cut_off(struct inspect *in, const struct media_side *s);
/* "; why (where)" behind that, if it is known. */
void media_put_loss(const struct media_side *s, struct buf *b);
/* What M's node says is silence from begin to end, as far as that is known. */
bool media_is_silent(const struct media_stream *m);

/* Why S hears nothing. */
enum media_cause {
	MEDIA_HEARS,     /* it does hear something, wants nothing, or is a box,
			    which does not tell */
	MEDIA_NOT_SENT,  /* no packets are sent to it */
	MEDIA_NO_WAY,    /* … as no connection is there, or no way by ICE */
	MEDIA_LOST,      /* packets do not arrive, and why is known */
	MEDIA_SEALED,    /* it comes, and can't be opened */
	MEDIA_FOREIGN,   /* it comes, and its SSRC is not the one told */
	MEDIA_UNAGREED,  /* it comes, and its payload type was not agreed */
	MEDIA_BEYOND,    /* it goes to a private network from outside */
	MEDIA_ELSEWHERE, /* it goes to where S does not want it */
	MEDIA_GONE,      /* it is sent, and nothing is heard */
};
enum media_cause media_cause_of(struct inspect *in, const struct media_side *s);
/* The same in words, "what bob sends to 10.0.0.7:4000 …", into B. */
void media_put_cause(const struct inspected_message *l,
    const struct media_side *s, struct buf *b);

/* media_verdict.c: what became of CALL's media, into the report. */
void
media_put_verdict(struct inspected_message *l, const struct media_call *call);

#endif
