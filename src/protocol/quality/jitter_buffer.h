/*
 * A buffer against jitter, by times: when the block of a packet is played, and
 * which packets come too late for that, twice, or too early to be kept.  The
 * blocks are their owner's, in a ring of JITTER_BUFFER_SLOTS; an owner who
 * keeps none asks for the counts alone.  (The buffer of the board,
 * media/fixed_jitter_buffer.h, counts blocks and has no clock.)
 *
 * The first packet is played DELAY after it has come, each other one by its
 * timestamp.  A fixed buffer keeps to that.  An adaptive one starts again at
 * each talk spurt (the marker, RFC 3551 4.1) with four times the jitter of RFC
 * 3550 A.8, between the shortest and the longest delay allowed; within one it
 * can but grow: a packet that is late is waited for, up to the longest.  Either
 * starts again where the timeline is broken: after a jump of the sequence
 * numbers, with a timestamp far from its time, or after 25 packets in
 * succession that are late, or half a second early (a network that has become
 * slower, or faster; a clock that goes otherwise).  What still waits is
 * dropped.
 *
 * What was lost or discarded gives the bursts and gaps of RFC 3611 4.7.2.
 */
#ifndef QUALITY_JITTER_BUFFER_H
#define QUALITY_JITTER_BUFFER_H

#include <stdbool.h>
#include <stdint.h>

/* The buffers of rung's phones, fixed and adaptive. */
#define JITTER_BUFFER_USUAL_NS INT64_C(60000000)
#define JITTER_BUFFER_LEAST_NS INT64_C(20000000)
#define JITTER_BUFFER_MOST_NS  INT64_C(300000000)

#define JITTER_BUFFER_SLOTS 64 /* of 20 ms, 1.28 s */
#define JITTER_BUFFER_GMIN  16 /* RFC 3611 4.7.2: what it recommends */

/* ---- bursts and gaps ---- */

/* Packets in the order of their numbers, each good or lost (or discarded).  A
 * cluster reaches from one lost packet to another without JITTER_BUFFER_GMIN
 * good ones in between: of two and more it is a burst, of one it is part of a
 * gap.
 */
struct loss_bursts {
	uint32_t good, lost;
	uint32_t runs;              /* of lost packets in direct succession */
	uint32_t since;             /* good ones since the last lost one */
	uint32_t cluster, ncluster; /* lost ones in it, packets in it */
	uint32_t bursts, in_bursts, lost_in_bursts; /* of clusters that ended */
};

void loss_bursts_note(struct loss_bursts *b, bool lost);

/* The fields of RFC 3611 4.7.2, a packet being PACKET_MS long.  The gap's
 * duration is, as in the RFC's example and in its A.2, that of all gaps by the
 * number of bursts: what precedes the first and follows the last counts as one.
 */
struct loss_figures {
	uint8_t burst_density, gap_density; /* of 256 */
	uint16_t burst_ms, gap_ms;
};
void loss_bursts_figures(const struct loss_bursts *b, uint32_t packet_ms,
    struct loss_figures *figures);
/* BurstR of G.107, 1000 times: how much longer runs of lost packets are than if
 * as many were lost at random; at least 1000. */
uint32_t loss_bursts_ratio(const struct loss_bursts *b);

/* ---- the buffer ---- */

enum jitter_buffer_verdict {
	JITTER_BUFFER_PLAYS,     /* is played */
	JITTER_BUFFER_LATE,      /* is too late, and discarded */
	JITTER_BUFFER_DUPLICATE, /* has come before */
	JITTER_BUFFER_OVERFLOW, /* is too early for the buffer, and discarded */
	JITTER_BUFFER_STRAY,    /* has a number far from all before, and is
				   discarded */
};

struct jitter_buffer_options {
	uint32_t clock;   /* ticks a second, 0: unknown, as in telephony */
	int64_t block_ns; /* how long a block is, without its successor */
	int64_t
	    delay_ns; /* of a fixed buffer; an adaptive one begins with it */
	bool adaptive;
	int64_t min_ns, max_ns; /* of an adaptive one */
};

struct jitter_buffer_slot {
	int64_t plays_ns;
	uint16_t seq;
	uint8_t state; /* enum playout_state of jitter_buffer.c */
};

struct jitter_buffer {
	struct jitter_buffer_options options;
	bool began;
	uint16_t next;    /* the number that is played, or missed, next */
	uint16_t highest; /* of the packets received */
	int64_t base_ns;  /* when BASE_TS is played */
	uint32_t base_ts;
	int64_t ends_ns; /* when the block of HIGHEST has been played */
	int64_t
	    delay_ns; /* at present: nominal, for packets that come on time */
	int64_t jitter_ns; /* A.8 */
	int64_t at_ns;     /* the last packet: arrival, timestamp */
	uint32_t ts;
	uint32_t late_run; /* late ones in succession */
	uint32_t
	    early_run; /* those in succession that come half a second early */
	uint32_t bad;  /* the number that would be a restart; 0x10000: none */
	uint32_t played, late, duplicates, strays;
	uint32_t overflows; /* and what still waited at a jump */
	uint32_t concealed; /* numbers that were due and not there */
	uint32_t absent;    /* those of them that have not come since */
	uint32_t resets;    /* the timeline was begun again within the stream */
	struct loss_bursts bursts;
	struct jitter_buffer_slot slots[JITTER_BUFFER_SLOTS];
};

void jitter_buffer_begin(
    struct jitter_buffer *p, const struct jitter_buffer_options *options);

struct jitter_buffer_put {
	enum jitter_buffer_verdict verdict;
	unsigned slot;    /* where the block is to be kept, if it is played */
	int64_t plays_ns; /* when it is, or, late, would have been */
	bool reset; /* the timeline begins again with it, by a jump or lateness
		     */
	/* The number of blocks concealed at once, from then on: a gap longer
	 * than the ring is over before it is fetched. */
	unsigned missed;
	int64_t missed_ns;
};

/* A packet has come.  What was due until ARRIVAL_NS must have been fetched
 * (jitter_buffer_next) by an owner who keeps blocks: it is over now.  So is all
 * that waits if the numbers begin again, for which it takes two packets in
 * sequence (RFC 3550 A.1).  MARKER: a talk spurt begins (of sound: of pictures
 * it ends each). */
void jitter_buffer_put(struct jitter_buffer *p, uint16_t seq, uint32_t ts,
    bool marker, int64_t arrival_ns, struct jitter_buffer_put *put);
/* A packet without a block, an event's say: its number is not missed. */
void
jitter_buffer_pass(struct jitter_buffer *p, uint16_t seq, int64_t arrival_ns);

struct jitter_buffer_block {
	uint16_t seq;
	unsigned slot;
	int64_t plays_ns;
	bool concealed; /* nothing has come: the owner makes something up */
};

/* The next block that is due until NOW_NS, with its time; false: none.  Whether
 * a number is missing or its sender is silent shows when a later one is due, so
 * that a concealed block may lie back. */
bool jitter_buffer_next(
    struct jitter_buffer *p, int64_t now_ns, struct jitter_buffer_block *b);
/* All of them, for who keeps no blocks. */
void jitter_buffer_settle(struct jitter_buffer *p, int64_t now_ns);
/* At the end of the stream: all that waits is due. */
void jitter_buffer_end(struct jitter_buffer *p);

/* Of the sequence numbers due: packets that did not come, and packets that came
 * too late (RFC 3611 4.7.1). */
uint32_t jitter_buffer_lost(const struct jitter_buffer *p);
uint32_t jitter_buffer_discarded(const struct jitter_buffer *p);

#endif
