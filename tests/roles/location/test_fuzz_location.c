/*
 * Hostile datagrams to the location service and to those who ask it, for a
 * bounded time: pieces of good ones cut, doubled and bent.  Nothing crashes or
 * leaks; what is read has the form that SIP messages need, and written again it
 * is read as the same.  $RUNG_FUZZ_SECONDS asks for more than the usual half
 * second.
 */
#include "fixtures/stage.h"

#include <time.h>

static const char *const seeds[] = {
	"{\"op\":\"query\",\"id\":17,\"aor\":\"sip:bob@b.example\"}",
	"{\"op\":\"store\",\"id\":2,\"aor\":\"sip:bob@b.example\",\"call_id\":"
	"\"c@h\",\"cseq\":7,\"star\":0,\"contacts\":[{\"uri\":"
	"\"sip:bob@192.0.2.3\",\"expires\":3600,\"q\":1000,\"path\":"
	"\"<sip:p;lr>, \\\"x\\\" "
	"<sip:q>\"},{\"uri\":\"mailto:a@b\",\"expires\":"
	"0,\"q\":0}]}",
	("{\"op\":\"answer\",\"id\":17,\"status\":\"ok\",\"contacts\":[{"
	 "\"uri\":"
	 "\"sip:bob@192.0.2.3\",\"expires\":9,\"q\":250}]}"),
	"{\"op\":\"answer\",\"id\":17,\"status\":\"ambiguous\"}",
};

#define SEEDS (sizeof(seeds) / sizeof(seeds[0]))

static const char *const pieces[] = { "\"", "\\", "\\u0000", "\\u000d\\u000a",
	"{", "}", "[", "]", ",", ":", "-1", "4294967296", "1e9", "null",
	"\"path\":", "\"contacts\":[",
	"{\"uri\":\"sip:x@h\",\"expires\":1,\"q\":1},", "<", ">", " ", "\n",
	"\xff", "sip:", "\"star\":1", "store", "query", "answer", "garbled",
	"silent", "refused" };

#define PIECES (sizeof(pieces) / sizeof(pieces[0]))

static uint64_t
next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static size_t
put(char *p, size_t n, size_t cap, size_t at, const char *bytes, size_t len)
{
	if (n + len > cap)
		return n;
	memmove(p + at + len, p + at, n - at);
	memcpy(p + at, bytes, len);
	return n + len;
}

static size_t
mutate(char *p, size_t n, size_t cap, uint64_t *x)
{
	char again[64];

	for (unsigned i = (unsigned)(next(x) % 4); i > 0 && n > 1; i--) {
		size_t at = (size_t)(next(x) % n), len;
		const char *piece = pieces[next(x) % PIECES];

		switch (next(x) % 4) {
		case 0:
			p[at] = (char)next(x);
			break;
		case 1: /* cut out */
			len = (size_t)(next(x) % 24);
			len = len < n - at ? len : n - at;
			memmove(p + at, p + at + len, n - at - len);
			n -= len;
			break;
		case 2: /* put in */
			n = put(p, n, cap, at, piece, strlen(piece));
			break;
		default: /* say again, a few times */
			len = (size_t)(next(x) % sizeof(again));
			len = len < n - at ? len : n - at;
			memcpy(again, p + at, len);
			for (unsigned k = (unsigned)(next(x) % 99); k > 0; k--)
				n = put(p, n, cap, at, again, len);
		}
	}
	return n;
}

static void
write_packet(const struct location_packet *p, struct buf *out)
{
	if (p->op == LOCATION_QUERY)
		location_write_query(out, p->id, p->update.aor);
	else if (p->op == LOCATION_STORE)
		location_write_store(out, p->id, &p->update);
	else
		location_write_answer(
		    out, p->id, p->status, &p->update.contacts);
}

/* Of their form, and the same when written and read again; true if read. */
static bool
read_back(struct str bytes)
{
	struct location_packet p, q;
	struct buf once = BUF_INIT, twice = BUF_INIT;
	bool good = location_packet_read(&p, bytes) == 0;

	for (size_t i = 0; good && i < p.update.contacts.n; i++) {
		const struct location_contact *c = &p.update.contacts.list[i];

		CU_ASSERT_FATAL(strpbrk(c->uri, "<>\"\r\n ") == NULL);
		CU_ASSERT_FATAL(
		    c->path == NULL || strpbrk(c->path, "\r\n\t") == NULL);
		CU_ASSERT_FATAL(c->q <= 1000 && c->expires_s >= 0);
	}
	if (good) {
		write_packet(&p, &once);
		CU_ASSERT_FATAL(location_packet_read(&q, buf_view(&once)) == 0);
		write_packet(&q, &twice);
		CU_ASSERT_FATAL(str_eq(buf_view(&once), buf_view(&twice)));
		location_packet_free(&q);
	}
	location_packet_free(&p);
	buf_free(&once);
	buf_free(&twice);
	return good;
}

/* Everybody in one place: SRV asks, LOC answers, and both get what comes. */
static void
open_world(struct stage *s, struct tester *t)
{
	STAGE_OPEN(s, t, "t", 9);
	stage_node(s, "loc", "location", "b.example", 5,
	    "ambiguous=true gone=x number_length=4");
	stage_node(
	    s, "srv", "redirect registrar", "b.example", 2, "location=loc");
}

static void
fuzz(void)
{
	const char *more = getenv("RUNG_FUZZ_SECONDS");
	double seconds = more != NULL ? atof(more) : 0.5;
	clock_t stop = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);
	static char bytes[32768];
	static struct stage s;
	static struct tester t;
	uint64_t x = 88172645463325252u;
	unsigned long runs = 0, passed = 0;

	while (clock() < stop) {
		struct net_sock *asker;
		char id[20];

		open_world(&s, &t);
		/* The registrar's own host, so that it may store. */
		CU_ASSERT_EQUAL_FATAL(net_udp_open(world_find(s.w, "srv")->host,
					  7000, tester_recv, &t, &asker),
		    0);
		for (unsigned i = 0; i < 200; i++) {
			static const struct trace_message m = {
				.proto = TRACE_PROTO_LOCATION
			};
			const char *seed = seeds[next(&x) % SEEDS];
			size_t n = strlen(seed);
			struct addr dst = stage_addr(i % 2 == 0 ? 5 : 2);

			memcpy(bytes, seed, n);
			n = mutate(bytes, n, sizeof(bytes), &x);
			dst.port = i % 2 == 0 ? TRACE_PORT_LOCATION : 49152;
			passed += read_back((struct str){ bytes, n });
			net_udp_send(asker, &dst, (struct str){ bytes, n }, &m,
			    RULE_NONE);
			snprintf(id, sizeof(id), "%u", i);
			if (i % 20 == 0)
				tester_ask(&t, 2, "INVITE", "sip:bob@b.example",
				    "<sip:b@b>", id, 1, id, CONTACT(9));
			CU_ASSERT_FATAL(stage_run(&s, 15));
			runs++;
		}
		net_udp_close(asker);
		CU_ASSERT_FATAL(stage_run(&s, 70000));
		CU_ASSERT_EQUAL_FATAL(sim_held(s.w->sim), 0);
		STAGE_CLOSE(&s, &t);
	}
	CU_ASSERT(passed * 20 > runs); /* some get through */
}

CHECK_MAIN("fuzz_location", { "fuzz", fuzz })
