/*
 * RTCP as bytes (RFC 3550 6, RFC 3611, RFC 4585): compounds written, and read
 * as others send them.  A compound is a row of packets, each with its type, a
 * count and its length; the first is a report, padding is in the last alone
 * (6.1, A.2).
 */
#ifndef QUALITY_RTCP_H
#define QUALITY_RTCP_H

#include "base/buf.h"
#include "quality/rtp_stats.h"

#include <stdbool.h>
#include <stdint.h>

#define RTCP_BLOCKS 31 /* of a report, at most: the count has five bits */

enum rtcp_type {
	RTCP_SR = 200,
	RTCP_RR,
	RTCP_SDES,
	RTCP_BYE,
	RTCP_APP,
	RTCP_RTPFB, /* RFC 4585 6 */
	RTCP_PSFB,
	RTCP_XR, /* RFC 3611 2 */
};

/* Feedback: the count says which. */
#define RTCP_PLI 1 /* of PSFB */
#define RTCP_FIR 4 /* of PSFB, RFC 5104 4.3.1 */

/* 6.4.1: what a sender says of itself. */
struct rtcp_sender {
	uint64_t ntp; /* rtp_ntp */
	uint32_t ts;  /* the same time on the stream's clock */
	uint32_t packets, octets;
};

/* RFC 3611 4.7, with its names and units.  127 in a signal's or quality's
 * field: not known. */
struct rtcp_voip {
	uint32_t ssrc;
	uint8_t loss_rate, discard_rate, burst_density, gap_density;
	uint16_t burst_ms, gap_ms, round_trip_ms, end_system_ms;
	uint8_t signal_level, noise_level, rerl, gmin;
	uint8_t r, external_r, mos_lq, mos_cq; /* MOS: 10 times */
	uint8_t rx_config;
	uint16_t nominal_ms, maximum_ms, absolute_ms; /* of the buffer */
};
#define RTCP_UNKNOWN 127

/* RFC 3611 4.5: of a receiver's reference time. */
struct rtcp_reference {
	uint32_t ssrc; /* whose it was */
	uint32_t lrr;  /* the middle of its time; 0: none */
	uint32_t dlrr; /* how long ago it came, 1/65536 s */
};

/* RX config: concealment, kind of buffer. */
#define RTCP_PLC_STANDARD  0xC0
#define RTCP_PLC_SILENCE   0x40
#define RTCP_BUFFER_ADAPTS 0x30
#define RTCP_BUFFER_FIXED  0x20

/* ---- writing ---- */

/* A report of SSRC: an SR where SENDER is not NULL, else an RR; with more than
 * RTCP_BLOCKS blocks RRs follow it (6.1). */
void rtcp_put_report(struct buf *out, uint32_t ssrc,
    const struct rtcp_sender *sender, const struct rtcp_block *blocks,
    size_t nblocks);
/* SDES with the one item that each compound has to have (6.5.1); a name longer
 * than 255 bytes is cut. */
void rtcp_put_cname(struct buf *out, uint32_t ssrc, struct str cname);
/* REASON may be empty: then it is left out. */
void rtcp_put_bye(struct buf *out, uint32_t ssrc, struct str reason);
void
rtcp_put_voip(struct buf *out, uint32_t ssrc, const struct rtcp_voip *voip);
/* RFC 3611 4.4, 4.5. */
void rtcp_put_reference(struct buf *out, uint32_t ssrc, uint64_t ntp);
void
rtcp_put_dlrr(struct buf *out, uint32_t ssrc, const struct rtcp_reference *r);
/* FCI: what follows the two sources; its length a multiple of four. */
void rtcp_put_pli(struct buf *out, uint32_t ssrc, uint32_t media);
/* NUMBER rises with each request that is no repetition. */
void
rtcp_put_fir(struct buf *out, uint32_t ssrc, uint32_t media, uint8_t number);

/* ---- reading ---- */

/* X(NAME, which field of a compound is wrong, as RFC 3550 6.4 calls it) */
#define RTCP_FAULTS(X)                                                         \
	X(NONE, "")                                                            \
	X(SHORT, "length")  /* a packet is shorter than its head */            \
	X(VERSION, "V")     /* its version is not 2 */                         \
	X(FIRST, "PT")      /* the first packet is not a report */             \
	X(LENGTH, "length") /* longer than the remaining bytes */              \
	X(PADDED, "P")      /* padding, and it is not the last */              \
	X(PADDING, "P")     /* empty, no multiple of four, longer than that */ \
	X(COUNT, "RC")      /* it is too short for what it counts */           \
	X(CHUNK, "SDES")    /* an item reaches beyond its packet */            \
	X(REASON, "BYE")    /* the reason does */                              \
	X(BLOCK, "XR")      /* a block does */

enum rtcp_fault {
#define X(name, words) RTCP_FAULT_##name,
	RTCP_FAULTS(X)
#undef X
};
const char *rtcp_fault_words(enum rtcp_fault fault);

struct rtcp_packet {
	unsigned type;  /* an enum rtcp_type, or another */
	unsigned count; /* of blocks, chunks, sources; the format of feedback */
	uint32_t ssrc;  /* who sends it; of SDES and BYE the first, if any */
	struct str all, body;      /* body: behind the head, without padding */
	struct rtcp_sender sender; /* of an SR */
	uint32_t media;            /* of feedback: the source it is about */
	struct str rest; /* BYE: reason; APP: name and data; feedback: FCI */
};

/* A walk over the packets of a compound. */
struct rtcp_walk {
	struct str left;
	enum rtcp_fault fault; /* why it ended early */
};

/* The next packet, which goes on to point into the bytes; false at the end, or
 * at a fault.  A first packet that is not a report is none here (RFC 5506). */
bool rtcp_next(struct rtcp_walk *walk, struct rtcp_packet *p);
/* A.2: the whole compound. */
enum rtcp_fault rtcp_check(struct str bytes);

/* Of an SR or RR; I is less than its count. */
void
rtcp_block_at(const struct rtcp_packet *p, unsigned i, struct rtcp_block *b);
/* Of a BYE. */
uint32_t rtcp_source_at(const struct rtcp_packet *p, unsigned i);

/* 6.5: X(NAME, type, words) */
#define RTCP_ITEMS(X)        \
	X(CNAME, 1, "CNAME") \
	X(NAME, 2, "NAME")   \
	X(EMAIL, 3, "EMAIL") \
	X(PHONE, 4, "PHONE") \
	X(LOC, 5, "LOC")     \
	X(TOOL, 6, "TOOL")   \
	X(NOTE, 7, "NOTE")   \
	X(PRIV, 8, "PRIV")

enum rtcp_item_type {
#define X(name, type, words) RTCP_ITEM_##name = type,
	RTCP_ITEMS(X)
#undef X
};

struct rtcp_item {
	uint32_t ssrc;
	unsigned type; /* an enum rtcp_item_type, or another */
	struct str text;
};

/* The next item of an SDES, over all its chunks; AT is all 0 at first. */
struct rtcp_item_walk {
	size_t at;
	unsigned chunks; /* that were begun */
	bool inside;
	uint32_t ssrc;
};
bool rtcp_item_next(const struct rtcp_packet *p, struct rtcp_item_walk *at,
    struct rtcp_item *item);

/* The next block of an XR from *AT, 0 at first: its type (4: receiver reference
 * time, 5: DLRR, 7: VoIP metrics) and its bytes, head included. */
bool rtcp_xr_next(
    const struct rtcp_packet *p, size_t *at, unsigned *type, struct str *block);
/* False: BLOCK has not the length of one. */
bool rtcp_read_voip(struct str block, struct rtcp_voip *voip);
bool rtcp_read_reference(struct str block, uint64_t *ntp);
/* The I-th of a DLRR block, from 0; false where there is none. */
bool rtcp_dlrr_at(struct str block, unsigned i, struct rtcp_reference *r);

/* ---- when a participant sends its next packet: RFC 3550 6.3, A.7 ---- */

#define RTCP_PART     20 /* 6.2: one part of so many of the bandwidth, 5 % */
#define RTCP_UDP_IPV4 28 /* 6.2: sizes are those with these heads */
#define RTCP_UDP_IPV6 48

/*
 * All packets of all members together take a fixed part of the session's
 * bandwidth, and no two members keep in step. Numbers and times only: the
 * caller has the clock, the random draws and the table of members.
 *
 * The mean interval of two members is 4.1 s, not the 5 that the rule names: the
 * random value is divided by e - 3/2 (6.3.1), as reconsideration makes
 * intervals longer in large sessions.
 *
 * The names are those of 6.3; members and senders are kept up by the owner.
 */
struct rtcp_timer {
	int64_t tp_ns, tn_ns; /* the last packet; when the timer ends */
	uint32_t members, senders;
	double bandwidth; /* rtcp_bw, octets a second, of all members */
	double size;      /* avg_rtcp_size, with the heads of UDP and IP */
	bool we_sent, initial;
};

/* 6.3.2: joins at NOW_NS a session of BANDWIDTH octets of RTCP a second (the
 * session's by RTCP_PART; of RFC 3556 where SDP says so), its first packet
 * having SIZE octets. */
void rtcp_timer_begin(struct rtcp_timer *t, double bandwidth, uint32_t size,
    int64_t now_ns, uint64_t draw);

/* 6.3.1: Td, nanoseconds, of who sends or of a receiver. */
int64_t rtcp_timer_mean_ns(const struct rtcp_timer *t, bool we_sent);
/* T: DRAW, uniform over 64 bits, takes it from half of Td to one and a half. */
int64_t rtcp_timer_interval_ns(const struct rtcp_timer *t, uint64_t draw);

/* 6.3.6: the timer has ended.  True: a packet is to be sent now, then
 * rtcp_timer_sent asked; false: it was set again (TN_NS), the session has
 * grown. */
bool rtcp_timer_expire(struct rtcp_timer *t, int64_t now_ns, uint64_t draw);
void rtcp_timer_sent(
    struct rtcp_timer *t, uint32_t size, int64_t now_ns, uint64_t draw);

/* 6.3.3: a compound of SIZE octets has come. */
void rtcp_timer_heard(struct rtcp_timer *t, uint32_t size);

#endif
