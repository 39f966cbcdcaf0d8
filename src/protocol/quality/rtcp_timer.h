/*
 * When a participant of a session sends its next RTCP packet (RFC 3550 6.3,
 * A.7): all packets of all members together take a fixed part of the session's
 * bandwidth, and no two members keep in step.  Numbers and times only: who asks
 * has the clock, the draws and the table of members.
 *
 * The mean interval of two members is 4.1 s, not the 5 that the rule names: the
 * random value is divided by e - 3/2 (6.3.1), as reconsideration makes
 * intervals longer in large sessions.
 */
#ifndef QUALITY_RTCP_TIMER_H
#define QUALITY_RTCP_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#define RTCP_PART     20 /* 6.2: one part of so many of the bandwidth, 5 % */
#define RTCP_UDP_IPV4 28 /* 6.2: sizes are those with these heads */
#define RTCP_UDP_IPV6 48

/* 6.3, with its names; members and senders are kept up by the owner. */
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
