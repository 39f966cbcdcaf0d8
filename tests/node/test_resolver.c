/*
 * The resolver of a host and RFC 3263 by it: a tester is the name server, which
 * answers from a zone, or does what servers should not.
 */
#include "dns/zone.h"
#include "net/tcp.h"
#include "node/locate.h"
#include "node/resolver.h"
#include "fixtures/stage.h"

#define DOMAIN "b.example"

static struct stage s;

/* What a server does with a question, from its first one on; then ANSWERS. */
enum habit {
	ANSWERS,
	SILENT,
	CUTS,     /* says that the answer did not fit */
	FAILS,    /* SERVFAIL */
	NO_OPT,   /* FORMERR to whoever has EDNS */
	WRONG_ID, /* and then the right one */
	WRONG_OPCODE,
	WRONG_NAME,
	ELSEWHERE, /* another host answers first, with a lie */
	GARBLED,
	ALONE, /* nothing beside the answer */
};

struct server {
	struct node *node;
	struct net_sock *sock, *liar;
	struct net_listener *listener;
	struct dns_zone *zone;
	enum habit habit;
	unsigned bad; /* questions that are treated so */
	unsigned asked, by_tcp;
	char names[40][80]; /* what was asked for, "SRV _sip._udp.b.example" */
};

static struct server ns, other;
static struct net_sock *liar_sock;

static const char zone_text[] =
    "$TTL 60\n"
    "@ SOA ns hostmaster 1 7200 900 1209600 30\n"
    "@ NS ns\n"
    "ns A 192.0.2.9\n"
    "@ NAPTR 20 10 \"s\" \"SIP+D2U\" \"\" _sip._udp\n"
    "@ NAPTR 10 10 \"s\" \"SIP+D2S\" \"\" _sip._sctp\n"
    "@ NAPTR 30 10 \"s\" \"SIP+D2T\" \"\" _sip._tcp\n"
    "_sip._udp SRV 10 0 5070 one\n"
    "_sip._udp SRV 20 0 5080 two\n"
    "_sip._tcp SRV 10 0 5090 two\n"
    "one A 192.0.2.2\n"
    "two A 192.0.2.3\n"
    "pair NAPTR 10 20 \"s\" \"SIP+D2T\" \"\" _sip._tcp\n"
    "pair NAPTR 10 10 \"s\" \"SIP+D2U\" \"\" _sip._udp\n"
    "pair NAPTR 10 30 \"s\" \"SIPS+D2T\" \"\" _sips._tcp.gone\n"
    "pair NAPTR 20 10 \"s\" \"SIP+D2U\" \"\" _sip._udp.gone\n"
    "half NAPTR 10 10 \"s\" \"SIP+D2U\" \"\" _sip._udp.gone\n"
    "half NAPTR 10 20 \"s\" \"SIP+D2T\" \"\" _sip._tcp\n"
    "_sip._udp.each SRV 0 0 0 .\n"
    "_sip._tcp.each SRV 0 0 5095 one\n"
    "plain A 192.0.2.4\n"
    "plain A 192.0.2.5\n"
    "alias CNAME plain\n"
    "far CNAME host.c.example.\n"
    "ring CNAME ring2\n"
    "ring2 CNAME ring\n"
    "gone NAPTR 10 10 \"s\" \"SIP+D2U\" \"\" _sip._udp.gone\n"
    "_sip._udp.gone SRV 0 0 0 .\n"
    "sub NS ns.sub\n"
    "ns.sub A 192.0.2.10\n";

/* ---- the server ---- */

static void
note_question(struct server *v, const struct dns_message *m)
{
	struct buf b = BUF_INIT;

	dns_type_write(m->type, &b);
	buf_putc(&b, ' ');
	dns_name_write(&m->question, &b);
	snprintf(v->names[v->asked++ % 40], 80, "%s", buf_cstr(&b));
	buf_free(&b);
}

/* The answer of V to ASKED, as the habit of the moment has it. */
static void
answer(struct server *v, struct str asked, bool tcp, struct buf *out)
{
	struct dns_message m = DNS_MESSAGE_INIT, r = DNS_MESSAGE_INIT;
	enum habit habit = v->asked < v->bad ? v->habit : ANSWERS;
	enum dns_fault fault;

	CU_ASSERT_EQUAL_FATAL(dns_message_read(asked, &m, &fault), 0);
	note_question(v, &m);
	v->by_tcp += tcp;
	r.id = m.id;
	r.response = r.has_question = true;
	r.question = m.question;
	r.type = m.type;
	r.edns = m.edns;
	r.udp_size = DNS_EDNS_SIZE;
	CU_ASSERT_EQUAL(dns_zone_answer(v->zone, &r), 0);
	if (habit == ALONE)
		r.counts[DNS_ADDITIONAL] = 0;
	if (habit == FAILS || (habit == NO_OPT && m.edns)) {
		memset(r.counts, 0, sizeof(r.counts));
		r.rcode = habit == FAILS ? DNS_SERVFAIL : DNS_FORMERR;
		r.edns = false;
	}
	if (habit == CUTS && !tcp) {
		memset(r.counts, 0, sizeof(r.counts));
		r.truncated = true;
	}
	if (habit == WRONG_ID)
		r.id++;
	if (habit == WRONG_OPCODE)
		r.opcode = 2;
	if (habit == WRONG_NAME)
		dns_name_read(STR("x.b.example"), NULL, &r.question);
	CU_ASSERT_EQUAL(dns_message_write(&r, DNS_MAX, out), 0);
	if (habit == GARBLED)
		buf_truncate(out, 20);
	if (habit == SILENT)
		buf_clear(out);
	dns_message_free(&r);
	dns_message_free(&m);
}

static void
on_question(const struct net_datagram *d, void *arg)
{
	struct server *v = arg;
	bool lies = v->asked < v->bad && v->habit == ELSEWHERE;
	struct buf b = BUF_INIT;

	answer(v, d->bytes, false, &b);
	if (b.n > 0)
		net_udp_send(lies ? liar_sock : v->sock, &d->src, buf_view(&b),
		    NULL, RULE_NONE);
	buf_free(&b);
}

static void
on_stream(struct net_conn *c, void *arg)
{
	struct str in = net_tcp_peek(c);
	struct buf b = BUF_INIT, framed = BUF_INIT;

	if (in.n < 2 || in.n < 2 + (size_t)(uint8_t)in.p[1])
		return;
	answer(arg, str_slice(in, 2, in.n), true, &b);
	net_tcp_take(c, in.n);
	buf_putc(&framed, (char)(b.n >> 8));
	buf_putc(&framed, (char)b.n);
	buf_str(&framed, buf_view(&b));
	net_tcp_send(c, buf_view(&framed), NULL, RULE_NONE);
	buf_free(&b);
	buf_free(&framed);
}

static const struct net_tcp_ops stream_ops = { .received = on_stream };

static void
on_accept(struct net_conn *c, void *arg)
{
	net_tcp_set_user(c, &stream_ops, arg);
}

static void
read_zone(struct server *v, const char *apex, const char *text)
{
	struct dns_name at;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL_FATAL(dns_name_read(str_of(apex), NULL, &at), 0);
	CU_ASSERT_EQUAL_FATAL(
	    dns_zone_read(&v->zone, str_of(text), "zone", &at, &d), 0);
}

static void
open_server(struct server *v, const char *name, unsigned host, const char *apex,
    const char *text)
{
	memset(v, 0, sizeof(*v));
	v->node = stage_node(&s, name, "", "", host, "");
	mem_free(v->node->roles);
	v->node->roles = mem_strdup("dns");
	CU_ASSERT_PTR_NOT_NULL_FATAL(v->node->roles);
	s.w->name_servers = v->node;
	CU_ASSERT_EQUAL_FATAL(
	    net_udp_open(v->node->host, DNS_PORT, on_question, v, &v->sock), 0);
	CU_ASSERT_EQUAL_FATAL(
	    net_tcp_listen(v->node->host, DNS_PORT, on_accept, v, &v->listener),
	    0);
	read_zone(v, apex, text);
}

static void
start(const char *attrs)
{
	struct node *liar;

	stage_open(&s);
	s.w->locator = &node_dns;
	open_server(&ns, "ns", 9, DOMAIN, zone_text);
	liar = stage_node(&s, "liar", "", "", 11, "");
	CU_ASSERT_EQUAL_FATAL(
	    net_udp_open(liar->host, DNS_PORT, on_question, &ns, &liar_sock),
	    0);
	stage_node(&s, "alice", "ua", "a.example", 1, attrs);
}

static void
end(void)
{
	CU_ASSERT(stage_run(&s, 200000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	dns_zone_destroy(ns.zone);
	dns_zone_destroy(other.zone);
	memset(&other, 0, sizeof(other));
	stage_close(&s);
}

/* ---- asking ---- */

struct heard {
	struct node_question q;
	unsigned times;
	int err;
	struct addr dst;
};

static void
on_located(int err, const struct addr *dst, void *arg)
{
	struct heard *h = arg;

	h->times++;
	h->err = err;
	if (err == 0)
		h->dst = *dst;
}

static void
locate(struct heard *h, const char *uri, enum addr_transport liked)
{
	memset(h, 0, sizeof(*h));
	node_locate(
	    world_find(s.w, "alice"), str_of(uri), liked, on_located, h, &h->q);
}

/* "192.0.2.2:5070;udp", or the error. */
static const char *
place(const struct heard *h)
{
	static char text[80];
	struct buf b = BUF_INIT;

	if (h->times == 0)
		return "nothing";
	if (h->err != 0)
		return "none";
	addr_write(&h->dst, &b);
	snprintf(text, sizeof(text), "%s;%s", buf_cstr(&b),
	    addr_transports[h->dst.transport].word);
	buf_free(&b);
	return text;
}

static void
expect(const char *uri, enum addr_transport liked, const char *want)
{
	struct heard h;

	locate(&h, uri, liked);
	CU_ASSERT(stage_run(&s, 30000));
	CU_ASSERT_EQUAL(h.times, 1);
	if (strcmp(place(&h), want) != 0)
		printf("%s: %s, not %s\n", uri, place(&h), want);
	CU_ASSERT_STRING_EQUAL(place(&h), want);
	node_locate_stop(&h.q);
}

/* ---- RFC 3263 ---- */

static void
transports_and_servers(void)
{
	start("");
	expect("sip:bob@b.example", ADDR_DEFAULT, "192.0.2.2:5070;udp");
	CU_ASSERT_STRING_EQUAL(ns.names[0], "NAPTR b.example");
	/* What it names came along (RFC 3263 4.1). */
	STAGE_HAS(&s, 1, "\"passed\":[", "SIP+D2S not-spoken", "SIP+D2T later");
	expect(
	    "sip:b.example;transport=tcp", ADDR_DEFAULT, "192.0.2.3:5090;tcp");
	expect("sip:b.example:5999", ADDR_DEFAULT, "none");
	expect("sip:plain.b.example:5999", ADDR_DEFAULT, "192.0.2.4:5999;udp");
	expect("sip:plain.b.example", ADDR_DEFAULT, "192.0.2.4:5060;udp");
	expect("sip:plain.b.example", ADDR_TCP, "192.0.2.4:5060;tcp");
	expect("sip:alias.b.example", ADDR_DEFAULT, "192.0.2.4:5060;udp");
	expect("sip:nobody.b.example", ADDR_DEFAULT, "none");
	STAGE_HAS(&s, 0, KIND("bad"), NULL, NULL);
	expect("sip:ring.b.example:5060", ADDR_DEFAULT, "none");
	STAGE_HAS(&s, 1, KIND("bad"), RULE("dns-ring"), "ring2.b.example");
	expect("sip:gone.b.example", ADDR_DEFAULT, "none");
	/* A service that is not there gives way to the next one. */
	expect("sip:half.b.example", ADDR_DEFAULT, "192.0.2.3:5090;tcp");
	STAGE_HAS(&s, 2, "SIP+D2U not-there", NULL, NULL);
	expect("sip:each.b.example", ADDR_DEFAULT, "192.0.2.2:5095;tcp");
	STAGE_HAS(&s, 1, RULE("dns-srv-each"), NULL, NULL);
	expect("sip:192.0.2.77:5062", ADDR_DEFAULT, "192.0.2.77:5062;udp");
	expect("sip:x.b.example:5999;maddr=plain.b.example", ADDR_DEFAULT,
	    "192.0.2.4:5999;udp");
	expect("sip:c.example", ADDR_DEFAULT, "none");
	end();
}

/* 4.3: the next server, and the next address. */
static void
next_places(void)
{
	struct heard h;

	start("");
	locate(&h, "sip:b.example", ADDR_DEFAULT);
	CU_ASSERT(stage_run(&s, 1000));
	CU_ASSERT_STRING_EQUAL(place(&h), "192.0.2.2:5070;udp");
	CU_ASSERT(node_locate_next(&h.q));
	CU_ASSERT(stage_run(&s, 1000));
	CU_ASSERT_STRING_EQUAL(place(&h), "192.0.2.3:5080;udp");
	CU_ASSERT_FALSE(node_locate_next(&h.q));
	node_locate_stop(&h.q);
	locate(&h, "sip:plain.b.example", ADDR_DEFAULT);
	CU_ASSERT(stage_run(&s, 1000));
	CU_ASSERT(node_locate_next(&h.q));
	CU_ASSERT_STRING_EQUAL(place(&h), "192.0.2.5:5060;udp");
	node_locate_stop(&h.q);
	end();
}

/* Where HEARD is told to go on. */
static const char *
next_place(struct heard *h)
{
	if (!node_locate_next(&h->q))
		return "no more";
	CU_ASSERT(stage_run(&s, 1000));
	return place(h);
}

/* RFC 3403 4.1: when all servers of a service have failed the next one of that
 * order has its turn, the one that is liked first, and none of another order.
 */
static void
next_services(void)
{
	struct heard h;

	start("");
	locate(&h, "sip:pair.b.example", ADDR_DEFAULT);
	CU_ASSERT(stage_run(&s, 1000));
	CU_ASSERT_STRING_EQUAL(place(&h), "192.0.2.2:5070;udp");
	STAGE_HAS(&s, 1, RULE("dns-naptr"), "SIP+D2T next", "SIP+D2U later");
	CU_ASSERT_STRING_EQUAL(next_place(&h), "192.0.2.3:5080;udp");
	CU_ASSERT_STRING_EQUAL(next_place(&h), "192.0.2.3:5090;tcp");
	STAGE_HAS(&s, 1, RULE("dns-next-service"), "_sip._tcp", NULL);
	/* SIPS has no SRV records there: nothing is left. */
	CU_ASSERT_STRING_EQUAL(next_place(&h), "none");
	CU_ASSERT_STRING_EQUAL(next_place(&h), "no more");
	node_locate_stop(&h.q);
	locate(&h, "sip:pair.b.example", ADDR_TCP);
	CU_ASSERT_STRING_EQUAL(place(&h), "192.0.2.3:5090;tcp");
	CU_ASSERT_STRING_EQUAL(next_place(&h), "192.0.2.2:5070;udp");
	node_locate_stop(&h.q);
	end();
}

/* 4.2, 4.4: by weight and chance, unless it must come out alike again. */
static void
by_chance(void)
{
	static const char text[] = "$TTL 0\n"
				   "@ SOA ns h 1 2 3 4 5\n"
				   "_sip._udp SRV 10 50 5061 one\n"
				   "_sip._udp SRV 10 50 5062 one\n"
				   "one A 192.0.2.2\n";
	unsigned drawn[2] = { 0 }, same[2] = { 0 };
	struct heard h;

	start("");
	dns_zone_destroy(ns.zone);
	read_zone(&ns, DOMAIN, text);
	for (unsigned i = 0; i < 60; i++) {
		memset(&h, 0, sizeof(h));
		h.q.same = i < 30 ? 0 : 4711;
		node_locate(world_find(s.w, "alice"), STR("sip:b.example"),
		    ADDR_DEFAULT, on_located, &h, &h.q);
		CU_ASSERT(stage_run(&s, 1000));
		CU_ASSERT_EQUAL_FATAL(h.times, 1);
		(i < 30 ? drawn : same)[h.dst.port - 5061]++;
		node_locate_stop(&h.q);
	}
	CU_ASSERT(drawn[0] > 3 && drawn[1] > 3);
	CU_ASSERT(same[0] == 0 || same[1] == 0);
	STAGE_HAS(&s, 30, RULE("dns-hash"), "/100\"", NULL);
	end();
}

/* ---- the cache ---- */

static void
kept(void)
{
	unsigned asked;

	start("");
	expect("sip:b.example", ADDR_DEFAULT, "192.0.2.2:5070;udp");
	asked = ns.asked;
	expect("sip:b.example", ADDR_DEFAULT, "192.0.2.2:5070;udp");
	CU_ASSERT_EQUAL(ns.asked, asked);
	CU_ASSERT(stage_run(&s, 40000)); /* the TTL is over */
	expect("sip:b.example", ADDR_DEFAULT, "192.0.2.2:5070;udp");
	CU_ASSERT(ns.asked > asked);
	asked = ns.asked;
	/* RFC 2308: 30 s, the SOA's minimum. */
	expect("sip:no.b.example:5060", ADDR_DEFAULT, "none");
	expect("sip:no.b.example:5061", ADDR_DEFAULT, "none");
	CU_ASSERT_EQUAL(ns.asked, asked + 1);
	end();
}

/* ---- servers that fail ---- */

static void
habits(void)
{
	static const struct {
		enum habit habit;
		unsigned bad;
		const char *want;
		unsigned asked, by_tcp;
		const char *seen, *text;
	} rows[] = {
		{ ANSWERS, 0, "192.0.2.4:5060;udp", 1, 0, NULL, NULL },
		{ SILENT, 1, "192.0.2.4:5060;udp", 2, 0, RULE("dns-retry"),
		    "\"retx\":" },
		{ SILENT, 9, "none", 3, 0, RULE("dns-give-up"), NULL },
		{ CUTS, 1, "192.0.2.4:5060;udp", 2, 1, RULE("dns-truncated"),
		    NULL },
		{ FAILS, 1, "none", 1, 0, RULE("dns-give-up"), NULL },
		{ NO_OPT, 1, "192.0.2.4:5060;udp", 2, 0, RULE("dns-plain"),
		    NULL },
		{ WRONG_ID, 1, "192.0.2.4:5060;udp", 2, 0,
		    "\"fault\":\"dns-unasked\"", NULL },
		{ WRONG_OPCODE, 1, "192.0.2.4:5060;udp", 2, 0,
		    "\"fault\":\"dns-unasked\"", NULL },
		{ WRONG_NAME, 1, "192.0.2.4:5060;udp", 2, 0,
		    "\"fault\":\"dns-unasked\"", NULL },
		{ ELSEWHERE, 1, "192.0.2.4:5060;udp", 2, 0,
		    "\"fault\":\"dns-unasked\"", NULL },
		{ GARBLED, 1, "192.0.2.4:5060;udp", 2, 0,
		    "\"fault\":\"dns-bytes\"", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		start("");
		ns.habit = rows[i].habit;
		ns.bad = rows[i].bad;
		expect("sip:plain.b.example:5060", ADDR_DEFAULT, rows[i].want);
		CU_ASSERT_EQUAL(ns.asked, rows[i].asked);
		CU_ASSERT_EQUAL(ns.by_tcp, rows[i].by_tcp);
		if (rows[i].seen != NULL)
			CU_ASSERT(stage_count(&s, rows[i].seen, rows[i].text,
				      NULL) > 0);
		end();
	}
}

/* Of two servers the other one is asked when the first is silent. */
static void
second_server(void)
{
	start("");
	node_set_attr(world_find(s.w, "alice"), "dns", "ns ns2");
	open_server(&other, "ns2", 10, DOMAIN, zone_text);
	ns.habit = SILENT;
	ns.bad = 99;
	expect("sip:plain.b.example:5060", ADDR_DEFAULT, "192.0.2.4:5060;udp");
	CU_ASSERT_EQUAL(ns.asked, 1);
	CU_ASSERT_EQUAL(other.asked, 1);
	end();
}

/* One that fails is left out, and not asked again. */
static void
failing_server(void)
{
	start("");
	node_set_attr(world_find(s.w, "alice"), "dns", "ns ns2");
	open_server(&other, "ns2", 10, DOMAIN, zone_text);
	ns.habit = FAILS;
	ns.bad = 99;
	other.habit = SILENT;
	other.bad = 1;
	expect("sip:plain.b.example:5060", ADDR_DEFAULT, "192.0.2.4:5060;udp");
	CU_ASSERT_EQUAL(ns.asked, 1);
	CU_ASSERT_EQUAL(other.asked, 2);
	STAGE_HAS(&s, 1, RULE("dns-next-server"), KIND("send"), NULL);
	end();
}

static void
referrals(void)
{
	static const char sub[] = "$TTL 60\n"
				  "@ SOA ns h 1 2 3 4 5\n"
				  "host A 192.0.2.6\n";

	start("dns=ns");
	open_server(&other, "nssub", 10, "sub.b.example", sub);
	expect(
	    "sip:host.sub.b.example:5060", ADDR_DEFAULT, "192.0.2.6:5060;udp");
	CU_ASSERT_EQUAL(ns.asked, 1);
	CU_ASSERT_EQUAL(other.asked, 1);
	end();
}

/* A crash forgets what was kept, and a question that was out. */
static void
crashes(void)
{
	struct node *n;
	struct heard h;

	start("");
	n = world_find(s.w, "alice");
	expect("sip:plain.b.example:5060", ADDR_DEFAULT, "192.0.2.4:5060;udp");
	ns.habit = SILENT;
	ns.bad = 99;
	locate(&h, "sip:one.b.example:5060", ADDR_DEFAULT);
	node_locate_stop(&h.q);
	node_crash(n);
	CU_ASSERT_EQUAL(node_start(n), 0);
	ns.bad = 0;
	expect("sip:plain.b.example:5060", ADDR_DEFAULT, "192.0.2.4:5060;udp");
	CU_ASSERT_EQUAL(ns.asked, 3);
	end();
}

CHECK_MAIN("resolver", { "transports and servers", transports_and_servers },
    { "the next place", next_places }, { "the next service", next_services },
    { "by chance", by_chance }, { "what is kept", kept },
    { "servers that fail", habits }, { "a second server", second_server },
    { "a server that fails", failing_server }, { "referrals", referrals },
    { "crashes", crashes })
