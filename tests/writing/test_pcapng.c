/*
 * Traces as captures: blocks, frames, checksums, fragments and segments, read
 * back by tests/writing/pcapng_check.h; what tshark sees is
 * tests/cli/cli_pcapng.sh's.
 */
#include "base/dates.h"
#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"
#include "writing/pcapng_write.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "pcapng_check.h"
#include "text/json.h"

#include <stdarg.h>

/* ---- a trace by hand ---- */

static struct buf lines;
static uint64_t lines_seq;

static void
begin(const char *head)
{
	buf_clear(&lines);
	lines_seq = 0;
	buf_printf(
	    &lines, "{\"kind\":\"trace\",\"version\":1,\"seed\":7%s}\n", head);
}

#define TWO_HOPS                                                          \
	",\"title\":\"Two\",\"nodes\":[{\"name\":\"a\",\"role\":\"ua\"}," \
	"{\"name\":\"r\"},{\"name\":\"b\",\"role\":\"ua\"}],"             \
	"\"links\":[{\"a\":\"a\",\"b\":\"r\",\"delay\":1000000},"         \
	"{\"a\":\"b\",\"b\":\"r\",\"delay\":3000000}]"

/* A record at T; ' stands for ". */
static uint64_t
put(int64_t t, const char *kind, uint64_t cause, const char *fmt, ...)
{
	size_t from;
	va_list ap;

	buf_printf(&lines, "{\"seq\":%llu,\"t\":%lld,\"kind\":\"%s\"",
	    (unsigned long long)++lines_seq, (long long)t, kind);
	if (cause != 0)
		buf_printf(
		    &lines, ",\"cause\":%llu", (unsigned long long)cause);
	from = lines.n;
	va_start(ap, fmt);
	buf_vprintf(&lines, fmt, ap);
	va_end(ap);
	for (size_t i = from; i < lines.n; i++)
		if (lines.p[i] == '\'')
			lines.p[i] = '"';
	buf_puts(&lines, "}\n");
	return lines_seq;
}

static uint64_t
put_send(int64_t t, const char *addrs, const char *transport, size_t size)
{
	struct buf text = BUF_INIT;
	uint64_t seq;

	for (size_t i = 0; i < size; i++)
		buf_putc(&text, (char)('a' + i % 23));
	seq = put(t, "send", lines_seq,
	    ",'src':'a','dst':'b',%s,'transport':'%s','proto':'sip',"
	    "'call_id':'c1','size':%zu,'text':'%s'",
	    addrs, transport, size, buf_cstr(&text));
	buf_free(&text);
	return seq;
}

#define IPV4 "'src_addr':'192.0.2.1:5060','dst_addr':'192.0.2.2:5061'"
#define IPV6                               \
	"'src_addr':'[2001:db8::1]:5060'," \
	"'dst_addr':'[2001:db8::2]:5061'"

static struct trace *
load(void)
{
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	if (trace_load_buf(&t, &lines, "lines", &d) != 0)
		printf("lines:%u: %s\n", d.line, d.text);
	return t;
}

/* ---- writing and reading ---- */

static int
into(const char *p, size_t n, void *arg)
{
	struct buf *out = arg;

	buf_add(out, p, n);
	return out->err;
}

/* The packets of one interface, their bytes joined. */
struct gathered {
	struct seen seen;
	uint32_t interface;
	struct buf bytes, first_comment, last_comment;
	unsigned n, fragmented, syn, fin, rst;
	uint64_t ns[64];
	struct seen_packet last;
};

static void
gather(const struct seen_packet *p, void *arg)
{
	struct gathered *g = arg;

	if (p->interface != g->interface)
		return;
	if (g->n == 0)
		buf_str(&g->first_comment, p->comment);
	buf_clear(&g->last_comment);
	buf_str(&g->last_comment, p->comment);
	if (g->n < 64)
		g->ns[g->n] = p->ns;
	g->n++;
	g->fragmented += p->pieces > 1;
	g->syn += (p->flags & 2) != 0;
	g->fin += (p->flags & 1) != 0;
	g->rst += (p->flags & 4) != 0;
	buf_str(&g->bytes, p->bytes);
	g->last = *p;
}

static void
gathered_free(struct gathered *g)
{
	buf_free(&g->bytes);
	buf_free(&g->first_comment);
	buf_free(&g->last_comment);
}

/* T's file into OUT; 0 or the error. */
static int
write_to(const struct trace *t, const struct pcapng_options *o, struct buf *out)
{
	struct diag d = DIAG_INIT;

	buf_clear(out);
	return pcapng_write(t, o, into, out, &d);
}

/* Writes the lines, checks the file, and gathers what is on INTERFACE. */
static void
write_lines(uint32_t interface, const struct pcapng_options *o,
    struct gathered *g, struct buf *out)
{
	struct trace *t = load();

	*g = (struct gathered){ .interface = interface };
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL(write_to(t, o, out), 0);
	trace_destroy(t);
	seen_read(&g->seen, buf_view(out), gather, g);
	if (g->seen.wrong != NULL)
		printf("wrong: %s\n", g->seen.wrong);
	CU_ASSERT_PTR_NULL(g->seen.wrong);
}

static const struct pcapng_options plain = { .epoch_ns = 0,
	.to_ns = INT64_MAX };

/* ---- cases ---- */

/* What is lost is there, and says so, unless it never left its sender. */
static void
lost(void)
{
	static const struct {
		const char *transport, *drop;
		unsigned packets, bytes, rst;
	} cases[] = {
		{ "udp", "'reason':'loss','link':'a>r'", 1, 40, 0 },
		{ "udp", "'reason':'queue','link':'r>b','node':'r'", 1, 40, 0 },
		{ "udp", "'reason':'host-down','node':'b'", 1, 40, 0 },
		{ "udp", "'reason':'no-path','node':'a'", 0, 0, 0 },
		{ "udp", "'reason':'fault','node':'a'", 0, 0, 0 },
		{ "tcp", "'reason':'fault','node':'a'", 0, 0, 0 },
		{ "tcp", "'reason':'no-connection'", 1, 0, 0 },
		{ "tcp", "'reason':'torn'", 4, 0, 1 },
	};
	LOCAL_BUF out = BUF_INIT;
	struct gathered g;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		begin(TWO_HOPS);
		put_send(0, IPV4, cases[i].transport, 40);
		put(5000, "drop", 1, ",'of':1,%s", cases[i].drop);
		write_lines(0, &plain, &g, &out);
		CU_ASSERT_EQUAL(g.n, cases[i].packets);
		CU_ASSERT_EQUAL(g.bytes.n, cases[i].bytes);
		CU_ASSERT_EQUAL(g.rst, cases[i].rst);
		if (g.n > 0)
			CU_ASSERT(str_find(buf_view(&g.last_comment),
				      "lost, 2: drop") >= 0);
		gathered_free(&g);
	}
}

/* Each passage of a message once: two of which one is lost, one under way. */
static void
passages(void)
{
	LOCAL_BUF out = BUF_INIT;
	struct gathered g;

	begin(TWO_HOPS);
	put_send(0, IPV4, "udp", 40);
	put(5000, "drop", 1, ",'of':1,'reason':'loss','link':'a>r'");
	put(5000, "recv", 1, ",'node':'b','of':1");
	put_send(6000, IPV4, "udp", 30);
	write_lines(0, &plain, &g, &out);
	CU_ASSERT_EQUAL(g.n, 3);
	CU_ASSERT_EQUAL(g.bytes.n, 110);
	CU_ASSERT(str_find(buf_view(&g.first_comment), "lost, 2: drop") > 0);
	CU_ASSERT_EQUAL(g.ns[2] / 1000, 6);
	gathered_free(&g);
}

/* Too large for one packet, and too large for one datagram. */
static void
large(void)
{
	static const char *const families[] = { IPV4, IPV6 };
	static const struct {
		size_t size;
		unsigned datagrams, fragmented;
	} cases[] = { { 1472, 1, 0 }, { 1473, 1, 1 }, { 65507, 1, 1 },
		{ 65508, 2, 1 }, { 200000, 4, 4 } };
	LOCAL_BUF out = BUF_INIT;
	struct gathered g;

	for (size_t i = 0; i < 10; i++) {
		size_t size = cases[i % 5].size;

		begin(TWO_HOPS);
		put_send(0, families[i / 5], "udp", size);
		put(9000, "recv", 1, ",'node':'b','of':1");
		write_lines(0, &plain, &g, &out);
		CU_ASSERT_EQUAL(g.n, cases[i % 5].datagrams);
		/* IPv6's header is larger */
		CU_ASSERT_EQUAL(
		    g.fragmented, i == 5 ? 1 : cases[i % 5].fragmented);
		CU_ASSERT_EQUAL(g.bytes.n, size);
		for (size_t at = 0; at < g.bytes.n; at++)
			if (g.bytes.p[at] != (char)('a' + at % 23)) {
				CU_FAIL("other bytes");
				break;
			}
		gathered_free(&g);
	}
}

static void
stream(void)
{
	static const char *const families[] = { IPV4, IPV6 };
	LOCAL_BUF out = BUF_INIT;
	struct gathered g;

	for (size_t i = 0; i < 2; i++) {
		begin(TWO_HOPS);
		put_send(0, families[i], "tcp", 200000);
		put(12000000, "recv", 1, ",'node':'b','of':1");
		put_send(13000000, families[i], "tcp", 10);
		put(17000000, "recv", 3, ",'node':'b','of':3");
		put(17000000, "end", 4, ",'reason':'idle'");
		write_lines(0, &plain, &g, &out);
		CU_ASSERT_EQUAL(g.bytes.n, 200010);
		CU_ASSERT_EQUAL(g.fragmented, 0);
		CU_ASSERT_EQUAL(g.syn, 2);
		CU_ASSERT_EQUAL(g.fin, 2);
		CU_ASSERT_EQUAL(g.rst, 0);
		CU_ASSERT_EQUAL(g.ns[0], 0);
		CU_ASSERT_EQUAL(g.last.ns, 17000000);
		gathered_free(&g);
	}
}

/* A connection whose packets are recorded is written where its client is; at
 * the server where only that is asked for. */
static void
one_place(void)
{
	static const struct {
		const char *link, *fields;
		uint64_t cause;
	} packets[] = {
		{ "a>r", "'flags':'syn','len':0", 1 },
		{ "r>b", "'flags':'syn','len':0", 2 },
		{ "b>r", "'flags':'syn ack','len':0", 3 },
		{ "r>a", "'flags':'syn ack','len':0", 4 },
		{ "a>r", "'flags':'ack','len':0", 5 },
		{ "r>b", "'flags':'ack','len':0", 6 },
		{ "a>r", "'flags':'data','of':1,'off':0,'len':40", 1 },
		{ "r>b", "'flags':'data','of':1,'off':0,'len':40", 8 },
	};
	static const char *const nodes[][1] = { { NULL }, { "a" }, { "b" },
		{ "r" } };
	struct pcapng_options o = plain;
	LOCAL_BUF out = BUF_INIT;
	struct gathered g;

	for (size_t i = 0; i < 4; i++) {
		begin(TWO_HOPS);
		put_send(0, IPV4, "tcp", 40);
		for (size_t k = 0; k < sizeof(packets) / sizeof(*packets); k++)
			put((int64_t)k, "packet", packets[k].cause,
			    ",'link':'%s','conn':1,%s", packets[k].link,
			    packets[k].fields);
		put(8, "recv", lines_seq, ",'node':'b','of':1");
		o.nodes = nodes[i];
		o.nnodes = i > 0;
		write_lines(0, &o, &g, &out);
		CU_ASSERT(str_is(g.seen.names[0], i == 2 ? "b--r" : "a--r"));
		CU_ASSERT_EQUAL(g.n, 4);
		CU_ASSERT_EQUAL(g.seen.packets, 4);
		CU_ASSERT_EQUAL(g.bytes.n, 40);
		gathered_free(&g);
	}
}

/* Only a node, a call, a time. */
static void
parts(void)
{
	static const char *const nodes[] = { "b" }, *const nobody[] = { "x" };
	struct pcapng_options o = plain;
	LOCAL_BUF out = BUF_INIT;
	struct gathered g;
	struct trace *t;

	begin(TWO_HOPS);
	put_send(0, IPV4, "udp", 40);
	put(4000000, "recv", 1, ",'node':'b','of':1");
	o.nodes = nodes;
	o.nnodes = 1;
	write_lines(0, &o, &g, &out);
	CU_ASSERT_EQUAL(g.seen.interfaces, 1);
	CU_ASSERT(str_is(g.seen.names[0], "a--b"));
	CU_ASSERT_EQUAL(g.n, 1);
	gathered_free(&g);

	for (int i = 0; i < 4; i++) {
		begin(TWO_HOPS);
		put_send(0, IPV4, i < 2 ? "udp" : "tcp", 40);
		put(4000000, "recv", 1, ",'node':'b','of':1");
		o = plain;
		o.calls = (const char *[]){ i % 2 == 0 ? "c1" : "c2" };
		o.ncalls = 1;
		write_lines(0, &o, &g, &out);
		CU_ASSERT_EQUAL(g.bytes.n, i % 2 == 0 ? 40 : 0);
		CU_ASSERT_EQUAL(g.n == 0, i % 2 != 0);
		gathered_free(&g);
	}

	begin(TWO_HOPS);
	put_send(0, IPV4, "udp", 40);
	put(4000000, "recv", 1, ",'node':'b','of':1");
	put_send(5000000, IPV4, "udp", 30);
	o = plain;
	o.from_ns = 1;
	write_lines(0, &o, &g, &out);
	CU_ASSERT_EQUAL(g.n, 1);
	CU_ASSERT_EQUAL(g.bytes.n, 30);
	gathered_free(&g);

	begin(TWO_HOPS);
	t = load();
	o.nodes = nobody;
	o.nnodes = 1;
	CU_ASSERT_EQUAL(write_to(t, &o, &out), ERR_NOTFOUND);
	trace_destroy(t);
}

/* Without links, without nodes, without addresses: an interface for each pair,
 * and whatever else is missing. */
static void
strangers(void)
{
	LOCAL_BUF out = BUF_INIT;
	struct gathered g;

	begin("");
	put_send(0, IPV4, "udp", 40);
	put(5, "recv", 1, ",'node':'b','of':1");
	put(5, "send", 2,
	    ",'src_addr':'192.0.2.9:5060','dst_addr':'192.0.2.8:5060',"
	    "'text':'x'");
	put(6, "recv", 3, ",'of':3");
	write_lines(1, &plain, &g, &out);
	CU_ASSERT_EQUAL(g.seen.interfaces, 2);
	CU_ASSERT(str_is(g.seen.names[0], "a--b"));
	CU_ASSERT(str_is(g.seen.names[1], "192.0.2.9:5060--"));
	CU_ASSERT_EQUAL(g.n, 1);
	gathered_free(&g);
}

/* Records that nobody should write: each alone, and all together. */
static const char *const hostile[][2] = {
	{ "send", "" },
	{ "send", "'src':7,'dst':[],'src_addr':'999.1.1.1:99999','text':1" },
	{ "send", "'src':'a','dst':'b','src_addr':'192.0.2.1:5060','dst_addr':"
		  "'[2001:db8::1]:5060','transport':'udp','text':'mixed'" },
	{ "send", "'src':'a','dst':'b','src_addr':'::','dst_addr':'0.0.0.0',"
		  "'transport':'tcp','base64':'AAECAw=='" },
	{ "send", "'src':'a','dst':'b','src_addr':'','dst_addr':'',"
		  "'transport':'tcp','text':'yyyyyyyyyyyyyyyyyyyyyyyyy'" },
	{ "send",
	    "'src':'a','dst':'a'," IPV4 ",'transport':'udp','text':'me'" },
	{ "send", "'src':'a','dst':'b'," IPV4 ",'transport':'tcp','text':'zzzz"
		  "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'" },
	{ "recv", "'node':'b','of':1" },
	{ "recv", "'node':'b','of':4" },
	{ "recv", "'node':'b','of':5" },
	{ "recv", "'of':999999" },
	{ "recv", "'of':-1" },
	{ "recv", "'node':'a','of':6" },
	{ "recv", "'node':'b','of':7" },
	{ "recv", "'node':'b','of':7" },
	{ "drop", "'of':3,'reason':'loss','link':'nowhere'" },
	{ "drop", "'of':3,'reason':'torn'" },
	{ "drop", "'of':4,'reason':'torn','node':'b'" },
	{ "drop", "'of':5,'reason':'no-connection'" },
	{ "drop", "'of':2,'packet':1,'conn':-3,'link':'>'" },
	{ "fault", "'of':3,'effect':'rewrite','text':'',"
		   "'cut':9223372036854775807" },
	{ "fault", "'of':7,'cut':0" },
};

static const char *const hostile_packets[] = {
	"",
	"'link':'a>r'",
	"'link':7,'of':'x','off':'y','len':{}",
	"'link':'a>r','of':[3,4],'off':0,'len':5",
	"'link':'>','of':3,'off':8,'len':5,'flags':'frag'",
	"'link':'a>r','of':3,'off':-1,'len':-1,'flags':'frag dup'",
	"'link':'a>r','of':3,'off':9223372036854775807,'len':"
	"9223372036854775807",
	"'link':'a>r','of':7,'off':4294967296,'len':4294967296,'conn':1,"
	"'flags':'data'",
	"'link':'a>r','conn':1,'flags':'syn','len':0",
	"'link':'r>b','conn':1,'flags':'syn','len':0",
	"'link':'b>r','conn':1,'flags':'syn ack','len':0",
	"'link':'b>r','conn':2,'flags':'rst syn fin ack data dup frag retx'",
	"'link':'a>r','of':7,'off':8,'len':16,'conn':1,'flags':'data'",
	"'link':'r>b','of':7,'off':16,'len':8,'conn':1,'flags':'data frag'",
	"'link':'r>b','of':7,'off':8,'len':4,'conn':1,'flags':'data frag'",
	"'link':'b>r','conn':1,'flags':'ack','len':0",
	"'link':'a>r','conn':1,'flags':'fin ack','len':77",
	"'link':'b>r','conn':1,'flags':'fin ack'",
	"'link':'a>r','conn':9223372036854775807,'flags':'rst'",
	"'link':'a>r','of':3,'off':0,'len':1,'conn':1,'flags':'data'",
	"'link':'a>r','of':3,'off':0,'len':99999999",
	"'link':'\\u0000\\u0007>\\u202e','of':3,'off':0,'len':5",
};

#define NHOSTILE (sizeof(hostile) / sizeof(*hostile))
#define NPACKETS (sizeof(hostile_packets) / sizeof(*hostile_packets))

static void
put_hostile(size_t i, int64_t t)
{
	put(t, hostile[i][0], lines_seq, "%s%s", hostile[i][1][0] ? "," : "",
	    hostile[i][1]);
}

static void
put_hostile_packet(size_t i, int64_t t, uint64_t cause)
{
	put(t, "packet", cause, "%s%s", hostile_packets[i][0] ? "," : "",
	    hostile_packets[i]);
}

static void
strange_records(void)
{
	static const char *const heads[] = { TWO_HOPS, "",
		",\"nodes\":[{\"name\":\"a\"}],\"links\":[{\"a\":\"a\",\"b\":"
		"\"a\",\"delay\":-5},{\"a\":\"\",\"b\":\"b\",\"delay\":"
		"9223372036854775807},{\"a\":\"a\",\"b\":\"b\",\"delay\":"
		"9223372036854775807}]" };
	LOCAL_BUF out = BUF_INIT;
	struct gathered g;

	/* with all packets, without, and with one at a time after each */
	for (size_t head = 0; head < 3; head++) {
		for (size_t with = 0; with <= NPACKETS + 1; with++) {
			begin(heads[head]);
			for (size_t i = 0; i < NHOSTILE; i++)
				put_hostile(i, (int64_t)i);
			for (size_t i = 0; i < NPACKETS; i++)
				if (with == 0 || with == i + 2)
					put_hostile_packet(i, 500, lines_seq);
			for (size_t i = 0; with == 0 && i < NPACKETS; i++)
				put_hostile_packet(i, INT64_MAX, 25 + i);
			write_lines(0, &plain, &g, &out);
			gathered_free(&g);
		}
	}
}

/* Words of any length and kind. */
static void
put_much(uint64_t seq, struct buf *out, void *arg)
{
	(void)seq;
	(void)arg;
	for (int i = 0; i < 30000; i++)
		buf_puts(out, i % 3 == 0 ? "中" : "\x01\xff\n");
}

static void
comments(void)
{
	struct pcapng_options o = plain;
	LOCAL_BUF out = BUF_INIT;
	struct gathered g;

	begin(",\"title\":\"<b>\\u0007\\u202e\\\"\"");
	put_send(0, IPV4, "udp", 40);
	put(5, "recv", 1, ",'node':'b','of':1");
	o.words = put_much;
	write_lines(0, &o, &g, &out);
	CU_ASSERT(g.last_comment.n <= 8192);
	CU_ASSERT(g.last_comment.n > 8000);
	CU_ASSERT(utf8_valid(buf_view(&g.last_comment)));
	CU_ASSERT_EQUAL(str_chr(buf_view(&g.last_comment), '\x01'), -1);
	CU_ASSERT_EQUAL(str_chr(g.seen.section_comment, '\x07'), -1);
	gathered_free(&g);
}

static struct trace *
run_lab(const char *file, enum trace_detail detail)
{
	struct lab_options o = LAB_OPTIONS;
	LOCAL_BUF text = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	o.detail = detail;
	if (lab_run(file, &o, &text, &d) != 0 ||
	    trace_load_buf(&t, &text, file, &d) != 0)
		printf("%s: %s\n", file, d.text);
	return t;
}

static const char *const runs[] = { "labs/torn-tcp", "topologies/tcp.gv",
	"topologies/ipv6.gv", "labs/lost-messages", "labs/loop-and-spiral" };

#define NRUNS (sizeof(runs) / sizeof(*runs))

/* Equal traces give equal bytes, and good ones. */
static void
real_runs(void)
{
	LOCAL_BUF one = BUF_INIT, two = BUF_INIT;
	struct gathered g;

	for (size_t i = 0; i < 2 * NRUNS; i++) {
		struct trace *t = run_lab(
		    runs[i / 2], i % 2 ? TRACE_NETWORK : TRACE_PROTOCOL);

		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		CU_ASSERT_EQUAL(write_to(t, &PCAPNG_OPTIONS, &one), 0);
		CU_ASSERT_EQUAL(write_to(t, &PCAPNG_OPTIONS, &two), 0);
		CU_ASSERT(str_eq(buf_view(&one), buf_view(&two)));
		trace_destroy(t);
		g = (struct gathered){ .interface = 0 };
		seen_read(&g.seen, buf_view(&one), gather, &g);
		CU_ASSERT_PTR_NULL(g.seen.wrong);
		CU_ASSERT(g.seen.packets > 10);
		gathered_free(&g);
	}
}

/* Each allocation fails in turn. */
static void
memory(void)
{
	for (size_t i = 0; i < 2; i++) {
		struct trace *t = run_lab(
		    "labs/torn-tcp", i ? TRACE_NETWORK : TRACE_PROTOCOL);
		struct buf out = BUF_INIT, whole = BUF_INIT;
		unsigned long n = 1;
		int err = ERR_NOMEM;

		CU_ASSERT_EQUAL(write_to(t, &PCAPNG_OPTIONS, &whole), 0);
		for (; err == ERR_NOMEM && n < 5000; n++) {
			buf_free(&out);
			buf_reserve(&out, whole.n + 1);
			mem_fail_from(n);
			err = write_to(t, &PCAPNG_OPTIONS, &out);
			mem_fail_from(0);
		}
		CU_ASSERT_EQUAL(err, 0);
		CU_ASSERT(n > 50);
		CU_ASSERT(str_eq(buf_view(&out), buf_view(&whole)));
		buf_free(&out);
		buf_free(&whole);
		trace_destroy(t);
	}
}

/* A sink that fails is not called again. */
static int
full(const char *p, size_t n, void *arg)
{
	int *left = arg;

	(void)p;
	(void)n;
	CU_ASSERT(*left > 0);
	return --*left > 0 ? 0 : ERR_IO;
}

static void
sinks(void)
{
	struct trace *t = run_lab("topologies/tcp.gv", TRACE_NETWORK);

	for (int n = 1; n < 20; n++) {
		struct diag d = DIAG_INIT;
		int left = n;

		CU_ASSERT_EQUAL(
		    pcapng_write(t, &PCAPNG_OPTIONS, full, &left, &d), ERR_IO);
		CU_ASSERT_EQUAL(left, 0);
		CU_ASSERT_EQUAL(d.err, 0);
	}
	trace_destroy(t);
}

static void
epochs(void)
{
	static const char *const bad[] = { "", "2020", "2020-1-01",
		"2020/01/01", "2020-02-30", "2019-02-29", "2020-00-01",
		"2020-01-00", "2020-01-01T24:00:00Z", "2020-01-01T00:60:00Z",
		"1969-12-31", "2262-01-01", "2020-01-01T00:00:00+",
		"2020-01-01 00:00:00", "1970-01-01T00:00:00+08:00",
		"2020-01-01T00:00:00+8:000", "2020-01-01T00:00:00+24:00",
		"2020-01-01T00:00:00Z08:00" };
	int64_t ns = 0;

	CU_ASSERT_EQUAL(date_read(STR("2020-01-01"), &ns), 0);
	CU_ASSERT_EQUAL(ns, PCAPNG_EPOCH_NS);
	CU_ASSERT_EQUAL(date_read(STR("1970-01-01T00:00:01Z"), &ns), 0);
	CU_ASSERT_EQUAL(ns, 1000000000);
	CU_ASSERT_EQUAL(date_read(STR("2020-02-29T23:59:59"), &ns), 0);
	CU_ASSERT_EQUAL(ns, INT64_C(1583020799000000000));
	buf_clear(&lines);
	date_write(&lines, ns);
	CU_ASSERT(str_is(buf_view(&lines), "2020-02-29T23:59:59Z"));
	CU_ASSERT_EQUAL(date_read(STR("1970-01-01T08:00:01+08:00"), &ns), 0);
	CU_ASSERT_EQUAL(ns, 1000000000);
	CU_ASSERT_EQUAL(date_read(STR("2261-12-31"), &ns), 0);
	CU_ASSERT(ns > 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CU_ASSERT_NOT_EQUAL(date_read(str_of(bad[i]), &ns), 0);
	buf_free(&lines);
}

CHECK_MAIN("pcapng", { "what is lost", lost }, { "passages", passages },
    { "large messages", large }, { "a stream", stream },
    { "one place", one_place }, { "parts of a trace", parts },
    { "unknown ends", strangers }, { "strange records", strange_records },
    { "comments", comments }, { "real runs", real_runs }, { "memory", memory },
    { "sinks", sinks }, { "epochs", epochs })
