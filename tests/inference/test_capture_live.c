/*
 * The trace of a capture that is still being written: however the capture
 * comes, what was told in the end is, byte for byte, the trace of the whole;
 * and what stands in between is the beginning of the trace of what had come,
 * unless live_figures says that more has come than was looked at.
 * $SOUPS: so many soups of each kind, 40 in half a minute.
 */
#include "capture_soup.h"
#include "fixtures/capture_made.h"
#include "fixtures/capture_pieces.h"
#include "fixtures/check.h"

#include "base/array.h"
#include "inference/live.h"

#include <stdlib.h>

/* What was told, as a reader keeps it. */
struct told {
	struct buf head;
	struct buf lines;
	size_t *begins; /* of the records' lines */
	size_t n, cap;
};

static void
told_free(struct told *t)
{
	buf_free(&t->head);
	buf_free(&t->lines);
	mem_free(t->begins);
}

static int
on_head(struct str line, void *arg)
{
	struct told *t = arg;

	buf_clear(&t->head);
	buf_str(&t->head, line);
	return 0;
}

static int
on_record(struct str line, void *arg)
{
	struct told *t = arg;

	CU_ASSERT_EQUAL_FATAL(ARRAY_ROOM(&t->begins, &t->cap, t->n + 1), 0);
	t->begins[t->n++] = t->lines.n;
	buf_str(&t->lines, line);
	return 0;
}

static int
on_retell(uint64_t from, void *arg)
{
	struct told *t = arg;

	CU_ASSERT_FATAL(from >= 1 && from <= t->n);
	t->n = (size_t)from - 1;
	buf_truncate(&t->lines, t->begins[t->n]);
	return 0;
}

static const struct live_ops ops = { on_head, on_record, on_retell };
static struct capture_trace_options usual = { .detail = TRACE_PROTOCOL };

static int
keep_line(const char *line, size_t n, void *arg)
{
	buf_add(arg, line, n);
	return 0;
}

/* The trace of all BYTES. */
static void
at_once(struct str bytes, struct buf *out)
{
	struct capture_trace_options o = usual;
	struct clocks_options co = { .off = false };
	struct capture_reader raw, reader;
	struct clocks *clocks = NULL;
	struct capture *c = NULL;
	struct diag d = DIAG_INIT;

	buf_clear(out);
	CU_ASSERT_EQUAL_FATAL(capture_create(&c, NULL, &d), 0);
	if (capture_feed(c, bytes, &d) == 0 && capture_end(c, &d) == 0 &&
	    capture_count(c) > 0) {
		raw = capture_reader_of(c);
		CU_ASSERT_EQUAL_FATAL(clocks_create(&clocks, &raw, &co, &d), 0);
		reader = clocks_reader(clocks);
		o.clocks = clocks;
		CU_ASSERT_EQUAL_FATAL(
		    capture_trace(&reader, &o, keep_line, out, &d), 0);
	}
	clocks_destroy(clocks);
	capture_close(c);
}

/* How the telling is tried. */
struct trial {
	const char *name;
	struct str bytes;
	struct pieces pieces;
	size_t cut; /* two pieces, the first of so many bytes; 0: those above */
	unsigned all_each; /* all is asked for after so many pieces; 0: never */
	bool prefixes;     /* hold what stands against what had come */
};

/* By whether all was asked for in between. */
static struct live_figures sums[2];

static struct str
records_of(struct str trace)
{
	struct str rest;

	str_cut(trace, '\n', &rest);
	return rest;
}

static void
check_prefix(const struct trial *t, const struct told *told, size_t n)
{
	struct buf expected = BUF_INIT;
	struct str records;
	bool same;

	at_once(str_slice(t->bytes, 0, n), &expected);
	records = records_of(buf_view(&expected));
	/* All but the last record, its end. */
	while (records.n > 0 && records.p[records.n - 1] == '\n')
		records.n--;
	while (records.n > 0 && records.p[records.n - 1] != '\n')
		records.n--;
	same = str_eq(records, buf_view(&told->lines));
	if (!same)
		printf("  %s: something else stands after %zu bytes\n", t->name,
		    n);
	CU_ASSERT_FATAL(same);
	buf_free(&expected);
}

/* Told in T's pieces it is EXPECTED, the trace of all its bytes. */
static void
try_against(struct trial t, struct str expected)
{
	struct clocks_options co = { .off = false };
	struct told told = { .head = BUF_INIT, .lines = BUF_INIT };
	struct capture *c = NULL;
	struct live *l = NULL;
	struct diag d = DIAG_INIT;
	struct live_figures f, *sum = &sums[t.all_each > 0];
	struct str piece;
	int err = capture_create(&c, NULL, &d);
	unsigned n = 0;

	if (err == 0)
		err = live_create(&l, c, &usual, &co, &ops, &told, &d);
	if (t.cut > 0)
		t.pieces = pieces_of(t.bytes, t.cut, 0);
	while (err == 0 && (piece = pieces_next(&t.pieces)).n > 0) {
		bool all = t.all_each > 0 && ++n % t.all_each == 0;

		if (t.cut > 0)
			t.pieces.most = t.bytes.n;
		err = capture_feed(c, piece, &d);
		if (err == 0)
			err = live_go_on(l, all, &d);
		if (err == 0 && t.prefixes && all)
			check_prefix(&t, &told, t.bytes.n - t.pieces.rest.n);
	}
	if (err == 0)
		err = capture_end(c, &d);
	if (err == 0)
		err = live_end(l, &d);
	if (err == 0) {
		buf_str(&told.head, buf_view(&told.lines));
		if (!str_eq(buf_view(&told.head), expected))
			printf("  %s: %zu bytes told, not %zu\n", t.name,
			    told.head.n, expected.n);
		CU_ASSERT(str_eq(buf_view(&told.head), expected));
		f = live_figures(l);
		sum->records += f.records;
		sum->told += f.told;
		sum->amended += f.amended;
		sum->retold += f.retold;
	} else {
		CU_ASSERT_EQUAL(expected.n, 0);
	}
	live_destroy(l);
	capture_close(c);
	told_free(&told);
}

static void
try(struct trial t)
{
	struct buf expected = BUF_INIT;

	at_once(t.bytes, &expected);
	try_against(t, buf_view(&expected));
	buf_free(&expected);
}

static void
in_pieces(const char *name, struct str bytes, bool prefixes)
{
	struct buf expected = BUF_INIT;

	at_once(bytes, &expected);
	for (unsigned all = 0; all < 3; all++) {
		struct trial t = { name, bytes, pieces_of(bytes, 300, all + 1),
			0, all == 2 ? 7 : all, prefixes };

		try_against(t, buf_view(&expected));
		t.pieces = pieces_of(bytes, 9000, 4);
		try_against(t, buf_view(&expected));
		t.pieces = pieces_of(bytes, 1, 0);
		t.prefixes = false;
		if (bytes.n < (IS_SANITIZED ? 20000 : 100000) && all != 1)
			try_against(t, buf_view(&expected));
	}
	buf_free(&expected);
}

static void
report(const char *what)
{
	for (size_t i = 0; i < 2; i++)
		printf("  %s%s: %llu records stand, %llu were told; %llu times "
		       "all was inferred anew, %llu with another outcome\n",
		    what, i == 0 ? "" : ", all asked for",
		    (unsigned long long)sums[i].records,
		    (unsigned long long)sums[i].told,
		    (unsigned long long)sums[i].amended,
		    (unsigned long long)sums[i].retold);
	memset(sums, 0, sizeof(sums));
}

/* ---- a soup of messages ---- */

static void
soup(const char *name, uint64_t seed, struct soup s)
{
	s.draw = seed * 88172645463325252u;
	made_file(&s.file, 1);
	for (unsigned i = 0; i < 90; i++)
		soup_put_step(&s);
	in_pieces(name, buf_view(&s.file), true);
	buf_free(&s.file);
	buf_free(&s.last);
}

static void
soups(void)
{
	const char *more = getenv("SOUPS");
	unsigned n = IS_SANITIZED ? 1 : 3;

	if (more != NULL)
		n = (unsigned)atoi(more);

	for (uint64_t seed = 1; seed <= n; seed++) {
		soup("messages", seed, (struct soup){ .t = 0 });
		soup("with media", seed, (struct soup){ .media = true });
		soup("at two points", seed, (struct soup){ .points = true });
		soup("in disorder", seed,
		    (struct soup){ .t = 5000000000, .disorder = true });
		soup("with all", seed,
		    (struct soup){ .t = 5000000000,
			.media = true,
			.points = true,
			.disorder = true });
	}
	/* What those have not: streams of one time that change places, and what
	 * a stream's sender asked for. */
	if (more == NULL && !IS_SANITIZED)
		soup("with media", 7, (struct soup){ .media = true });
	report("soups");
}

/* ---- what was told, and is shown to be wrong: a scene for each ---- */

#define VIA(host, branch) \
	"Via: SIP/2.0/UDP 192.0.2." host ";branch=z9hG4bK" branch "\r\n"

/* A message, or (`start` is NULL) the answer of ICMP to what goes there; what
 * stands before the first with `cut` was told before the rest came. */
struct frame {
	int64_t ms;
	unsigned from, to;
	const char *start, *call, *cseq, *more;
	bool cut;
	unsigned from_port, point;
};

#define FRAMES 20
#define FRAME(at, a, b, line, id, number, lines)                 \
	.ms = at, .from = a, .to = b, .start = line, .call = id, \
	.cseq = number, .more = lines
/* clang-format off */
#define SENT(...)  { FRAME(__VA_ARGS__) }
#define LATER(...) { FRAME(__VA_ARGS__), .cut = true }
#define FAILED(at, a, b) { .ms = at, .from = a, .to = b }
/* clang-format on */
#define CALLER(tag) "From: <sip:alice@192.0.2.9>;tag=" tag "\r\n"
#define EVENT       "Event: presence\r\nSubscription-State: active\r\n"
#define LEG(n)                                           \
	SENT((n)*10, 1, 2, "INVITE", "b" #n, "1 INVITE", \
	    VIA("1", "b" #n) "X-Call-ID: a\r\n")

static void
put_scene_frame(struct soup *s, const struct frame *f)
{
	struct buf text = BUF_INIT, udp;
	bool request;

	s->t = f->ms * 1000000;
	if (f->start == NULL) {
		soup_put_error(s, f->from, f->to);
		return;
	}
	request = strncmp(f->start, "SIP/", 4) != 0;
	buf_printf(&text,
	    "%s%s\r\n%sFrom: <sip:a@192.0.2.1>;tag=a\r\n"
	    "To: <sip:b@192.0.2.2>\r\nCall-ID: %s\r\nCSeq: %s\r\n"
	    "Content-Length: 0\r\n\r\n",
	    f->start, request ? " sip:b@192.0.2.2 SIP/2.0" : "", f->more,
	    f->call, f->cseq);
	udp = made_udp(f->from_port != 0 ? (int)f->from_port : 5060,
	    f->from == f->to ? 5062 : 5060, buf_view(&text));
	buf_free(&text);
	soup_put_frame(s, f->from, f->to, &udp, 17, f->point);
}

static const struct scene {
	const char *name;
	unsigned amended;  /* times */
	const char *names; /* of nodes; NULL: none */
	struct frame frames[FRAMES];
} scenes[] = {
	{ "its leg comes later", 1, NULL,
	    { SENT(0, 1, 2, "INVITE", "b", "1 INVITE",
		  VIA("1", "1") "X-Call-ID: a\r\n"),
		LATER(100, 3, 1, "INVITE", "a", "1 INVITE", VIA("3", "3")) } },
	{ "tried again after a refusal", 1, NULL,
	    { SENT(0, 1, 2, "INVITE", "a", "1 INVITE", VIA("1", "1")),
		SENT(
		    50, 2, 1, "SIP/2.0 486 No", "a", "1 INVITE", VIA("1", "1")),
		LATER(200, 1, 2, "INVITE", "a", "2 INVITE", VIA("1", "2")) } },
	{ "asked again after a challenge", 1, NULL,
	    { SENT(0, 1, 2, "REGISTER", "a", "1 REGISTER",
		  VIA("1", "1") "Contact: <sip:a@192.0.2.1>\r\n"),
		SENT(50, 2, 1, "SIP/2.0 401 Who?", "a", "1 REGISTER",
		    VIA("1", "1")),
		LATER(200, 1, 2, "REGISTER", "a", "2 REGISTER",
		    VIA("1", "2") "Contact: <sip:a@192.0.2.1>\r\n") } },
	{ "an eighth leg", 1, NULL,
	    { SENT(0, 3, 2, "INVITE", "a", "1 INVITE", VIA("3", "3")), LEG(1),
		LEG(2), LEG(3), LEG(4), LEG(5), LEG(6), LEG(7),
		SENT(200, 1, 2, "BYE", "b1", "2 BYE", VIA("1", "4")),
		SENT(210, 2, 3, "BYE", "a", "2 BYE", VIA("2", "5")),
		LATER(300, 1, 2, "INVITE", "b8", "1 INVITE",
		    VIA("1", "b8") "X-Call-ID: a\r\n") } },
	{ "an eighth leg, of a call not told", 0, NULL,
	    { SENT(0, 3, 2, "INVITE", "a", "1 INVITE", VIA("3", "3")), LEG(1),
		LEG(2), LEG(3), LEG(4), LEG(5), LEG(6), LEG(7), LEG(8),
		LATER(300, 1, 2, "BYE", "b1", "2 BYE", VIA("1", "4")) } },
	{ "two addresses of a node", 1, NULL,
	    { SENT(0, 1, 2, "INVITE", "a", "1 INVITE",
		  VIA("1", "a") CALLER("a")),
		SENT(10, 3, 4, "INVITE", "b", "1 INVITE",
		    VIA("3", "b") CALLER("b")),
		LATER(8000, 4, 3, "SIP/2.0 486 No", "b", "1 INVITE",
		    VIA("3", "b")),
		SENT(8000, 3, 4, "ACK", "b", "1 ACK", VIA("3", "b")),
		SENT(8000, 2, 1, "SIP/2.0 486 No", "a", "1 INVITE",
		    VIA("1", "a")) } },
	{ "they were two", 1, NULL,
	    { SENT(0, 1, 2, "INVITE", "a", "1 INVITE",
		  VIA("1", "a") CALLER("a")),
		SENT(10, 3, 4, "INVITE", "b", "1 INVITE",
		    VIA("3", "b") CALLER("b")),
		SENT(
		    20, 4, 3, "SIP/2.0 486 No", "b", "1 INVITE", VIA("3", "b")),
		SENT(20, 3, 4, "ACK", "b", "1 ACK", VIA("3", "b")),
		SENT(
		    20, 2, 1, "SIP/2.0 486 No", "a", "1 INVITE", VIA("1", "a")),
		LATER(9000, 3, 4, "INVITE", "c", "1 INVITE",
		    VIA("3", "c") CALLER("c")) } },
	{ "passed on by a proxy", 1, NULL,
	    { SENT(0, 1, 2, "OPTIONS", "a", "1 OPTIONS", VIA("1", "1")),
		SENT(10, 2, 3, "OPTIONS", "a", "1 OPTIONS",
		    VIA("2", "2") VIA("1", "1")),
		SENT(100, 2, 3, "SUBSCRIBE", "b", "1 SUBSCRIBE",
		    VIA("2", "5") EVENT),
		SENT(110, 3, 2, "SIP/2.0 200 Yes", "b", "1 SUBSCRIBE",
		    VIA("2", "5") EVENT),
		SENT(120, 3, 2, "NOTIFY", "b", "1 NOTIFY", VIA("3", "6") EVENT),
		LATER(130, 2, 1, "NOTIFY", "b", "1 NOTIFY",
		    VIA("2", "7") VIA("3", "6") EVENT) } },
	{ "a response passed on", 0, NULL,
	    { SENT(0, 1, 2, "INVITE", "a", "1 INVITE", VIA("1", "1")),
		SENT(10, 2, 3, "INVITE", "a", "1 INVITE",
		    VIA("2", "2") VIA("1", "1")),
		SENT(20, 3, 2, "SIP/2.0 180 Yes", "a", "1 INVITE",
		    VIA("2", "2") VIA("1", "1")),
		LATER(30, 2, 1, "SIP/2.0 180 Yes", "a", "1 INVITE",
		    VIA("1", "1")) } },
	{ "passed on to another, too", 0, NULL,
	    { SENT(0, 1, 2, "INVITE", "a", "1 INVITE", VIA("1", "1")),
		SENT(10, 2, 3, "INVITE", "a", "1 INVITE",
		    VIA("2", "2") VIA("1", "1")),
		LATER(20, 2, 4, "INVITE", "a", "1 INVITE",
		    VIA("2", "3") VIA("1", "1")) } },
	{ "a response passed on after an error", 1, NULL,
	    { SENT(0, 1, 2, "INVITE", "a", "1 INVITE", VIA("1", "1")),
		SENT(10, 2, 3, "INVITE", "a", "1 INVITE",
		    VIA("2", "2") VIA("1", "1")),
		SENT(20, 3, 2, "SIP/2.0 180 Yes", "a", "1 INVITE",
		    VIA("2", "2") VIA("1", "1")),
		FAILED(30, 3, 2),
		LATER(40, 2, 1, "SIP/2.0 180 Yes", "a", "1 INVITE",
		    VIA("1", "1")) } },
	{ "an error was another's", 1, NULL,
	    { SENT(0, 1, 2, "OPTIONS", "a", "1 OPTIONS", VIA("1", "1")),
		FAILED(500, 1, 2),
		LATER(
		    400, 1, 2, "OPTIONS", "b", "1 OPTIONS", VIA("1", "2")) } },
	{ "an error was nobody's", 1, NULL,
	    { SENT(0, 1, 2, "OPTIONS", "a", "1 OPTIONS", VIA("1", "1")),
		SENT(40000, 3, 4, "OPTIONS", "b", "1 OPTIONS", VIA("3", "2")),
		FAILED(40500, 1, 2),
		LATER(40400, 1, 2, "OPTIONS", "c", "1 OPTIONS",
		    VIA("1", "3")) } },
	{ "an error comes later", 1, NULL,
	    { SENT(0, 1, 2, "OPTIONS", "a", "1 OPTIONS", VIA("1", "1")),
		{ .ms = 100, .from = 1, .to = 2, .cut = true } } },
	{ "another transaction than the first", 0, NULL,
	    { SENT(0, 1, 2, "OPTIONS", "a", "1 OPTIONS", VIA("1", "1")),
		SENT(40000, 1, 2, "OPTIONS", "b", "1 OPTIONS", VIA("1", "2")),
		LATER(41000, 1, 2, "OPTIONS", "c", "1 OPTIONS",
		    VIA("1", "3")) } },
	{ "a host talks to itself", 1, NULL,
	    { SENT(0, 1, 2, "OPTIONS", "a", "1 OPTIONS", VIA("1", "1")),
		LATER(
		    100, 1, 1, "OPTIONS", "b", "1 OPTIONS", VIA("1", "2")) } },
	{ "one that was not seen talks to itself", 0, NULL,
	    { SENT(0, 1, 2, "OPTIONS", "a", "1 OPTIONS", VIA("1", "1")),
		LATER(
		    100, 3, 3, "OPTIONS", "b", "1 OPTIONS", VIA("3", "2")) } },
	{ "a host with a name at one port talks to itself", 1,
	    "192.0.2.1:5071=phone",
	    { { FRAME(0, 1, 2, "OPTIONS", "a", "1 OPTIONS", VIA("1", "1")),
		  .from_port = 5064 },
		LATER(
		    100, 1, 1, "OPTIONS", "b", "1 OPTIONS", VIA("1", "2")) } },
	{ "whoever stays may pass on", 1, NULL,
	    { SENT(0, 1, 2, "INVITE", "a", "1 INVITE", VIA("1", "1")),
		SENT(10, 2, 1, "SIP/2.0 180 Yes", "a", "1 INVITE",
		    VIA("1", "1")),
		LATER(500, 1, 2, "OPTIONS", "b", "1 OPTIONS", VIA("1", "3")),
		SENT(510, 2, 3, "OPTIONS", "b", "1 OPTIONS",
		    VIA("2", "4") VIA("1", "3")) } },
};

static void
play_scene(const struct scene *scene)
{
	struct soup s = { .t = 0 };
	struct address_names *names = NULL;
	struct diag d = DIAG_INIT;
	size_t cut = 0;

	if (scene->names != NULL) {
		CU_ASSERT_EQUAL_FATAL(address_names_create(&names), 0);
		CU_ASSERT_EQUAL_FATAL(
		    address_names_add(names, scene->names, &d), 0);
		usual.names = names;
	}
	made_file(&s.file, 1);
	for (size_t i = 0; i < FRAMES && scene->frames[i].from != 0; i++) {
		if (scene->frames[i].cut)
			cut = s.file.n;
		put_scene_frame(&s, &scene->frames[i]);
	}
	memset(sums, 0, sizeof(sums));
	try((struct trial){ .name = scene->name,
	    .bytes = buf_view(&s.file),
	    .cut = cut,
	    .all_each = 1,
	    .prefixes = true });
	if (sums[1].amended != scene->amended)
		printf("  %s: amended %llu times\n", scene->name,
		    (unsigned long long)sums[1].amended);
	CU_ASSERT_EQUAL(sums[1].amended, scene->amended);
	usual.names = NULL;
	address_names_destroy(names);
	buf_free(&s.file);
	buf_free(&s.last);
}

static void
what_is_amended(void)
{
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++)
		play_scene(&scenes[i]);
	memset(sums, 0, sizeof(sums));
}

/* ---- clocks of two capture points ---- */

/* Exchanges of a request and its response between 1 and 2, seen at the point
 * POINT (point 1's clock is 250 ms ahead), EACH_MS apart; DRIFT: the network is
 * not equally fast each time. */
static void
put_exchanges(struct soup *s, unsigned point, unsigned first, unsigned n,
    int64_t each_ms, bool drift)
{
	static const int64_t way[] = { 9, 3, 7, 2, 5, 1 };

	for (unsigned i = first; i < first + n; i++) {
		int64_t ms = i * each_ms, there = drift ? way[i % 6] : 5;
		char via[80], call[16];
		struct frame f = { .ms = ms + (point != 0 ? there : 0),
			.from = 1,
			.to = 2,
			.start = "OPTIONS",
			.call = call,
			.cseq = "1 OPTIONS",
			.more = via,
			.point = point };

		snprintf(call, sizeof(call), "call-%u", i);
		snprintf(via, sizeof(via),
		    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK%u\r\n", i);
		put_scene_frame(s, &f);
		f.start = "SIP/2.0 200 Yes";
		f.from = 2;
		f.to = 1;
		f.ms = ms + there + 1;
		if (point == 0)
			f.ms += drift ? way[(i + 3) % 6] : 5;
		put_scene_frame(s, &f);
	}
}

/* Each exchange is seen at one point, 250 ms later at the other. */
static void
two_clocks(const char *name, bool drift)
{
	struct soup s = { .t = 0 };

	made_file(&s.file, 1);
	for (unsigned i = 0; i < 12; i++) {
		put_exchanges(&s, 0, i, 1, 400, drift);
		put_exchanges(&s, 1, i, 1, 400, drift);
	}
	in_pieces(name, buf_view(&s.file), true);
	CU_ASSERT(sums[1].retold > 0);
	report(name);
	buf_free(&s.file);
	buf_free(&s.last);
}

static void
clocks_of_points(void)
{
	struct soup s = { .t = 0 };
	size_t cut;

	two_clocks("two clocks", false);
	two_clocks("two clocks, a bound closer each time", true);
	/* All that the other point saw stands before what was looked at. */
	made_file(&s.file, 1);
	put_exchanges(&s, 1, 0, 4, 20, false);
	cut = s.file.n;
	put_exchanges(&s, 0, 0, 4, 20, false);
	try((struct trial){ .name = "another point, earlier",
	    .bytes = buf_view(&s.file),
	    .cut = cut,
	    .all_each = 1,
	    .prefixes = true });
	CU_ASSERT_EQUAL(sums[1].amended, 1);
	/* Both at once: nothing that was told is wrong. */
	memset(sums, 0, sizeof(sums));
	try((struct trial){ .name = "two points at once",
	    .bytes = buf_view(&s.file),
	    .cut = s.file.n,
	    .all_each = 1,
	    .prefixes = true });
	CU_ASSERT_EQUAL(sums[1].amended, 0);
	memset(sums, 0, sizeof(sums));
	buf_free(&s.file);
	buf_free(&s.last);
}

/* ---- logs whose last message ends where they end ---- */

static void
put_logged(struct buf *log, const char *head, const char *uri, const char *via,
    int cseq)
{
	buf_printf(log,
	    "%s --->\nMESSAGE %s SIP/2.0\r\n"
	    "Via: SIP/2.0/UDP %s:5060;branch=z9hG4bK%d\r\n"
	    "From: <sip:a@a.example>;tag=a\r\nTo: <sip:b@b.example>\r\n"
	    "Call-ID: c\r\nCSeq: %d MESSAGE\r\n",
	    head, uri, via, cseq, cseq);
}

static void
put_received(struct buf *log, const char *time, int cseq)
{
	char head[80];

	snprintf(head, sizeof(head),
	    "[Jan 31 %s] <--- Received SIP request (9 bytes) from "
	    "UDP:192.0.2.2:5060",
	    time);
	put_logged(log, head, "sip:a@a.example", "192.0.2.2", cseq);
}

/* LOG, in whose trace EARLY stands before LATE; freed. */
static void
try_log(const char *name, struct buf *log, const char *early, const char *late)
{
	struct buf trace = BUF_INIT;
	ptrdiff_t at[2];

	at_once(buf_view(log), &trace);
	at[0] = str_find(buf_view(&trace), early);
	at[1] = str_find(buf_view(&trace), late);
	CU_ASSERT(at[0] >= 0 && at[0] < at[1]);
	in_pieces(name, buf_view(log), false);
	CU_ASSERT(sums[1].retold > 0);
	report(name);
	buf_free(&trace);
	buf_free(log);
}

/* What the last message shows of those before was told otherwise by then: whose
 * log it is, or that it was the first. */
static void
last_words(void)
{
	struct buf log = BUF_INIT;

	put_received(&log, "12:00:00", 1);
	put_received(&log, "12:00:20", 2);
	put_logged(&log,
	    "[Jan 31 12:00:40] <--- Transmitting SIP request (9 bytes) to "
	    "UDP:192.0.2.2:5060",
	    "sip:b@192.0.2.2", "192.0.2.9", 3);
	try_log("names its writer", &log, "\"dst\":\"192.0.2.9\"",
	    "\"cseq\":\"2 MESSAGE\"");
	put_received(&log, "12:00:10", 1);
	put_received(&log, "12:00:30", 2);
	put_received(&log, "12:00:00", 3);
	try_log("was the first", &log, "3 MESSAGE", "1 MESSAGE");
}

static void
one_file(const char *name, struct str bytes)
{
	in_pieces(name, bytes, false);
}

static void
captures(void)
{
	CU_ASSERT(pieces_of_files(one_file) >= 9);
	report("captures");
}

CHECK_MAIN("capture_live", { "captures", captures },
    { "what is amended", what_is_amended },
    { "clocks of points", clocks_of_points }, { "last words", last_words },
    { "soups", soups })
