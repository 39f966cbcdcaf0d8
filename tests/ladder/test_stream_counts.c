/*
 * The counts of a ladder's streams against the packets themselves: a run with
 * --detail=network has a record for each packet; the same run without them has
 * the rows to compare.  For all labs with media and for random calls: phones on
 * a LAN, behind a NAT, or on both sides of a proxy; links that lose some or all
 * packets, crashes, holds.
 *
 * STREAM_NETS=N sets the number of random calls, STREAM_SEED=S the first seed;
 * STREAM_SAY=1 prints the networks.
 */
#include "fixtures/check.h"
#include "fixtures/inspect_check.h"
#include "fixtures/labs.h"
#include "ladder/layout.h"
#include "media/rtp.h"
#include "sim/rng.h"

#define NETS (IS_SANITIZED ? 20 : 100)
/* A packet sent within this time before the end may not have arrived. */
#define SHORTLY INT64_C(500000000)
/* Packets that arrive after the listener has hung up are not heard. */
#define LAST_ONES 10

struct counts {
	unsigned streams, untold, wrong;
};
static struct counts all;

struct packet {
	uint64_t seq;
	int64_t t;
	uint32_t ssrc;
	struct str from, to_addr;
	bool came;
};

struct packets {
	struct packet *list;
	size_t n;
};

static bool
is_media(const struct trace_send *s)
{
	enum trace_proto p = trace_proto_find(s->proto);

	return p == TRACE_PROTO_RTP || p == TRACE_PROTO_SRTP;
}

/* The packets of media that T's nodes have sent, and which of them came. */
static struct packets
read_packets(const struct trace *t)
{
	struct packets p = { mem_zalloc(trace_count(t) + 1, sizeof(*p.list)),
		0 };
	uint32_t *at = mem_zalloc(trace_count(t) + 1, sizeof(*at));

	CU_ASSERT_PTR_NOT_NULL_FATAL(p.list);
	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		LOCAL_BUF scratch = BUF_INIT;
		LOCAL_BUF raw = BUF_INIT;
		struct trace_rec rec;
		struct trace_send s;
		struct rtp_head head;
		struct str bytes;

		trace_get(t, seq, &rec);
		if (rec.kind == TRACE_RECV) {
			uint64_t of = (uint64_t)trace_int(&rec, "of", 0);

			if (of < seq && at[of] != 0)
				p.list[at[of] - 1].came = true;
		}
		if (rec.kind != TRACE_SEND ||
		    trace_get_send(&rec, &s, &scratch) != 0 || !is_media(&s))
			continue;
		bytes = trace_bytes(&rec, &raw);
		if (rtp_read_head((const uint8_t *)bytes.p, bytes.n, &head)) {
			p.list[p.n++] = (struct packet){ seq, rec.t, head.ssrc,
				rec.node, s.dst_addr, false };
			at[seq] = (uint32_t)p.n;
		}
	}
	mem_free(at);
	return p;
}

/* ROW of L is of the stream that record ROW->seq of T begins. */
static void
check_row(const char *file, const struct trace *t, const struct layout *l,
    const struct layout_row *row, const struct packets *p)
{
	LOCAL_BUF scratch = BUF_INIT;
	unsigned sent = 0, came = 0;
	int64_t end = trace_time_of(t, trace_count(t));
	struct trace_rec rec;
	struct str peer;

	trace_get(t, row->seq, &rec);
	peer = trace_str(&rec, "peer", &scratch);
	for (size_t i = 0; i < p->n; i++) {
		const struct packet *q = &p->list[i];

		if (q->ssrc != (uint32_t)trace_int(&rec, "ssrc", 0) ||
		    !str_eq(q->from, rec.node) || !str_eq(q->to_addr, peer) ||
		    q->t < row->t || q->t > row->t_end)
			continue;
		sent++;
		came += q->came;
	}
	if (sent == 0)
		return;
	all.streams++;
	if (row->media.untold) {
		all.untold++;
		return;
	}
	if (row->media.flows
		? row->lost == (came > 0) && end - row->t > SHORTLY
		: row->copies > came || came - row->copies > LAST_ONES ||
		      row->copies + row->media.missing != sent ||
		      row->lost != (came == 0)) {
		all.wrong++;
		printf("  %s: #%llu %.*s -> %.*s %.*s: %u of %u arrive; "
		       "drawn%s: %u of %u%s\n",
		    file, (unsigned long long)row->seq, STR_ARG(rec.node),
		    STR_ARG(l->columns[row->to].name), STR_ARG(peer), came,
		    sent, row->lost ? " as lost" : "", row->copies,
		    row->copies + row->media.missing,
		    row->media.flows ? ", flowing" : "");
	}
}

static bool
has_streams(const struct trace *t)
{
	for (uint64_t seq = 1; seq <= trace_count(t); seq++)
		if (trace_kind_of(t, seq) == TRACE_MEDIA)
			return true;
	return false;
}

/* Whether a sentence of inspect about a call's media says this of NODE. */
static bool
is_said(const struct inspect *in, struct str node, const char *what)
{
	const struct inspect_report *report = inspect_report(in);
	LOCAL_BUF words = BUF_INIT;
	bool said = false;

	buf_printf(&words, "; %.*s %s", STR_ARG(node), what);
	for (size_t i = 0; i < report->nverdicts; i++) {
		struct str text = report->verdicts[i].text;

		said = said || str_starts(text, buf_cstr(&words) + 2) ||
		       str_find(text, buf_cstr(&words)) >= 0;
	}
	return said;
}

/* L's streams to a node that hears nothing, or something, in all its calls. */
static void
compare_with_inspect(
    const char *file, const struct trace *t, const struct layout *l)
{
	struct inspect *in = inspect_trace(t, file);

	for (size_t c = 0; c < l->ncolumns; c++) {
		struct str node = l->columns[c].name;
		bool none = is_said(in, node, "hears no ");
		bool some = is_said(in, node, "hears ") && !none;
		unsigned lost = 0, come = 0;

		for (size_t i = 0; i < l->nrows; i++) {
			const struct layout_row *r = &l->rows[i];

			if (r->item != LAYOUT_MEDIA || r->to != c ||
			    r->from == c || r->media.untold ||
			    trace_time_of(t, trace_count(t)) - r->t < SHORTLY)
				continue;
			lost += r->lost || r->media.amiss.n > 0;
			come += !r->lost && r->media.amiss.n == 0;
		}
		if (lost + come == 0 || (none ? come : some && come == 0) == 0)
			continue;
		all.wrong++;
		printf("  %s: inspect says that %.*s hears %s; %u streams are "
		       "drawn as coming, %u not\n",
		    file, STR_ARG(node), none ? "nothing" : "something", come,
		    lost);
	}
	inspect_destroy(in);
}

/* T and WHOLE are of one run, without and with its packets. */
static void
compare(const char *file, const struct trace *t, const struct trace *whole)
{
	struct packets p = read_packets(whole);
	struct layout *l = NULL;

	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, NULL, NULL), 0);
	for (size_t i = 0; i < l->nrows; i++)
		if (l->rows[i].item == LAYOUT_MEDIA)
			check_row(file, t, l, &l->rows[i], &p);
	compare_with_inspect(file, t, l);
	layout_destroy(l);
	mem_free(p.list);
}

static void
check_lab(const char *file)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t, *whole;

	if (lab_is_slow(file))
		return;
	t = lab_trace(file, &o);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	o.detail = TRACE_NETWORK;
	if (has_streams(t)) {
		whole = lab_trace(file, &o);
		CU_ASSERT_PTR_NOT_NULL_FATAL(whole);
		compare(file, t, whole);
		trace_destroy(whole);
	}
	trace_destroy(t);
}

static void
say_counts(const char *of)
{
	printf("  %s: %u streams, %u of them untold, %u wrong\n", of,
	    all.streams, all.untold, all.wrong);
	CU_ASSERT_EQUAL(all.wrong, 0);
	CU_ASSERT(all.streams > 0 && all.untold * 6 < all.streams);
	all = (struct counts){ 0 };
}

static void
labs_are_counted(void)
{
	labs_each(check_lab, true);
	say_counts("labs");
}

/* ---- random calls ---- */

static struct rng rng;

static unsigned
draw(unsigned below)
{
	return (unsigned)rng_below(&rng, below);
}

static const char *
one_of(const char *const *words, unsigned n)
{
	return words[draw(n)];
}
#define ONE_OF(...)                                        \
	one_of((const char *const[]){ __VA_ARGS__ },       \
	    sizeof((const char *const[]){ __VA_ARGS__ }) / \
		sizeof(const char *))

/* Two phones and what is between them. */
static void
put_topology(struct buf *b)
{
	static const char link[] = "edge [delay=\"5ms\"]\n";

	buf_printf(b,
	    "graph n {\ndomain=\"example.com\"\n%s"
	    "alice [role=ua, register=true, media=true%s]\n"
	    "bob [role=ua, register=true, answer=\"%s\", media=%s]\n"
	    "pbx [role=\"proxy registrar location\"%s]\n",
	    link, ONE_OF("", ", codecs=PCMA"), ONE_OF("0s", "1s", "2s"),
	    ONE_OF("true", "true", "true", "false"),
	    ONE_OF("", "", ", ip_forward=true"));
	switch (draw(4)) {
	case 0:
		buf_puts(b, "alice -- pbx\npbx -- bob\n");
		break;
	case 1:
		buf_puts(b, "home [role=nat, faces=\"inside=192.168.1.1 "
			    "outside=203.0.113.7\"]\nalice -- home:inside\n"
			    "home:outside -- lan\nlan -- {pbx bob}\n");
		break;
	default:
		buf_printf(b,
		    "alice -- lan [loss=\"%s\"]\n"
		    "bob -- lan [loss=\"%s\"]\npbx -- lan\n",
		    ONE_OF("0%", "0%", "5%", "100%"), ONE_OF("0%", "10%"));
	}
	buf_puts(b, "}\n");
}

static void
put_script(struct buf *b)
{
	buf_puts(b,
	    "lab { title = \"t\", topology = \"t.gv\", duration = \"25s\" }\n"
	    "script(function()\nsleep \"1s\"\n"
	    "local c = node \"alice\":invite \"sip:bob@example.com\"\n"
	    "wait(c, \"confirmed\", \"8s\")\n");
	for (unsigned i = draw(3); i > 0; i--)
		buf_printf(b, "sleep \"%ums\"\n%s\n", 100 + draw(4000),
		    ONE_OF("link(\"bob\", \"lan\"):set { loss = \"100%\" }",
			"link(\"bob\", \"lan\"):down()",
			"link(\"bob\", \"lan\"):up()", "node \"bob\":crash()",
			"node \"bob\":restart()", "node \"alice\":crash()",
			"c:hold()", "c:resume()", "c:reinvite()",
			"node \"bob\":set { addr = \"192.0.2.77\" }"));
	buf_printf(b, "sleep \"%ums\"\n", draw(6000));
	if (draw(4) > 0)
		buf_puts(b, "c:bye()\n");
	buf_puts(b, "end)\n");
}

/* NULL: the run can't begin; a run with an error in its script ends early. */
static struct trace *
run_random(const struct buf *topology, const struct buf *script, uint64_t seed,
    enum trace_detail detail)
{
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct inputs in = { .topology_file = mem_strdup("t.gv"),
		.topology = mem_strdup(buf_cstr((struct buf *)topology)),
		.script_file = mem_strdup("lab.lua"),
		.script = mem_strdup(buf_cstr((struct buf *)script)),
		.has_seed = true,
		.seed = seed,
		.detail = detail };
	int err = lab_run_inputs(&in, 0, &out, &d);

	if (err == 0 || out.n > 0)
		err = trace_load_buf(&t, &out, "random", &d);
	inputs_free(&in);
	if (err != 0)
		printf("  %llu: %s\n", (unsigned long long)seed, d.text);
	return t;
}

static void
random_calls_are_counted(void)
{
	const char *nets = getenv("STREAM_NETS"),
		   *first = getenv("STREAM_SEED");
	uint64_t n = nets != NULL ? strtoull(nets, NULL, 10) : NETS;
	uint64_t from = first != NULL ? strtoull(first, NULL, 10) : 1;

	for (uint64_t seed = from; seed < from + n; seed++) {
		LOCAL_BUF topology = BUF_INIT;
		LOCAL_BUF script = BUF_INIT;
		struct trace *t, *whole;
		char name[32];

		rng_init(&rng, seed, "test", "streams");
		put_topology(&topology);
		put_script(&script);
		t = run_random(&topology, &script, seed, TRACE_PROTOCOL);
		whole = run_random(&topology, &script, seed, TRACE_NETWORK);
		snprintf(
		    name, sizeof(name), "seed %llu", (unsigned long long)seed);
		if (getenv("STREAM_SAY") != NULL)
			printf(
			    "%s\n%s\n", buf_cstr(&topology), buf_cstr(&script));
		if (t != NULL && whole != NULL)
			compare(name, t, whole);
		trace_destroy(t);
		trace_destroy(whole);
	}
	say_counts("random calls");
}

CHECK_MAIN("stream_counts", { "labs_are_counted", labs_are_counted },
    { "random_calls_are_counted", random_calls_are_counted })
