/* See quality/jitter_buffer.h. */
#include "quality/jitter_buffer.h"

#include "quality/rtp_stats.h"

#include <string.h>

#define NS            INT64_C(1000000000)
#define JITTERS       4    /* so many times the jitter is an adaptive delay */
#define JUMP          3000 /* RFC 3550 A.1: MAX_DROPOUT */
#define MISORDER      100  /* and MAX_MISORDER */
#define RUN           25   /* packets: half a second of 20 ms */
#define EARLY_NS      (NS / 2)
#define FAR_NS        (2 * NS)
#define FOREVER       INT64_MAX
#define UNKNOWN_CLOCK 8000
#define NO_NUMBER     0x10000u

/* A packet that comes. */
struct playout_in {
	uint16_t seq;
	uint32_t ts;
	bool marker;
	int64_t at_ns;
};

/* Of a slot, for the number that is in it. */
enum playout_state {
	EMPTY,
	WAITS,
	PASSES,    /* came without a block */
	DONE,      /* played, or passed over */
	MISSED,    /* nothing came in time */
	DISCARDED, /* it came, too late or too early */
};

/* ---- bursts and gaps ---- */

/* The cluster ends: GMIN good ones follow its last. */
static void
end_cluster(struct loss_bursts *b)
{
	if (b->cluster >= 2) {
		b->bursts++;
		b->in_bursts += b->ncluster;
		b->lost_in_bursts += b->cluster;
	}
	b->cluster = b->ncluster = 0;
}

void
loss_bursts_note(struct loss_bursts *b, bool lost)
{
	if (!lost) {
		b->good++;
		b->since++;
		return;
	}
	b->runs += b->lost == 0 || b->since > 0;
	b->lost++;
	if (b->since >= JITTER_BUFFER_GMIN)
		end_cluster(b);
	b->ncluster += b->cluster > 0 ? b->since + 1 : 1;
	b->cluster++;
	b->since = 0;
}

static uint16_t
mean_ms(uint64_t packets, uint32_t packet_ms, uint32_t n)
{
	uint64_t ms = packets * packet_ms / (n > 0 ? n : 1);

	return (uint16_t)(ms < 0xFFFF ? ms : 0xFFFF);
}

void
loss_bursts_figures(const struct loss_bursts *b, uint32_t packet_ms,
    struct loss_figures *figures)
{
	struct loss_bursts ended = *b;
	uint32_t gaps;

	end_cluster(&ended);
	gaps = b->good + b->lost - ended.in_bursts;
	figures->burst_density =
	    rtp_fraction(ended.lost_in_bursts, ended.in_bursts);
	figures->gap_density =
	    rtp_fraction(b->lost - ended.lost_in_bursts, gaps);
	figures->burst_ms = mean_ms(ended.in_bursts, packet_ms, ended.bursts);
	figures->gap_ms = mean_ms(gaps, packet_ms, ended.bursts);
}

/* The mean length of runs is LOST / RUNS, at random it is ALL / GOOD. */
uint32_t
loss_bursts_ratio(const struct loss_bursts *b)
{
	uint64_t all = (uint64_t)b->good + b->lost, ratio;

	if (b->lost == 0)
		return 1000;
	ratio = 1000 * (uint64_t)b->lost / b->runs * b->good / all;
	return ratio < 1000 ? 1000 : (uint32_t)ratio;
}

/* ---- the buffer ---- */

void
jitter_buffer_begin(
    struct jitter_buffer *p, const struct jitter_buffer_options *options)
{
	memset(p, 0, sizeof(*p));
	p->options = *options;
	if (p->options.clock == 0)
		p->options.clock = UNKNOWN_CLOCK;
	p->bad = NO_NUMBER;
	p->delay_ns = options->delay_ns;
}

/* ---- slots ---- */

static struct jitter_buffer_slot *
playout_slot_of(struct jitter_buffer *p, uint16_t seq)
{
	return &p->slots[seq % JITTER_BUFFER_SLOTS];
}

static enum playout_state
playout_state_of(struct jitter_buffer *p, uint16_t seq)
{
	const struct jitter_buffer_slot *slot = playout_slot_of(p, seq);

	return slot->seq == seq ? (enum playout_state)slot->state : EMPTY;
}

static void
set_state(struct jitter_buffer *p, uint16_t seq, enum playout_state state,
    int64_t plays)
{
	*playout_slot_of(p, seq) = (struct jitter_buffer_slot){
		.plays_ns = plays, .seq = seq, .state = (uint8_t)state
	};
}

/* How many numbers from NEXT to the highest that came. */
static unsigned
nopen(const struct jitter_buffer *p)
{
	unsigned n = (uint16_t)(p->highest - p->next + 1);

	return p->began && n < 0x8000 ? n : 0;
}

/* ---- blocks that are due ---- */

/* When NEXT is due: its own time, or that of the first after it which came,
 * less the blocks in between. */
static int64_t
due_ns(struct jitter_buffer *p)
{
	unsigned n = nopen(p);

	n = n < JITTER_BUFFER_SLOTS ? n : JITTER_BUFFER_SLOTS;
	for (unsigned i = 0; i < n; i++) {
		uint16_t seq = (uint16_t)(p->next + i);
		enum playout_state state = playout_state_of(p, seq);

		if (state == WAITS || state == PASSES)
			return playout_slot_of(p, seq)->plays_ns -
			       i * p->options.block_ns;
	}
	/* None of them waits: their packets were discarded. */
	return n > 0 ? p->ends_ns : FOREVER;
}

/* NEXT is over. */
static void
pass_next(struct jitter_buffer *p, struct jitter_buffer_block *b)
{
	enum playout_state state = playout_state_of(p, p->next);
	bool missed = state != WAITS && state != PASSES;

	b->seq = p->next;
	b->slot = p->next % JITTER_BUFFER_SLOTS;
	b->concealed = missed;
	p->played += state == WAITS;
	p->concealed += missed;
	p->absent += missed && state != DISCARDED;
	loss_bursts_note(&p->bursts, missed);
	if (state != DISCARDED)
		set_state(p, p->next, missed ? MISSED : DONE, b->plays_ns);
	p->next++;
}

bool
jitter_buffer_next(
    struct jitter_buffer *p, int64_t now_ns, struct jitter_buffer_block *b)
{
	while ((b->plays_ns = due_ns(p)) <= now_ns && nopen(p) > 0) {
		bool passes = playout_state_of(p, p->next) == PASSES;

		pass_next(p, b);
		if (!passes)
			return true;
	}
	return false;
}

void
jitter_buffer_settle(struct jitter_buffer *p, int64_t now_ns)
{
	struct jitter_buffer_block b;

	while (jitter_buffer_next(p, now_ns, &b))
		continue;
}

void
jitter_buffer_end(struct jitter_buffer *p)
{
	jitter_buffer_settle(p, FOREVER);
}

/* ---- the timeline ---- */

static int64_t
ticks_ns(const struct jitter_buffer *p, int32_t ticks)
{
	return ticks * NS / p->options.clock;
}

static int64_t
plays_ns(const struct jitter_buffer *p, uint32_t ts)
{
	return p->base_ns + ticks_ns(p, (int32_t)(ts - p->base_ts));
}

/* A.8, in nanoseconds without a fraction; ANEW: there is none before it. */
static void
note_jitter(struct jitter_buffer *p, uint32_t ts, int64_t arrival_ns, bool anew)
{
	int64_t d = arrival_ns - p->at_ns - ticks_ns(p, (int32_t)(ts - p->ts));

	if (!anew)
		p->jitter_ns += ((d < 0 ? -d : d) - p->jitter_ns) / 16;
	p->at_ns = arrival_ns;
	p->ts = ts;
}

static int64_t
wanted_delay(const struct jitter_buffer *p)
{
	const struct jitter_buffer_options *o = &p->options;
	int64_t delay = JITTERS * p->jitter_ns;

	if (!o->adaptive || !p->began)
		return o->delay_ns;
	return delay < o->min_ns   ? o->min_ns
	       : delay > o->max_ns ? o->max_ns
				   : delay;
}

/* Timestamp TS is played when the delay has passed, but not before earlier
 * sound has ended. */
static void
begin_timeline(struct jitter_buffer *p, uint32_t ts, int64_t arrival_ns)
{
	int64_t plays = arrival_ns + (p->delay_ns = wanted_delay(p));

	p->base_ts = ts;
	p->base_ns = p->began && plays < p->ends_ns ? p->ends_ns : plays;
	p->late_run = p->early_run = 0;
}

/* What waits is dropped, and missed. */
static void
playout_drop_waiting(struct jitter_buffer *p, int64_t arrival_ns)
{
	for (unsigned i = 0; i < JITTER_BUFFER_SLOTS; i++) {
		p->overflows += p->slots[i].state == WAITS;
		p->slots[i].state = EMPTY;
	}
	p->ends_ns = arrival_ns;
	jitter_buffer_settle(p, arrival_ns);
}

static void
begin_numbers(struct jitter_buffer *p, uint16_t seq)
{
	p->next = p->highest = seq;
	p->bad = NO_NUMBER;
}

/* Lateness that lasts, or earliness, or a timestamp that is not that of its
 * time. */
static bool
playout_is_broken(struct jitter_buffer *p, uint32_t ts, int64_t arrival_ns)
{
	int64_t off = plays_ns(p, ts) - arrival_ns - p->delay_ns;

	p->early_run = off > EARLY_NS ? p->early_run + 1 : 0;
	return p->late_run >= RUN || p->early_run >= RUN || off > FAR_NS ||
	       off < -FAR_NS;
}

/* Differences of timestamps have 31 bits: the base follows. */
static void
move_base(struct jitter_buffer *p, uint32_t ts, int64_t plays)
{
	if ((int32_t)(ts - p->base_ts) < 0x40000000)
		return;
	p->base_ts = ts;
	p->base_ns = plays;
}

/* ---- packets that come ---- */

static bool
is_jump(const struct jitter_buffer *p, uint16_t seq)
{
	uint16_t ahead = (uint16_t)(seq - p->highest);

	return ahead >= JUMP && ahead <= NO_NUMBER - MISORDER;
}

/* SEQ is higher than all before. */
static bool
is_ahead(const struct jitter_buffer *p, uint16_t seq)
{
	return (uint16_t)(seq - p->highest - 1) < JUMP;
}

static enum jitter_buffer_verdict
discard(struct jitter_buffer *p)
{
	p->late++;
	p->late_run++;
	return JITTER_BUFFER_LATE;
}

/* A number that is over. */
static enum jitter_buffer_verdict
take_passed_number(struct jitter_buffer *p, uint16_t seq)
{
	enum playout_state state = playout_state_of(p, seq);

	if (state == DONE || state == DISCARDED) {
		p->duplicates++;
		return JITTER_BUFFER_DUPLICATE;
	}
	if (state == MISSED) {
		p->absent--;
		playout_slot_of(p, seq)->state = DISCARDED;
	}
	return discard(p);
}

/* No slot is free for SEQ, or its time is outside of the ring's span, as by a
 * wrong timestamp. */
static bool
playout_is_early(const struct jitter_buffer *p, uint16_t seq, int64_t wait_ns)
{
	return (uint16_t)(seq - p->next) >= JITTER_BUFFER_SLOTS ||
	       wait_ns > FAR_NS + JITTER_BUFFER_SLOTS * p->options.block_ns;
}

static enum jitter_buffer_verdict
take_new(
    struct jitter_buffer *p, uint16_t seq, int64_t plays, int64_t arrival_ns)
{
	if (playout_is_early(p, seq, plays - arrival_ns)) {
		p->overflows++;
		return JITTER_BUFFER_OVERFLOW;
	}
	if (playout_state_of(p, seq) != EMPTY) {
		p->duplicates++;
		return JITTER_BUFFER_DUPLICATE;
	}
	if (plays < arrival_ns) {
		set_state(p, seq, DISCARDED, plays);
		return discard(p);
	}
	set_state(p, seq, WAITS, plays);
	p->late_run = 0;
	if (plays + p->options.block_ns > p->ends_ns)
		p->ends_ns = plays + p->options.block_ns;
	return JITTER_BUFFER_PLAYS;
}

/* SEQ is the highest now.  A gap longer than the ring is over if nothing waits
 * before it: how many numbers that are. */
static unsigned
note_highest(struct jitter_buffer *p, uint16_t seq)
{
	struct jitter_buffer_block b = { .plays_ns = p->ends_ns };
	unsigned missed = 0;

	while (
	    nopen(p) == 0 && (uint16_t)(seq - p->next) >= JITTER_BUFFER_SLOTS) {
		p->highest = p->next;
		pass_next(p, &b);
		missed++;
	}
	p->highest = seq;
	return missed;
}

/* Between talk spurts an adaptive delay is drawn again; within one it can but
 * grow: who plays waits for the late packet, and is later from then on. */
static void
wait_for_late(struct jitter_buffer *p, const struct playout_in *in)
{
	int64_t late = in->at_ns - plays_ns(p, in->ts);

	if (!p->options.adaptive || late <= 0 ||
	    p->delay_ns + late > p->options.max_ns)
		return;
	p->base_ns += late;
	p->delay_ns += late;
}

/* The timeline as it is to be for SEQ, which is ahead of all before, or with
 * which the numbers begin ANEW.  True: it was broken. */
static bool
adapt(struct jitter_buffer *p, const struct playout_in *in, bool anew)
{
	bool reset =
	    p->began && (anew || playout_is_broken(p, in->ts, in->at_ns));

	if (reset)
		playout_drop_waiting(p, in->at_ns);
	if (anew)
		begin_numbers(p, in->seq);
	if (reset || !p->began || (in->marker && p->options.adaptive))
		begin_timeline(p, in->ts, in->at_ns);
	wait_for_late(p, in);
	p->resets += reset;
	p->began = true;
	return reset;
}

/* Of the first packets one may have overtaken another: as long as none was due
 * the numbers begin with the earliest that is still in time. */
static void
note_lowest(struct jitter_buffer *p, uint16_t seq, int64_t wait_ns)
{
	uint16_t before = (uint16_t)(p->next - seq);

	if (before > 0 && before < MISORDER && wait_ns > 0 &&
	    nopen(p) + before < JITTER_BUFFER_SLOTS &&
	    playout_state_of(p, (uint16_t)(p->next - 1)) == EMPTY)
		p->next = seq;
}

/* Two packets in sequence make a restart. */
static bool
playout_is_stray(struct jitter_buffer *p, uint16_t seq)
{
	bool stray = p->began && is_jump(p, seq) && seq != p->bad;

	if (stray) {
		p->bad = (uint16_t)(seq + 1);
		p->strays++;
	}
	return stray;
}

static void
playout_take_in(struct jitter_buffer *p, const struct playout_in *in,
    struct jitter_buffer_put *put)
{
	bool anew = !p->began || is_jump(p, in->seq);

	jitter_buffer_settle(p, in->at_ns);
	note_jitter(p, in->ts, in->at_ns, anew);
	if (anew || is_ahead(p, in->seq)) {
		put->reset = adapt(p, in, anew);
		put->missed_ns = p->ends_ns;
		put->missed = note_highest(p, in->seq);
	}
	put->plays_ns = plays_ns(p, in->ts);
	note_lowest(p, in->seq, put->plays_ns - in->at_ns);
	put->verdict = (uint16_t)(in->seq - p->next) >= 0x8000
			   ? take_passed_number(p, in->seq)
			   : take_new(p, in->seq, put->plays_ns, in->at_ns);
	if (put->verdict == JITTER_BUFFER_PLAYS)
		move_base(p, in->ts, put->plays_ns);
}

void
jitter_buffer_put(struct jitter_buffer *p, uint16_t seq, uint32_t ts,
    bool marker, int64_t arrival_ns, struct jitter_buffer_put *put)
{
	const struct playout_in in = { seq, ts, marker, arrival_ns };

	*put = (struct jitter_buffer_put){ .slot = seq % JITTER_BUFFER_SLOTS,
		.verdict = JITTER_BUFFER_STRAY,
		.plays_ns = arrival_ns };
	if (!playout_is_stray(p, seq))
		playout_take_in(p, &in, put);
}

void
jitter_buffer_pass(struct jitter_buffer *p, uint16_t seq, int64_t arrival_ns)
{
	jitter_buffer_settle(p, arrival_ns);
	if (!p->began || is_jump(p, seq))
		return;
	if (is_ahead(p, seq))
		(void)note_highest(p, seq);
	if ((uint16_t)(seq - p->next) < JITTER_BUFFER_SLOTS &&
	    playout_state_of(p, seq) == EMPTY)
		set_state(p, seq, PASSES, arrival_ns + p->delay_ns);
}

/* What overflowed is among the absent once it was due. */
uint32_t
jitter_buffer_lost(const struct jitter_buffer *p)
{
	return p->absent > p->overflows ? p->absent - p->overflows : 0;
}

uint32_t
jitter_buffer_discarded(const struct jitter_buffer *p)
{
	return p->late + p->overflows;
}
