/*
 * What a receiver knows of one source of RTP (RFC 3550 A.1, A.3, A.8): how many
 * packets should have come and how many did, which of them twice or out of
 * order, how their spacing varied; and the report block that says so (6.4.1).
 *
 * Jitter is kept in two forms.  The integer form is what a report carries: in
 * ticks of the stream's clock, arrivals cut to whole ticks.  The real form is
 * for people, in nanoseconds, and agrees with the analysis of Wireshark:
 * packets with the marker and those of comfort noise are left out of minimum,
 * mean and maximum but feed the filter; packets of telephone events move the
 * clock of arrivals and not that of timestamps; what the first packet that came
 * has overtaken is passed over.
 *
 * Functions only: no clock, no heap.
 */
#ifndef QUALITY_RTP_STATS_H
#define QUALITY_RTP_STATS_H

#include "media/rtp_sequence.h"

#include <stdbool.h>
#include <stdint.h>

/* What a packet is to the source's numbers (A.1). */
enum rtp_arrival {
	RTP_ARRIVAL_FIRST,     /* the first */
	RTP_ARRIVAL_IN_ORDER,  /* in order */
	RTP_ARRIVAL_REORDERED, /* overtaken by a later one */
	RTP_ARRIVAL_DUPLICATE, /* a duplicate */
	RTP_ARRIVAL_PROBATION, /* not counted: the source is on probation */
	RTP_ARRIVAL_JUMPED, /* not counted: its number is far from all before */
	RTP_ARRIVAL_RESTARTED, /* the second after a jump: begun again */
};

/* What a packet carries, as far as its timing is judged by it. */
enum rtp_content {
	RTP_CONTENT_MEDIA,
	RTP_CONTENT_COMFORT, /* RFC 3389 */
	RTP_CONTENT_EVENT,   /* RFC 4733: the timestamp stands still */
};

struct rtp_arrived {
	uint16_t seq;
	uint32_t ts;
	int64_t at_ns;
	uint32_t clock;  /* ticks a second, 0: unknown, no jitter */
	uint32_t octets; /* of payload */
	bool marker;
	enum rtp_content content;
};

/* Of those N packets that are shown, nanoseconds.  The mean is Wireshark's: one
 * that is left out counts as the mean of those before it. */
struct rtp_spread {
	double min, max, mean;
	uint32_t n;
};

struct rtp_stats {
	struct rtp_sequence sequence; /* since the last restart */
	uint32_t bad; /* the number that would be a restart; 0x10000: none */
	uint8_t sequential, probation; /* packets in sequence that it takes, and
					 that are wanting still */
	bool began;
	uint32_t received;       /* since the last restart, duplicates too */
	uint32_t prior_expected; /* at the last report */
	uint32_t prior_received;
	uint64_t expected_before; /* of all before the last restart */
	uint64_t received_before;
	uint64_t packets, octets; /* all that came, counted by A.1 or not */
	uint32_t duplicates, reordered, ignored, restarts;
	uint64_t seen[2]; /* bit I: the I-th number before the highest */
	/* A.8 */
	uint64_t jitter16; /* ticks, 16 times */
	uint32_t transit, ts, clock;
	uint32_t first_ts; /* of the first packet since the last restart */
	bool timed;        /* TRANSIT, TS, CLOCK and AT_NS are known */
	bool comfort;      /* the last packet was of comfort noise */
	int64_t at_ns;     /* the last arrival */
	double jitter_ns;  /* the real form, now */
	struct rtp_spread delta, jitter;
	/* The last sender report: the middle of its time, when it came. */
	uint32_t lsr;
	int64_t sr_ns;
};

/* 6.4.1 */
struct rtcp_block {
	uint32_t ssrc;      /* the source that it is about */
	uint8_t fraction;   /* lost since the last report, of 256 */
	int32_t lost;       /* cumulative, 24 bits with a sign */
	uint32_t highest;   /* extended sequence number */
	uint32_t jitter;    /* ticks */
	uint32_t lsr, dlsr; /* 1/65536 s; both 0: no sender report has come */
};

/* A.1: a source is counted after PROBATION packets in sequence, from the last
 * of them on.  0 counts from the first packet: so it is for streams whose
 * senders are known from signalling, and in a simulation, where no stray packet
 * of an earlier session can come and each packet that was sent has to be found.
 */
void rtp_stats_begin(struct rtp_stats *s, unsigned probation);
/* A packet has come. */
enum rtp_arrival
rtp_stats_take_packet(struct rtp_stats *s, const struct rtp_arrived *p);
static inline enum rtp_arrival
rtp_stats_take(struct rtp_stats *s, uint16_t seq, uint32_t ts,
    int64_t arrival_ns, uint32_t clock)
{
	return rtp_stats_take_packet(
	    s, &(struct rtp_arrived){
		   .seq = seq, .ts = ts, .at_ns = arrival_ns, .clock = clock });
}

/* A.3, over all restarts; duplicates count as received, so that less than none
 * may be lost. */
uint64_t rtp_stats_expected(const struct rtp_stats *s);
int64_t rtp_stats_lost(const struct rtp_stats *s);
/* SEQ is one of the last before the highest, and has not come. */
bool rtp_stats_misses(const struct rtp_stats *s, uint16_t seq);
/* A.8, as a report has it. */
uint32_t rtp_stats_jitter(const struct rtp_stats *s);

/* A sender report of the source has come; NTP is its time (6.4.1). */
void rtp_stats_take_sr(struct rtp_stats *s, uint64_t ntp, int64_t arrival_ns);
/* The block about S for a report that goes now; the next has the loss since. */
void rtp_stats_report(
    struct rtp_stats *s, uint32_t ssrc, int64_t now_ns, struct rtcp_block *b);

/* N of ALL, as reports have it: parts of 256, at most 255 (RFC 3611 4.7.1). */
uint8_t rtp_fraction(uint64_t n, uint64_t all);
/* UNIX_NS nanoseconds since 1970 as NTP has them: seconds since 1900 and, in
 * the low 32 bits, the fraction (4). */
uint64_t rtp_ntp(int64_t unix_ns);
/* 6.4.1: the round trip to the sender of block B, which came at NTP; false:
 * there was no sender report, or its times are no round trip. */
bool rtp_round_trip(const struct rtcp_block *b, uint64_t ntp, int64_t *ns);

#endif
