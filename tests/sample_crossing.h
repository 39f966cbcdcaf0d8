/* Traces made by hand in which messages pass each other, overtake each other
 * and take long; and one with media. */
#ifndef SAMPLE_CROSSING_H
#define SAMPLE_CROSSING_H

#include "sample_trace.h"

/* Both ends send a re-INVITE at once (glare); a slow message is overtaken by a
 * quick one; a request is repeated while it is still under way. */
__attribute__((unused)) static struct trace *
sample_crossing(void)
{
	struct sample s;
	uint64_t act, a, b, c, d;

	sample_begin(&s, "Messages that pass each other");
	sample_node(&s, "alice", "ua", "a.example", "Alice");
	sample_node(&s, "px", "proxy", "a.example", "");
	sample_node(&s, "bob", "ua", "b.example", "Bob");
	act = sample_rec(&s, "act", "alice", 0, NULL, ",'by':'person'");
	a = sample_send(
	    &s, "alice", "px", "INVITE", "INVITE", true, act, NULL, 0, 0);
	s.t += 2 * MS;
	b = sample_send(
	    &s, "px", "alice", "INVITE", "INVITE", true, act, NULL, 0, 0);
	s.t += 18 * MS;
	a = sample_recv(&s, "px", a, 0);
	c = sample_send(&s, "px", "alice", "491 Request Pending", "INVITE",
	    false, a, NULL, 0, 0);
	s.t += 2 * MS;
	b = sample_recv(&s, "alice", b, 0);
	d = sample_send(&s, "alice", "px", "491 Request Pending", "INVITE",
	    false, b, NULL, 0, 0);
	c = sample_recv(&s, "alice", c, 18 * MS);
	d = sample_recv(&s, "px", d, 2 * MS);
	s.t += 60 * MS;
	a = sample_send(
	    &s, "px", "bob", "MESSAGE", "MESSAGE", false, d, NULL, 0, 0);
	s.t += 5 * MS;
	b = sample_send(&s, "px", "bob", "BYE", "BYE", false, d, NULL, 0, 0);
	sample_recv(&s, "bob", b, 5 * MS);
	sample_recv(&s, "bob", a, 25 * MS);
	s.t += 100 * MS;
	a = sample_send(
	    &s, "alice", "bob", "OPTIONS", "OPTIONS", false, act, NULL, 0, 0);
	s.t += 500 * MS;
	b = sample_send(
	    &s, "alice", "bob", "OPTIONS", "OPTIONS", false, a, NULL, 0, a);
	sample_recv(&s, "bob", a, 200 * MS);
	c = sample_send(
	    &s, "bob", "alice", "200 OK", "OPTIONS", false, a, NULL, 0, 0);
	sample_recv(&s, "alice", c, 20 * MS);
	sample_recv(&s, "bob", b, 480 * MS);
	return sample_end(&s);
}

/* A call whose media flow both ways for a while. */
__attribute__((unused)) static struct trace *
sample_media(unsigned packets)
{
	struct sample s;
	uint64_t last;

	sample_begin(&s, "Media");
	sample_node(&s, "alice", "ua", "", "");
	sample_node(&s, "bob", "ua", "", "");
	last = sample_rec(&s, "act", "alice", 0, NULL, ",'by':'person'");
	last =
	    sample_pass(&s, "alice", "bob", "INVITE", "INVITE", last, 5 * MS);
	last =
	    sample_pass(&s, "bob", "alice", "200 OK", "INVITE", last, 5 * MS);
	last = sample_pass(&s, "alice", "bob", "ACK", "ACK", last, 5 * MS);
	for (unsigned i = 0; i < 2 * packets; i++) {
		const char *from = i % 2 ? "bob" : "alice";
		const char *to = i % 2 ? "alice" : "bob";
		uint64_t p = sample_rec(&s, "send", from, last, NULL,
		    ",'src':'%s','dst':'%s','proto':'rtp'", from, to);

		sample_recv(&s, to, p, 0);
		s.t += 10 * MS;
	}
	last = sample_pass(&s, "alice", "bob", "BYE", "BYE", last, 5 * MS);
	sample_pass(&s, "bob", "alice", "200 OK", "BYE", last, 5 * MS);
	return sample_end(&s);
}

/* A captured call with a stream each way, and one to an address that no node
 * has. */
__attribute__((unused)) static struct trace *
sample_streams(void)
{
	static const struct {
		const char *node, *rest;
	} streams[] = {
		{ "alice", "'peer':'10.0.0.1:4000','dst':'bob','ssrc':1" },
		{ "bob", "'peer':'10.0.0.2:4000','dst':'alice','ssrc':2" },
		{ "bob", "'peer':'198.51.100.7:4000','ssrc':3" },
	};
	struct sample s;
	uint64_t last;

	sample_begin(&s, "Streams");
	sample_node(&s, "alice", "ua", "", "");
	sample_node(&s, "bob", "ua", "", "");
	last = sample_pass(&s, "alice", "bob", "INVITE", "INVITE", 0, 5 * MS);
	for (size_t i = 0; i < 3; i++)
		sample_rec(&s, "media", streams[i].node, last, NULL,
		    ",'op':'flow',%s", streams[i].rest);
	s.t += 9000 * MS;
	for (size_t i = 0; i < 3; i++)
		sample_rec(&s, "media", streams[i].node, last, NULL,
		    ",'op':'stop',%s,'packets':%zu,'lost':0", streams[i].rest,
		    70 + i);
	last = sample_pass(&s, "alice", "bob", "BYE", "BYE", last, 5 * MS);
	sample_pass(&s, "bob", "alice", "200 OK", "BYE", last, 5 * MS);
	return sample_end(&s);
}

#endif
