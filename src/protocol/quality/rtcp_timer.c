/* See quality/rtcp_timer.h. */
#include "quality/rtcp_timer.h"

#define NS           1e9
#define MINIMUM      5.0 /* seconds */
#define COMPENSATION (2.71828 - 1.5)
#define SENDERS      0.25 /* of the bandwidth, and of the members */
#define MEMORY       16   /* 6.3.3: of the mean size */

/* 6.3.1, steps 1 to 3. */
static double
mean_seconds(const struct rtcp_timer *t, bool we_sent)
{
	double least = t->initial ? MINIMUM / 2 : MINIMUM;
	double bandwidth = t->bandwidth, n = t->members, mean;

	if (t->senders <= n * SENDERS) {
		bandwidth *= we_sent ? SENDERS : 1 - SENDERS;
		n = we_sent ? t->senders : n - t->senders;
	}
	/* RFC 3556 2: without bandwidth no packets; here, one in a long time.
	 */
	if (bandwidth <= 0)
		return 1e6;
	mean = t->size * n / bandwidth;
	return mean < least ? least : mean > 1e6 ? 1e6 : mean;
}

int64_t
rtcp_timer_mean_ns(const struct rtcp_timer *t, bool we_sent)
{
	return (int64_t)(mean_seconds(t, we_sent) * NS);
}

int64_t
rtcp_timer_interval_ns(const struct rtcp_timer *t, uint64_t draw)
{
	/* 53 bits: those that a double has. */
	double part = (double)(draw >> 11) / 9007199254740992.0;

	return (int64_t)(mean_seconds(t, t->we_sent) * (part + 0.5) /
			 COMPENSATION * NS);
}

void
rtcp_timer_begin(struct rtcp_timer *t, double bandwidth, uint32_t size,
    int64_t now_ns, uint64_t draw)
{
	*t = (struct rtcp_timer){ .tp_ns = now_ns,
		.members = 1,
		.bandwidth = bandwidth,
		.size = size,
		.initial = true };
	t->tn_ns = now_ns + rtcp_timer_interval_ns(t, draw);
}

void
rtcp_timer_heard(struct rtcp_timer *t, uint32_t size)
{
	t->size += (size - t->size) / MEMORY;
}

/* The session may have grown since the timer was set. */
bool
rtcp_timer_expire(struct rtcp_timer *t, int64_t now_ns, uint64_t draw)
{
	int64_t tn = t->tp_ns + rtcp_timer_interval_ns(t, draw);

	if (tn <= now_ns)
		return true;
	t->tn_ns = tn;
	return false;
}

void
rtcp_timer_sent(
    struct rtcp_timer *t, uint32_t size, int64_t now_ns, uint64_t draw)
{
	rtcp_timer_heard(t, size);
	t->tp_ns = now_ns;
	t->initial = false;
	t->tn_ns = now_ns + rtcp_timer_interval_ns(t, draw);
}
