/*
 * What comes from outside of a run: taken in as time goes by, kept, and played
 * again from files, byte for byte; by UDP and over connections, by IPv4 and
 * IPv6, whatever the bytes are; what can't come is refused with a sentence.
 */
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/rows.h"
#include "fixtures/check.h"
#include "inputs/arrivals_file.h"
#include "runs/drive.h"
#include "fixtures/sessions.h"

#include <unistd.h>

/* ---- a run that is open ---- */

#define TOPOLOGY                                                          \
	"graph {\n"                                                       \
	"\tbob [role=ua, addr=\"192.0.2.4\", aor=\"sip:bob@b.example\", " \
	"answer=\"100ms\"]\n"                                             \
	"\tcarol [role=ua, addr=\"2001:db8::c\", "                        \
	"aor=\"sip:carol@c.example\"]\n"                                  \
	"\trouter\n"                                                      \
	"\tbob -- router -- carol\n"                                      \
	"}\n"
#define SCRIPT "lab { topology = \"t.gv\" }\nscript(function() end)\n"

static int64_t
tell_time(void *arg)
{
	return *(int64_t *)arg;
}

/* What bob and carol sent outside. */
struct heard {
	struct buf last; /* the last message */
	struct addr from, to;
	unsigned bytes, opened, closed;
	char node[16];
};

static void
hear(const struct run_departure *d, void *arg)
{
	struct heard *h = arg;

	h->opened += d->what == RUN_LEFT_OPEN;
	h->closed += d->what == RUN_LEFT_CLOSE;
	if (d->what != RUN_LEFT_BYTES)
		return;
	h->bytes++;
	h->from = d->from;
	h->to = d->to;
	snprintf(h->node, sizeof(h->node), "%s", d->node);
	buf_clear(&h->last);
	buf_str(&h->last, d->bytes);
}

struct live {
	struct inputs in;
	struct trace *t;
	struct drive *d;
	struct heard h;
	int64_t clock;
};

static void
inputs_of_texts(struct inputs *in)
{
	*in = (struct inputs){ .detail = TRACE_PROTOCOL };
	in->topology_file = mem_strdup("t.gv");
	in->topology = mem_strdup(TOPOLOGY);
	in->script_file = mem_strdup("t.lua");
	in->script = mem_strdup(SCRIPT);
	in->folder = mem_strdup(".");
}

static void
begin_live(struct live *l)
{
	struct drive_options o = { .clock = tell_time,
		.clock_arg = &l->clock,
		.paced = true,
		.events = 5 };
	struct diag d = DIAG_INIT;

	memset(l, 0, sizeof(*l));
	l->clock = 1234567;
	inputs_of_texts(&l->in);
	l->in.outside.there = true;
	CU_ASSERT_EQUAL_FATAL(trace_begin(&l->t, "live"), 0);
	o.trace = l->t;
	CU_ASSERT_EQUAL_FATAL(drive_begin(&l->d, &l->in, &o, &d), 0);
	run_listen(drive_run(l->d), hear, &l->h);
	run_keep_open(drive_run(l->d));
}

/* As far as the clock is. */
static enum run_state
go_on(struct live *l)
{
	enum run_state state = RUN_GOES_ON;
	struct diag d = DIAG_INIT;

	while (state == RUN_GOES_ON)
		CU_ASSERT_EQUAL_FATAL(drive_slice(l->d, NULL, &state, &d), 0);
	return state;
}

/* NS later, by the clock. */
static enum run_state
wait_for(struct live *l, int64_t ns)
{
	l->clock += ns;
	return go_on(l);
}

static struct arrival
from(const char *addr, enum addr_transport transport, const char *node,
    struct str bytes)
{
	struct arrival a = { .node = node, .face = "", .bytes = bytes };

	CU_ASSERT_EQUAL_FATAL(addr_parse(str_of(addr), &a.from), 0);
	a.from.transport = (uint8_t)transport;
	return a;
}

static int
arrive(struct live *l, struct arrival a)
{
	struct diag d = DIAG_INIT;
	int err = drive_arrive(l->d, &a, 0, &d);

	CU_ASSERT_EQUAL(err, d.err);
	if (err != 0)
		printf("  %s\n", d.text);
	return err;
}

static void
end_live(struct live *l)
{
	drive_end(l->d);
	trace_destroy(l->t);
	inputs_free(&l->in);
	buf_free(&l->h.last);
}

/* ---- messages ---- */

/* METHOD, number N of a call, to bob or carol; TAG of the other side, or "". */
static struct str
request(struct buf *b, const char *method, const char *host, unsigned n,
    const char *tag)
{
	static const char sdp[] =
	    "v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\n"
	    "c=IN IP4 198.51.100.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
	bool offers = strcmp(method, "INVITE") == 0;

	buf_clear(b);
	buf_printf(b,
	    "%s sip:%s SIP/2.0\r\n"
	    "Via: SIP/2.0/UDP %s;branch=z9hG4bK%s%u\r\n"
	    "From: <sip:out@x.example>;tag=o\r\nTo: <sip:%s>%s\r\n"
	    "Call-ID: call@x.example\r\nCSeq: %u %s\r\nMax-Forwards: 70\r\n"
	    "Contact: <sip:out@198.51.100.7>\r\n%s"
	    "Content-Length: %zu\r\n\r\n%s",
	    method, host, "198.51.100.7:5060", method, n, host, tag, n, method,
	    offers ? "Content-Type: application/sdp\r\n" : "",
	    offers ? strlen(sdp) : 0, offers ? sdp : "");
	return buf_view(b);
}

/* ";tag=…" of the To in the message last heard. */
static void
get_tag(const struct live *l, char *tag, size_t room)
{
	const char *to = strstr(buf_cstr(&l->h.last), "\nTo: ");
	const char *at = to != NULL ? strstr(to, ";tag=") : NULL;

	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	snprintf(tag, room, "%.*s", (int)strcspn(at, "\r\n"), at);
}

static bool
heard_begins(const struct live *l, const char *start)
{
	bool so = strncmp(buf_cstr(&l->h.last), start, strlen(start)) == 0;

	if (!so)
		printf("  heard: %.60s\n", buf_cstr(&l->h.last));
	return so;
}

#define OUT "198.51.100.7:5060"

/* An OPTIONS, twice; a call, up to its BYE. */
static void
play_call(struct live *l)
{
	LOCAL_BUF b = BUF_INIT;
	char tag[80];
	unsigned heard;

	wait_for(l, 10 * SIM_MS);
	arrive(l, from(OUT, ADDR_UDP, "bob",
		      request(&b, "OPTIONS", "bob@b.example", 1, "")));
	wait_for(l, SIM_MS);
	CU_ASSERT(heard_begins(l, "SIP/2.0 200 OK"));
	CU_ASSERT_STRING_EQUAL(l->h.node, "bob");
	CU_ASSERT_EQUAL(l->h.to.port, 5060);
	heard = l->h.bytes;
	arrive(l, from(OUT, ADDR_UDP, "bob", buf_view(&b)));
	wait_for(l, 0);
	CU_ASSERT_EQUAL(l->h.bytes, heard + 1);
	arrive(l, from(OUT, ADDR_UDP, "bob",
		      request(&b, "INVITE", "bob@b.example", 2, "")));
	wait_for(l, 200 * SIM_MS);
	CU_ASSERT(heard_begins(l, "SIP/2.0 200 OK"));
	get_tag(l, tag, sizeof(tag));
	arrive(l, from(OUT, ADDR_UDP, "bob",
		      request(&b, "ACK", "bob@192.0.2.4", 2, tag)));
	wait_for(l, 3 * SIM_S);
	arrive(l, from(OUT, ADDR_UDP, "bob",
		      request(&b, "BYE", "bob@192.0.2.4", 3, tag)));
	wait_for(l, SIM_S);
	CU_ASSERT(heard_begins(l, "SIP/2.0 200 OK"));
}

/* Bytes that are no message, none at all, too many for a packet. */
static void
play_hostile(struct live *l)
{
	static char many[60000];

	memset(many, 0xff, sizeof(many));
	arrive(l, from(OUT, ADDR_UDP, "bob", STR("\r\n\r\n")));
	arrive(l, from(OUT, ADDR_UDP, "bob", STR_NULL));
	arrive(
	    l, from(OUT, ADDR_UDP, "bob", (struct str){ "\0\xff\x01\"\\", 5 }));
	arrive(l, from("203.0.113.1:1", ADDR_UDP, "bob",
		      (struct str){ many, sizeof(many) }));
	arrive(l, from(OUT, ADDR_UDP, "router", STR("for nobody")));
	arrive(l, from("203.0.113.1:9", ADDR_TCP, "bob", STR("INVITE x\r\n")));
	arrive(l, from("203.0.113.1:9", ADDR_TCP, "bob",
		      (struct str){ many, 40000 }));
	wait_for(l, 100 * SIM_MS);
}

/* One message in two pieces, two in one; closed by them, then broken off. */
static void
play_stream(struct live *l, const char *addr, const char *node,
    const char *user, const char *third)
{
	LOCAL_BUF b = BUF_INIT, two = BUF_INIT;
	struct str all = request(&b, "OPTIONS", user, 10, "");
	unsigned heard = l->h.bytes;
	struct arrival end = from(addr, ADDR_TCP, node, STR_NULL);

	arrive(l, from(addr, ADDR_TCP, node, str_slice(all, 0, 50)));
	wait_for(l, 5 * SIM_MS);
	CU_ASSERT_EQUAL(l->h.bytes, heard);
	arrive(l, from(addr, ADDR_TCP, node, str_slice(all, 50, all.n)));
	wait_for(l, 5 * SIM_MS);
	CU_ASSERT_EQUAL(l->h.bytes, heard + 1);
	CU_ASSERT_EQUAL(l->h.to.transport, ADDR_TCP);
	buf_str(&two, request(&b, "OPTIONS", user, 11, ""));
	buf_str(&two, request(&b, "OPTIONS", user, 12, ""));
	arrive(l, from(addr, ADDR_TCP, node, buf_view(&two)));
	wait_for(l, 5 * SIM_MS);
	CU_ASSERT_EQUAL(l->h.bytes, heard + 3);
	end.what = ARRIVAL_CLOSE;
	arrive(l, end);
	/* What has no connection ends nothing. */
	arrive(l, end);
	wait_for(l, 5 * SIM_MS);
	arrive(l,
	    from(third, ADDR_TCP, node, request(&b, "OPTIONS", user, 13, "")));
	end = from(third, ADDR_TCP, node, STR_NULL);
	end.what = ARRIVAL_RESET;
	wait_for(l, 5 * SIM_MS);
	arrive(l, end);
	wait_for(l, 5 * SIM_MS);
	CU_ASSERT_EQUAL(l->h.bytes, heard + 4);
}

static void
play_all(struct live *l)
{
	begin_live(l);
	play_call(l);
	play_hostile(l);
	play_stream(l, "198.51.100.7:4000", "bob", "bob@b.example",
	    "198.51.100.7:4001");
	arrive(
	    l, from("[2001:db8::99]:5060", ADDR_UDP, "carol",
		   STR("OPTIONS sip:carol@c.example SIP/2.0\r\n"
		       "Via: SIP/2.0/UDP [2001:db8::99];branch=z9hG4bK6\r\n"
		       "From: <sip:a@b>;tag=1\r\nTo: <sip:carol@c.example>\r\n"
		       "Call-ID: six\r\nCSeq: 1 OPTIONS\r\n\r\n")));
	wait_for(l, SIM_MS);
	CU_ASSERT_STRING_EQUAL(l->h.node, "carol");
	play_stream(l, "[2001:db8::99]:4000", "carol", "carol@c.example",
	    "[2001:db8::99]:4001");
	/* Nothing happens any more, but it is open. */
	CU_ASSERT_EQUAL(wait_for(l, 500 * SIM_S), RUN_IS_THERE);
	CU_ASSERT_FALSE(trace_complete(l->t));
	run_stop(drive_run(l->d));
	CU_ASSERT_EQUAL(go_on(l), RUN_IS_OVER);
	CU_ASSERT(trace_complete(l->t));
}

/* How many records T has of KIND in which KEY is VALUE. */
static unsigned
count(const struct trace *t, enum trace_kind kind, const char *key,
    const char *value)
{
	LOCAL_BUF scratch = BUF_INIT;
	unsigned n = 0;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct trace_rec rec;

		trace_get(t, seq, &rec);
		n += rec.kind == kind &&
		     str_is(trace_str(&rec, key, &scratch), value);
	}
	return n;
}

/* IN gives the trace T. */
static void
gives(struct inputs *in, const struct trace *t)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *again = NULL;

	CU_ASSERT_EQUAL(lab_run_inputs(in, 3, &out, &d), 0);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&again, &out, "again", &d), 0);
	CU_ASSERT_EQUAL(difference(again, t), trace_count(t) + 1);
	CU_ASSERT_EQUAL(trace_hash(again), trace_hash(t));
	trace_destroy(again);
}

static void
is_played_again(void)
{
	struct buf file = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct inputs in;
	struct live l;

	play_all(&l);
	CU_ASSERT_EQUAL(count(l.t, TRACE_DROP, "reason", "no-host"), 0);
	CU_ASSERT_EQUAL(count(l.t, TRACE_DROP, "reason", "no-path"), 0);
	CU_ASSERT_EQUAL(count(l.t, TRACE_DROP, "reason", "no-socket"), 1);
	CU_ASSERT_EQUAL(
	    count(l.t, TRACE_ACT, "by", "outside"), l.in.outside.arrivals->n);
	CU_ASSERT_EQUAL(count(l.t, TRACE_END, "reason", "stopped"), 1);
	CU_ASSERT(
	    count(l.t, TRACE_RECV, "src_addr", "[2001:db8::99]:4000") == 3);
	/* From the trace alone. */
	CU_ASSERT_EQUAL_FATAL(inputs_from_trace(&in, l.t, "t", &d), 0);
	CU_ASSERT_EQUAL(in.outside.arrivals->n, l.in.outside.arrivals->n);
	gives(&in, l.t);
	inputs_free(&in);
	/* From a file of arrivals. */
	arrivals_write(&l.in.outside, &file);
	inputs_of_texts(&in);
	CU_ASSERT_EQUAL(
	    arrivals_read(&in.outside, buf_view(&file), "f", &d), 0);
	CU_ASSERT_STRING_EQUAL(d.text, "");
	gives(&in, l.t);
	inputs_free(&in);
	buf_free(&file);
	end_live(&l);
}

/* Each detail tells all of it. */
static void
is_in_traces_of_each_detail(void)
{
	struct live l;

	play_all(&l);
	for (int detail = TRACE_MESSAGES; detail <= TRACE_NETWORK; detail++) {
		struct buf out = BUF_INIT;
		struct diag d = DIAG_INIT;
		struct trace *t = NULL;
		struct inputs in;

		CU_ASSERT_EQUAL(inputs_copy(&in, &l.in, 0, 0), 0);
		in.detail = (enum trace_detail)detail;
		CU_ASSERT_EQUAL(lab_run_inputs(&in, 0, &out, &d), 0);
		inputs_free(&in);
		CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "t", &d), 0);
		CU_ASSERT_EQUAL(inputs_from_trace(&in, t, "t", &d), 0);
		gives(&in, t);
		inputs_free(&in);
		trace_destroy(t);
		buf_free(&out);
	}
	end_live(&l);
}

/* A trace that breaks off is run again up to there. */
static void
a_part_is_played_again(void)
{
	struct trace *t = NULL, *again = NULL;
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct inputs in;
	struct live l;

	begin_live(&l);
	play_call(&l);
	CU_ASSERT_FALSE(trace_complete(l.t));
	CU_ASSERT_EQUAL_FATAL(inputs_from_trace(&in, l.t, "t", &d), 0);
	CU_ASSERT_EQUAL(lab_run_inputs(&in, 0, &out, &d), 0);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&again, &out, "t", &d), 0);
	CU_ASSERT_EQUAL(difference(again, l.t), trace_count(l.t) + 1);
	inputs_free(&in);
	trace_destroy(again);
	trace_destroy(t);
	end_live(&l);
}

/* ---- what can't come ---- */

static void
is_refused(void)
{
	struct arrival face = from(OUT, ADDR_UDP, "bob", STR("x"));
	struct diag d = DIAG_INIT;
	struct inputs in;
	struct live l;

	face.face = "inside";
	begin_live(&l);
	CU_ASSERT_EQUAL(
	    arrive(&l, from(OUT, ADDR_UDP, "dave", STR("x"))), ERR_NOTFOUND);
	CU_ASSERT_EQUAL(arrive(&l, face), ERR_NOTFOUND);
	CU_ASSERT_EQUAL(
	    arrive(&l, from("192.0.2.4:9", ADDR_UDP, "bob", STR("x"))),
	    ERR_EXISTS);
	CU_ASSERT_EQUAL(arrive(&l, from("[::2]:9", ADDR_UDP, "bob", STR("x"))),
	    ERR_UNSUPPORTED);
	CU_ASSERT_PTR_NULL(l.in.outside.arrivals);
	run_stop(drive_run(l.d));
	CU_ASSERT_EQUAL(go_on(&l), RUN_IS_OVER);
	CU_ASSERT_EQUAL(
	    arrive(&l, from(OUT, ADDR_UDP, "bob", STR("x"))), ERR_STATE);
	end_live(&l);
	/* From a file, in its turn: the run ends there, and says which. */
	inputs_of_texts(&in);
	in.outside.there = true;
	face.t_ns = SIM_S;
	CU_ASSERT_EQUAL(arrivals_add(&in.outside.arrivals, &face), 0);
	{
		struct buf out = BUF_INIT;

		CU_ASSERT_EQUAL(lab_run_inputs(&in, 0, &out, &d), ERR_NOTFOUND);
		CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "arrival 1: "));
		CU_ASSERT_PTR_NOT_NULL(
		    strstr(buf_cstr(&out), "\"reason\":\"error\""));
		buf_free(&out);
	}
	inputs_free(&in);
}

#define HEAD "{\"kind\":\"arrivals\",\"version\":1}\n"
#define END  "{\"kind\":\"end\"}\n"
#define ONE                                                       \
	"{\"t\":5,\"to\":\"bob\",\"from\":\"198.51.100.7:5060\"," \
	"\"text\":\"x\"}\n"

static void
bad_files_get_a_sentence(void)
{
	static const struct {
		const char *text, *says;
		unsigned line;
	} cases[] = {
		{ "", "is not a file of arrivals", 1 },
		{ "graph { }\n", "is not a file of arrivals", 1 },
		{ "{\"kind\":\"arrivals\",\"version\":2}\n", "newer", 1 },
		{ HEAD, "are incomplete", 1 },
		{ HEAD ONE, "are incomplete", 2 },
		{ HEAD ONE END ONE, "there is text after the end", 4 },
		{ HEAD "{\"t\":5}\n" END, "not an arrival", 2 },
		{ HEAD "[]\n" END, "not an arrival", 2 },
		{ HEAD ONE
		    "{\"t\":-5,\"to\":\"bob\",\"from\":\"1.2.3.4:5\"}\n" END,
		    "not an arrival", 3 },
		{ HEAD "{\"t\":5,\"to\":\"b\",\"from\":\"1.2.3.4\"}\n" END,
		    "is not an address with a port", 2 },
		{ HEAD "{\"t\":5,\"to\":\"b\",\"from\":\"x.example:5\"}\n" END,
		    "is not an address with a port", 2 },
		{ HEAD "{\"t\":5,\"to\":\"b\",\"from\":\"1.2.3.4:5\","
		       "\"transport\":\"sctp\"}\n" END,
		    "is not a transport of the nodes", 2 },
		{ HEAD "{\"t\":5,\"to\":\"b\",\"from\":\"1.2.3.4:5\","
		       "\"what\":\"close\"}\n" END,
		    "no connection", 2 },
		{ HEAD "{\"t\":5,\"to\":\"b\",\"from\":\"1.2.3.4:5\","
		       "\"what\":\"eat\"}\n" END,
		    "not an arrival", 2 },
		{ HEAD "{\"t\":5,\"to\":\"b\",\"from\":\"1.2.3.4:5\","
		       "\"base64\":\"???\"}\n" END,
		    "not an arrival", 2 },
		{ HEAD "{\"t\":5,\"to\":\"b\",\"from\":\"1.2.3.4:5\","
		       "\"base64\":\"eA==\",\"text\":\"x\"}\n" END,
		    "not an arrival", 2 },
		{ HEAD "{\"t\":5,\"to\":\"b\",\"from\":\"1.2.3.4:5\","
		       "\"port\":70000}\n" END,
		    "not an arrival", 2 },
		{ HEAD "{\"kind\":\"end\",\"t\":-1}\n", "not an end", 2 },
		{ HEAD "{\"kind\":\"end\",\"reason\":\"tired\"}\n",
		    "not an end", 2 },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct inputs_outside o;
		struct diag d = DIAG_INIT;
		int err = arrivals_read(&o, str_of(cases[i].text), "f", &d);

		CU_ASSERT(err != 0 && err == d.err);
		CU_ASSERT_EQUAL(d.line, cases[i].line);
		CU_ASSERT_PTR_NOT_NULL(strstr(d.text, cases[i].says));
		if (strstr(d.text, cases[i].says) == NULL ||
		    d.line != cases[i].line)
			printf("  %zu: %u: %s\n", i, d.line, d.text);
		arrivals_drop(o.arrivals);
	}
}

/* Wherever a file is cut off, that is noticed. */
static void
cut_files_are_noticed(void)
{
	static const char whole[] =
	    HEAD ONE ONE "{\"kind\":\"end\",\"t\":77,\"reason\":\"stopped\"}";

	for (size_t n = 0; n < sizeof(whole); n++) {
		struct inputs_outside o;
		struct diag d = DIAG_INIT;
		int err = arrivals_read(&o, (struct str){ whole, n }, "f", &d);

		CU_ASSERT_EQUAL(err == 0, n == sizeof(whole) - 1);
		arrivals_drop(o.arrivals);
	}
}

/* More than a head of a trace could have. */
static void
many_arrive(void)
{
	unsigned n = IS_SANITIZED ? 3000 : 20000;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	LOCAL_BUF out = BUF_INIT;
	struct inputs in;

	inputs_of_texts(&in);
	in.outside.there = true;
	for (unsigned i = 0; i < n; i++) {
		struct arrival a = from(OUT, ADDR_UDP, "bob", STR("hello"));

		a.t_ns = i / 10 * SIM_MS;
		CU_ASSERT_EQUAL_FATAL(
		    arrivals_add(&in.outside.arrivals, &a), 0);
	}
	CU_ASSERT_EQUAL(lab_run_inputs(&in, 0, &out, &d), 0);
	inputs_free(&in);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "t", &d), 0);
	CU_ASSERT_EQUAL(count(t, TRACE_ACT, "by", "outside"), n);
	CU_ASSERT_EQUAL(inputs_from_trace(&in, t, "t", &d), 0);
	CU_ASSERT_EQUAL(in.outside.arrivals->n, n);
	gives(&in, t);
	inputs_free(&in);
	trace_destroy(t);
}

/* The time of the last send in the trace, ms behind BASE. */
static int64_t
last_sent_ms(const struct live *l, int64_t base)
{
	struct trace_rec rec = { .t = 0 };

	for (uint64_t seq = 0; trace_next(l->t, TRACE_SEND, &seq, &rec);)
		;
	return (rec.t - base) / SIM_MS;
}

/* The run does not pass what is known to have come: after it was stopped for
 * 150 ms what waits has the times at which it came, as have the answers, but
 * none before what has happened. */
static void
waits_are_not_late(void)
{
	LOCAL_BUF b = BUF_INIT;
	struct live l;
	int64_t base;

	begin_live(&l);
	wait_for(&l, 10 * SIM_MS);
	base = drive_now_ns(l.d);
	drive_hold(l.d, base);
	CU_ASSERT_EQUAL(wait_for(&l, 150 * SIM_MS), RUN_IS_THERE);
	/* The last of them is from before the one before. */
	for (int64_t ms = 10; ms <= 170; ms += 20) {
		struct arrival a = from(OUT, ADDR_UDP, "bob",
		    request(&b, "OPTIONS", "bob@b.example", (unsigned)ms, ""));
		struct diag d = DIAG_INIT;

		CU_ASSERT_EQUAL(drive_arrive(l.d, &a,
				    ms > 150 ? SIM_S : (150 - ms) * SIM_MS, &d),
		    0);
		drive_hold(l.d, base + ms * SIM_MS);
		go_on(&l);
		CU_ASSERT_EQUAL(
		    last_sent_ms(&l, base), ms < 150 ? ms : INT64_C(150));
	}
	end_live(&l);
}

CHECK_MAIN("arrivals", { "is played again", is_played_again },
    { "is in traces of each detail", is_in_traces_of_each_detail },
    { "a part is played again", a_part_is_played_again },
    { "is refused", is_refused },
    { "bad files get a sentence", bad_files_get_a_sentence },
    { "cut files are noticed", cut_files_are_noticed },
    { "many arrive", many_arrive },
    { "waits are not late", waits_are_not_late })
