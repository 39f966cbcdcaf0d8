/* Packets counted, jitter computed; see quality/rtp_stats.h. */
#include "quality/rtp_stats.h"

/* A.1 */
#define MAX_DROPOUT  3000
#define MAX_MISORDER 100
#define NO_NUMBER    0x10000u

#define NS         INT64_C(1000000000)
#define NTP_OFFSET UINT64_C(2208988800) /* seconds from 1900 to 1970 */

void
rtp_stats_begin(struct rtp_stats *s, unsigned probation)
{
	*s = (struct rtp_stats){ .bad = NO_NUMBER,
		.sequential = (uint8_t)(probation < 255 ? probation : 255) };
	s->probation = s->sequential;
}

/* ---- A.1: numbers ---- */

/* Counting begins with the number SEQ. */
static void
begin_counting(struct rtp_stats *s, uint16_t seq)
{
	rtp_sequence_begin(&s->sequence, seq);
	s->bad = NO_NUMBER;
	s->seen[0] = 1;
	s->seen[1] = 0;
	s->received = 1;
	s->prior_expected = s->prior_received = 0;
}

/* The window of numbers goes on by STEP. */
static void
move_window(struct rtp_stats *s, unsigned step)
{
	if (step >= 128) {
		s->seen[0] = s->seen[1] = 0;
	} else if (step >= 64) {
		s->seen[1] = s->seen[0] << (step - 64);
		s->seen[0] = 0;
	} else {
		s->seen[1] = s->seen[1] << step | s->seen[0] >> (64 - step);
		s->seen[0] <<= step;
	}
	s->seen[0] |= 1;
}

bool
rtp_stats_misses(const struct rtp_stats *s, uint16_t seq)
{
	uint16_t back = (uint16_t)(s->sequence.last - seq);

	return back < MAX_MISORDER &&
	       (s->seen[back / 64] >> back % 64 & 1) == 0;
}

/* The number is BACK before the highest, at most MAX_MISORDER. */
static enum rtp_arrival
take_misordered(struct rtp_stats *s, unsigned back)
{
	uint64_t bit = UINT64_C(1) << back % 64;

	s->received++;
	if ((s->seen[back / 64] & bit) != 0) {
		s->duplicates++;
		return RTP_ARRIVAL_DUPLICATE;
	}
	s->seen[back / 64] |= bit;
	s->reordered++;
	return RTP_ARRIVAL_REORDERED;
}

/* The first packet, and each that follows the one before, takes one off the
 * probation; any other begins it again.  (The RFC's own lines compare with
 * 65536 where the numbers begin again.) */
static enum rtp_arrival
take_probation(struct rtp_stats *s, uint16_t seq)
{
	if (s->began && seq != (uint16_t)(s->sequence.last + 1))
		s->probation = s->sequential;
	s->began = true;
	s->probation--;
	rtp_sequence_begin(&s->sequence, seq);
	if (s->probation == 0) {
		begin_counting(s, seq);
		return RTP_ARRIVAL_FIRST;
	}
	s->ignored++;
	return RTP_ARRIVAL_PROBATION;
}

static enum rtp_arrival
take_jump(struct rtp_stats *s, uint16_t seq)
{
	if (seq != s->bad) {
		s->bad = (uint16_t)(seq + 1);
		s->ignored++;
		return RTP_ARRIVAL_JUMPED;
	}
	s->expected_before += rtp_sequence_expected(&s->sequence);
	s->received_before += s->received;
	s->restarts++;
	begin_counting(s, seq);
	return RTP_ARRIVAL_RESTARTED;
}

static enum rtp_arrival
rtp_stats_take_number(struct rtp_stats *s, uint16_t seq)
{
	uint16_t ahead = (uint16_t)(seq - s->sequence.last);

	if (ahead == 0 || ahead > NO_NUMBER - MAX_MISORDER)
		return take_misordered(s, (uint16_t)(0 - ahead));
	if (ahead >= MAX_DROPOUT)
		return take_jump(s, seq);
	move_window(s, ahead < 128 ? ahead : 128);
	rtp_sequence_note(&s->sequence, seq);
	s->received++;
	return RTP_ARRIVAL_IN_ORDER;
}

/* ---- A.8: jitter ---- */

/* Whole ticks until NS_TIME, modulo 2^32; the product fits 64 bits. */
static uint32_t
ticks_until(int64_t ns_time, uint32_t clock)
{
	uint64_t ns = (uint64_t)ns_time;

	return (uint32_t)(ns / NS * clock + ns % NS * clock / NS);
}

/* NDELTAS: packets of the stream except for its first, this one included. */
static void
take_spread(struct rtp_spread *spread, double value, uint64_t ndeltas)
{
	if (spread->n == 0 || value < spread->min)
		spread->min = value;
	if (spread->n == 0 || value > spread->max)
		spread->max = value;
	spread->mean += (value - spread->mean) / (double)ndeltas;
	spread->n++;
}

/* In whole ticks, and 16 times, as the RFC's lines have it. */
static void
take_jitter16(struct rtp_stats *s, uint32_t transit)
{
	int64_t d = (int32_t)(transit - s->transit);

	s->jitter16 += (uint64_t)(d < 0 ? -d : d) - ((s->jitter16 + 8) >> 4);
}

/* The real form; DELTA nanoseconds after the packet before. */
static void
take_jitter(struct rtp_stats *s, const struct rtp_arrived *p, double delta)
{
	double ticks = (int32_t)(p->ts - s->ts);
	double d = delta - ticks * (double)NS / p->clock;

	s->jitter_ns += ((d < 0 ? -d : d) - s->jitter_ns) / 16;
}

/* Behind a packet before it.  A clock that is another than that one's tells
 * nothing of the time between them.  RFC 4733 2.5.2.2: reports count events'
 * packets like others; in the real form their timestamps, which stand still,
 * are passed over. */
static void
take_spacing(struct rtp_stats *s, const struct rtp_arrived *p, uint32_t transit)
{
	bool event = p->content == RTP_CONTENT_EVENT;
	bool clocked = p->clock == s->clock && p->clock != 0;
	bool shown =
	    !p->marker && !s->comfort && p->content != RTP_CONTENT_COMFORT;
	double delta = (double)(p->at_ns - s->at_ns);

	if (clocked)
		take_jitter16(s, transit);
	if (clocked && !event)
		take_jitter(s, p, delta);
	if (shown)
		take_spread(&s->delta, delta, s->packets - 1);
	if (shown && clocked && !event)
		take_spread(&s->jitter, s->jitter_ns, s->packets - 1);
}

/* Of a packet that all before it in the stream have overtaken, the first
 * included, the real form knows no time. */
static bool
is_before_first(const struct rtp_stats *s, const struct rtp_arrived *p)
{
	return s->timed && s->packets <= MAX_MISORDER &&
	       (int32_t)(p->ts - s->first_ts) < 0;
}

static void
rtp_stats_take_time(struct rtp_stats *s, const struct rtp_arrived *p)
{
	uint32_t transit = ticks_until(p->at_ns, p->clock) - p->ts;
	bool event = p->content == RTP_CONTENT_EVENT;

	if (is_before_first(s, p)) {
		if (p->clock == s->clock && p->clock != 0) {
			take_jitter16(s, transit);
			s->transit = transit;
		}
		return;
	}
	if (s->timed)
		take_spacing(s, p, transit);
	else
		s->first_ts = p->ts;
	if (!s->timed || !event)
		s->ts = p->ts;
	if (!s->timed || !event || p->clock == s->clock) {
		s->clock = p->clock;
		s->transit = transit;
	}
	s->timed = true;
	s->comfort = p->content == RTP_CONTENT_COMFORT;
	s->at_ns = p->at_ns;
}

/* ---- packets ---- */

enum rtp_arrival
rtp_stats_take_packet(struct rtp_stats *s, const struct rtp_arrived *p)
{
	enum rtp_arrival arrival;

	s->packets++;
	s->octets += p->octets;
	if (s->probation > 0) {
		arrival = take_probation(s, p->seq);
	} else if (!s->began) {
		s->began = true;
		begin_counting(s, p->seq);
		arrival = RTP_ARRIVAL_FIRST;
	} else {
		arrival = rtp_stats_take_number(s, p->seq);
	}
	/* A sender that began again has other timestamps as well. */
	if (arrival == RTP_ARRIVAL_RESTARTED)
		s->timed = false;
	if (arrival != RTP_ARRIVAL_JUMPED && arrival != RTP_ARRIVAL_PROBATION)
		rtp_stats_take_time(s, p);
	return arrival;
}

/* ---- A.3: loss ---- */

uint64_t
rtp_stats_expected(const struct rtp_stats *s)
{
	return s->expected_before +
	       (s->received > 0 ? rtp_sequence_expected(&s->sequence) : 0);
}

int64_t
rtp_stats_lost(const struct rtp_stats *s)
{
	return (
	    int64_t)(rtp_stats_expected(s) - s->received_before - s->received);
}

uint32_t
rtp_stats_jitter(const struct rtp_stats *s)
{
	return (uint32_t)(s->jitter16 >> 4);
}

/* ---- reports ---- */

void
rtp_stats_take_sr(struct rtp_stats *s, uint64_t ntp, int64_t arrival_ns)
{
	s->lsr = (uint32_t)(ntp >> 16);
	s->sr_ns = arrival_ns;
}

uint8_t
rtp_fraction(uint64_t n, uint64_t all)
{
	uint64_t part = all > 0 ? 256 * n / all : 0;

	return (uint8_t)(part < 255 ? part : 255);
}

/* A.3: of those expected since the last report. */
static uint8_t
fraction_lost(struct rtp_stats *s, uint32_t expected)
{
	uint32_t interval = expected - s->prior_expected;
	uint32_t received = s->received - s->prior_received;

	s->prior_expected = expected;
	s->prior_received = s->received;
	return interval > received ? rtp_fraction(interval - received, interval)
				   : 0;
}

void
rtp_stats_report(
    struct rtp_stats *s, uint32_t ssrc, int64_t now_ns, struct rtcp_block *b)
{
	uint32_t expected =
	    s->received > 0 ? (uint32_t)rtp_sequence_expected(&s->sequence) : 0;
	int64_t lost = (int64_t)expected - s->received;

	*b = (struct rtcp_block){ .ssrc = ssrc, .lsr = s->lsr };
	b->fraction = fraction_lost(s, expected);
	b->lost = lost > 0x7FFFFF    ? 0x7FFFFF
		  : lost < -0x800000 ? -0x800000
				     : (int32_t)lost;
	b->highest = s->sequence.turns << 16 | s->sequence.last;
	b->jitter = rtp_stats_jitter(s);
	if (s->lsr != 0)
		b->dlsr = ticks_until(now_ns - s->sr_ns, 65536);
}

uint64_t
rtp_ntp(int64_t unix_ns)
{
	uint64_t ns = (uint64_t)unix_ns;

	return (ns / NS + NTP_OFFSET) << 32 | (ns % NS << 32) / NS;
}

/* Half a turn of the 16 bits of seconds, nine hours, is not a round trip. */
bool
rtp_round_trip(const struct rtcp_block *b, uint64_t ntp, int64_t *ns)
{
	uint32_t trip = (uint32_t)(ntp >> 16) - b->lsr - b->dlsr;

	if (b->lsr == 0 || trip >= 0x80000000u)
		return false;
	*ns = (int64_t)((uint64_t)trip * (uint64_t)NS >> 16);
	return true;
}
