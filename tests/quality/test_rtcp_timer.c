/* When RTCP packets are sent: src/protocol/quality/rtcp.h. */
#include "fixtures/check.h"

#include "quality/rtcp.h"

#include <math.h>

#define SECOND INT64_C(1000000000)
#define N(a)   (sizeof(a) / sizeof((a)[0]))
#define HALF   (UINT64_C(1) << 63)

/* Sessions of G.711, 10,000 octets a second for each that sends. */
static void
intervals(void)
{
	static const struct {
		unsigned members, senders, size;
		double bandwidth;
		bool we_sent, initial;
		double mean, shortest, longest;
	} rows[] = {
		{ 2, 2, 116, 1000, true, true, 2.5, 1.026, 3.078 },
		{ 2, 2, 116, 1000, true, false, 5, 2.052, 6.156 },
		{ 50, 1, 116, 500, true, false, 5, 2.052, 6.156 },
		{ 50, 1, 96, 500, false, false, 12.544, 5.148, 15.445 },
		{ 50, 10, 312, 5000, false, false, 5, 2.052, 6.156 },
		{ 50, 10, 312, 5000, false, true, 3.328, 1.366, 4.098 },
		{ 50, 50, 836, 25000, true, false, 5, 2.052, 6.156 },
		{ 500, 500, 836, 25000, true, false, 16.72, 6.862, 20.586 },
		{ 4, 1, 100, 2, true, false, 200, 82.083, 246.249 },
		{ 4, 1, 100, 0, true, false, 1e6, 410415, 1231244 },
	};

	for (size_t i = 0; i < N(rows); i++) {
		struct rtcp_timer t = { .members = rows[i].members,
			.senders = rows[i].senders,
			.bandwidth = rows[i].bandwidth,
			.size = rows[i].size,
			.we_sent = rows[i].we_sent,
			.initial = rows[i].initial };
		double mean = (double)rtcp_timer_mean_ns(&t, t.we_sent) / 1e9;
		double half = (double)rtcp_timer_interval_ns(&t, HALF) / 1e9;

		CU_ASSERT_DOUBLE_EQUAL(mean, rows[i].mean, 1e-6);
		CU_ASSERT_DOUBLE_EQUAL(half, rows[i].mean / 1.21828, 1e-6);
		CU_ASSERT_DOUBLE_EQUAL(
		    (double)rtcp_timer_interval_ns(&t, 0) / 1e9,
		    rows[i].shortest, 6e-4 + rows[i].mean / 1e6);
		CU_ASSERT_DOUBLE_EQUAL(
		    (double)rtcp_timer_interval_ns(&t, UINT64_MAX) / 1e9,
		    rows[i].longest, 6e-4 + rows[i].mean / 1e6);
	}
}

/* Two members: the first packet soon, the others after 4.1 s in the mean. */
static void
two_members(void)
{
	struct rtcp_timer t;
	int64_t now;

	rtcp_timer_begin(&t, 1000, 116, 100 * SECOND, HALF);
	CU_ASSERT(t.initial && t.members == 1);
	CU_ASSERT_EQUAL(
	    t.tn_ns, 100 * SECOND + rtcp_timer_interval_ns(&t, HALF));
	t.members = t.senders = 2;
	t.we_sent = true;
	now = t.tn_ns;
	/* A longer draw than that of the timer sets it again. */
	CU_ASSERT(!rtcp_timer_expire(&t, now, UINT64_MAX));
	CU_ASSERT(t.tn_ns > now);
	now = t.tn_ns;
	CU_ASSERT(rtcp_timer_expire(&t, now, HALF));
	rtcp_timer_sent(&t, 132, now, HALF);
	CU_ASSERT(!t.initial && t.tp_ns == now && t.size == 117);
	CU_ASSERT_DOUBLE_EQUAL((double)(t.tn_ns - now) / 1e9, 4.104, 1e-3);
	rtcp_timer_heard(&t, 101);
	CU_ASSERT_EQUAL(t.size, 116);
}

CHECK_MAIN(
    "rtcp timer", { "intervals", intervals }, { "two members", two_members })
