/*
 * The name server as a node: zones that the topology makes and those of files,
 * what it refuses, answers that are cut off, TCP, what it does wrong when told
 * to, records by hand.  A tester asks with bare bytes.
 */
#include "dns/zone.h"
#include "net/tcp.h"
#include "roles/dns/dns.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;
static struct node *ns;

/* A name server without a domain, a proxy with its users' registrar, a phone.
 * ATTRS are the name server's. */
static void
start_dns(const char *attrs)
{
	stage_open(&s);
	world_add_domain(s.w, "b.example",
	    stage_node(&s, "px", "proxy registrar location", "b.example", 2,
		"transport=tcp"));
	stage_node(&s, "bob", "ua", "b.example", 3, "");
	ns = stage_node(&s, "ns", "dns", "", 9, attrs);
	tester_open(&s, &t, "t", 20);
}

static void
end_dns(void)
{
	tester_close(&t);
	stage_close(&s);
}

static struct addr
dns_addr(void)
{
	struct addr a = stage_addr(9);

	a.port = DNS_PORT;
	return a;
}

static void
write_question(struct buf *out, const char *name, unsigned type, bool edns)
{
	struct dns_message m = DNS_MESSAGE_INIT;

	m.id = 7;
	m.has_question = m.recursion_desired = true;
	m.edns = edns;
	m.udp_size = DNS_EDNS_SIZE;
	m.type = (uint16_t)type;
	CU_ASSERT_EQUAL(dns_name_read(str_of(name), NULL, &m.question), 0);
	CU_ASSERT_EQUAL(dns_message_write(&m, DNS_MAX, out), 0);
}

/* BYTES, an answer, as "NOERROR aa: SRV … / A …"; additional ones behind "+".
 */
static void
put_answer(struct str bytes, struct buf *out)
{
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;

	CU_ASSERT_EQUAL(dns_message_read(bytes, &m, &fault), 0);
	CU_ASSERT(m.response && m.id == 7);
	dns_rcode_write(m.rcode, out);
	buf_puts(out, m.authoritative ? " aa" : "");
	buf_puts(out, m.truncated ? " tc" : "");
	buf_puts(out, m.edns ? "" : " plain");
	for (enum dns_section i = DNS_ANSWER; i < DNS_SECTIONS; i++) {
		const struct dns_record *r = dns_message_section(&m, i);

		for (size_t k = 0; k < m.counts[i]; k++) {
			buf_puts(out, i == DNS_ANSWER      ? " / "
				      : i == DNS_AUTHORITY ? " - "
							   : " + ");
			dns_record_write(&r[k], out);
		}
	}
	dns_message_free(&m);
}

/* The TTL of the first record of the I-th answer that has come. */
static uint32_t
first_ttl(size_t i)
{
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	uint32_t ttl;

	CU_ASSERT_EQUAL(
	    dns_message_read(buf_view(&t.got[i].bytes), &m, &fault), 0);
	ttl = dns_message_count(&m) > 0 ? m.records[0].ttl : 0;
	dns_message_free(&m);
	return ttl;
}

/* The answer to BYTES is WANT; "": there is none. */
static void
want_bytes(struct str bytes, const char *want)
{
	struct addr to = dns_addr();
	struct buf out = BUF_INIT;
	size_t before = t.n;

	tester_send(&t, &to, bytes);
	CU_ASSERT(stage_run(&s, 20));
	CU_ASSERT(t.n <= before + 1);
	if (t.n > before)
		put_answer(buf_view(&t.got[before].bytes), &out);
	if (strcmp(buf_cstr(&out), want) != 0)
		printf("  %s\n", buf_cstr(&out));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), want);
	buf_free(&out);
}

static void
want_answer(const char *name, unsigned type, const char *want)
{
	struct buf bytes = BUF_INIT;

	write_question(&bytes, name, type, true);
	want_bytes(buf_view(&bytes), want);
	buf_free(&bytes);
}

/* ---- zones ---- */

#define SOA "SOA ns.b.example. hostmaster.b.example. 1 7200 900 1209600 300"

static void
zones_are_made(void)
{
	start_dns("");
	/* The entry wants to be reached by TCP: that comes first. */
	want_answer("b.example", DNS_TYPE_NAPTR,
	    "NOERROR aa / NAPTR 10 10 \"s\" \"SIP+D2T\" \"\" "
	    "_sip._tcp.b.example. / NAPTR 20 10 \"s\" \"SIP+D2U\" \"\" "
	    "_sip._udp.b.example. / NAPTR 30 10 \"s\" \"SIPS+D2T\" \"\" "
	    "_sips._tcp.b.example. + SRV 10 0 5060 px.b.example. + SRV 10 0 "
	    "5060 px.b.example. + SRV 10 0 5061 px.b.example. + A 192.0.2.2");
	STAGE_HAS(&s, 1, RULE("dns-answer"), KIND("send"), NULL);
	want_answer("_sip._udp.B.example", DNS_TYPE_SRV,
	    "NOERROR aa / SRV 10 0 5060 px.b.example. + A 192.0.2.2");
	want_answer("bob.b.example", DNS_TYPE_A, "NOERROR aa / A 192.0.2.3");
	want_answer("b.example", DNS_TYPE_NS,
	    "NOERROR aa / NS ns.b.example. + A 192.0.2.9");
	want_answer("b.example", DNS_TYPE_SOA, "NOERROR aa / " SOA);
	want_answer("bob.b.example", DNS_TYPE_AAAA, "NOERROR aa - " SOA);
	STAGE_HAS(&s, 1, RULE("dns-no-data"), NULL, NULL);
	want_answer("zed.b.example", DNS_TYPE_A, "NXDOMAIN aa - " SOA);
	STAGE_HAS(&s, 1, RULE("dns-no-name"), NULL, NULL);
	want_answer("3.2.0.192.in-addr.arpa", DNS_TYPE_PTR,
	    "NOERROR aa / PTR bob.b.example.");
	want_answer("c.example", DNS_TYPE_A, "REFUSED");
	end_dns();
}

static void
servers_have_weights(void)
{
	stage_open(&s);
	world_add_domain(s.w, "b.example",
	    stage_node(&s, "px", "proxy", "b.example", 2, ""));
	stage_node(&s, "py", "proxy", "b.example", 3, "");
	node_set_attr(world_find(s.w, "px"), "srv", "10 60");
	node_set_attr(world_find(s.w, "py"), "srv", "20 5");
	ns = stage_node(&s, "ns", "dns", "b.example", 9, "ttl=60s");
	/* Another server has what is below. */
	stage_node(&s, "ns2", "dns", "sub.b.example", 10, "");
	tester_open(&s, &t, "t", 20);
	want_answer("_sip._udp.b.example", DNS_TYPE_SRV,
	    "NOERROR aa / SRV 10 60 5060 px.b.example. / SRV 20 5 5060 "
	    "py.b.example. + A 192.0.2.2 + A 192.0.2.3");
	/* ns was made before ns2 was there: after a restart it knows. */
	node_crash(ns);
	CU_ASSERT_EQUAL(node_start(ns), 0);
	want_answer("x.sub.b.example", DNS_TYPE_A,
	    "NOERROR - NS ns2.sub.b.example. + A 192.0.2.10");
	STAGE_HAS(&s, 1, RULE("dns-delegated"), NULL, NULL);
	end_dns();
}

static const char zone_text[] = "$ORIGIN z.example.\n$TTL 60\n"
				"@ SOA ns h 1 2 3 4 5\n"
				"@ NS ns\nns A 192.0.2.9\n"
				"www CNAME web\nweb A 192.0.2.7\n";

static void
files_are_served(void)
{
	struct diag d = DIAG_INIT;

	start_dns("");
	CU_ASSERT_EQUAL(map_put(s.w->texts, STR("z"), (char *)zone_text), 0);
	node_set_attr(ns, "zone", "z");
	CU_ASSERT_EQUAL(dns_check(ns, &d), 0);
	node_crash(ns);
	CU_ASSERT_EQUAL(node_start(ns), 0);
	want_answer("www.z.example", DNS_TYPE_A,
	    "NOERROR aa / CNAME web.z.example. / A 192.0.2.7");
	STAGE_HAS(&s, 1, RULE("dns-alias"), NULL, NULL);
	want_answer("b.example", DNS_TYPE_SOA, "REFUSED");
	CU_ASSERT_EQUAL(
	    map_put(s.w->texts, STR("z"), (char *)"@ SOA a b 1 2 3 4 5\n"), 0);
	CU_ASSERT_NOT_EQUAL(dns_check(ns, &d), 0);
	CU_ASSERT_EQUAL(d.line, 1);
	end_dns();
}

/* ---- what is refused ---- */

static void
what_is_no_question(void)
{
	struct buf q = BUF_INIT;
	char *p;

	start_dns("");
	write_question(&q, "bob.b.example", DNS_TYPE_A, true);
	p = q.p;
	p[2] |= 0x80; /* an answer: nobody answers that */
	want_bytes(buf_view(&q), "");
	p[2] = 0x20; /* opcode 4 */
	want_bytes(buf_view(&q), "NOTIMP");
	p[2] = 1;
	p[q.n - 5] = 1; /* EDNS version 1 */
	want_bytes(buf_view(&q), "BADVERS");
	p[q.n - 5] = 0;
	p[q.n - 12] = 3; /* class CH */
	want_bytes(buf_view(&q), "REFUSED");
	p[q.n - 12] = 1;
	p[q.n - 14] = (char)252; /* AXFR */
	want_bytes(buf_view(&q), "REFUSED");
	want_bytes(str_slice(buf_view(&q), 0, 20), "FORMERR plain");
	want_bytes(str_slice(buf_view(&q), 0, 11), "");
	p[5] = 2; /* two questions */
	want_bytes(buf_view(&q), "FORMERR plain");
	STAGE_HAS(&s, 4, KIND("bad"), "\"fault\":\"dns-question\"", NULL);
	STAGE_HAS(&s, 1, KIND("bad"), "\"at\":\"questions\"", NULL);
	buf_free(&q);
	end_dns();
}

/* ---- lengths, TCP ---- */

static struct buf stream;

static void
on_bytes(struct net_conn *c, void *arg)
{
	struct str in = net_tcp_peek(c);

	(void)arg;
	buf_str(&stream, in);
	net_tcp_take(c, in.n);
}

/* Without EDNS 512 bytes: additional records are left out first, then all. */
static void
long_answers_go_by_tcp(void)
{
	static const struct net_tcp_ops ops = { .received = on_bytes };
	struct buf q = BUF_INIT, twice = BUF_INIT;
	struct addr to = dns_addr();
	struct net_conn *c;

	start_dns("");
	for (unsigned i = 1; i <= 40; i++) {
		char addr[16];

		snprintf(addr, sizeof(addr), "10.0.0.%u", i);
		CU_ASSERT_EQUAL(
		    stage_do(&s, "ns", "put", NULL, "name", "many.b.example",
			"type", "A", "data", addr, "beside", "true", NULL),
		    0);
	}
	write_question(&q, "many.b.example", DNS_TYPE_A, false);
	want_bytes(buf_view(&q), "NOERROR aa tc plain");
	STAGE_HAS(&s, 1, RULE("dns-too-long"), NULL, NULL);
	/* Two questions over one connection, in three pieces. */
	for (unsigned i = 0; i < 2; i++) {
		buf_putc(&twice, 0);
		buf_putc(&twice, (char)q.n);
		buf_str(&twice, buf_view(&q));
	}
	CU_ASSERT_EQUAL_FATAL(
	    net_tcp_connect(t.node->host, &to, &ops, NULL, &c), 0);
	net_tcp_send(c, str_slice(buf_view(&twice), 0, 1), NULL, RULE_NONE);
	net_tcp_send(
	    c, str_slice(buf_view(&twice), 1, q.n + 9), NULL, RULE_NONE);
	net_tcp_send(
	    c, str_slice(buf_view(&twice), q.n + 9, twice.n), NULL, RULE_NONE);
	CU_ASSERT(stage_run(&s, 200));
	CU_ASSERT_EQUAL_FATAL(stream.n, 2 * (2 + q.n + 40 * 16));
	STAGE_HAS(&s, 2, NODE("ns"), KIND("send"), "\"tcp\"");
	/* An end without an end of its question; a server that crashes. */
	net_tcp_send(c, STR("\0\1"), NULL, RULE_NONE);
	CU_ASSERT(stage_run(&s, 50));
	node_crash(ns);
	CU_ASSERT_EQUAL(node_start(ns), 0);
	net_tcp_abort(c);
	CU_ASSERT(stage_run(&s, 50));
	buf_free(&stream);
	buf_free(&twice);
	buf_free(&q);
	end_dns();
}

/* ---- what it does wrong ---- */

static void
what_reply_says(void)
{
	static const struct {
		const char *reply, *want;
	} rows[] = {
		{ "silent", "" },
		{ "truncated", "NOERROR aa tc" },
		{ "plain", "FORMERR plain" },
		{ "servfail", "SERVFAIL" },
		{ "refused", "REFUSED" },
		{ "nxdomain", "NXDOMAIN" },
		{ "", "NOERROR aa / A 192.0.2.3" },
	};

	start_dns("");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		node_set_attr(ns, "reply", rows[i].reply);
		want_answer("bob.b.example", DNS_TYPE_A, rows[i].want);
	}
	node_set_attr(
	    ns, "lies", "bob.b.example=192.0.2.66 www.other=2001:db8::66");
	want_answer("bob.b.example", DNS_TYPE_A, "NOERROR aa / A 192.0.2.66");
	want_answer(
	    "www.other", DNS_TYPE_AAAA, "NOERROR aa / AAAA 2001:db8::66");
	want_answer("px.b.example", DNS_TYPE_A, "NOERROR aa / A 192.0.2.2");
	STAGE_HAS(&s, 3, RULE("dns-lie"), NULL, NULL);
	end_dns();
}

static void
it_may_think(void)
{
	start_dns("think=1s");
	want_answer("bob.b.example", DNS_TYPE_A, "");
	CU_ASSERT(stage_run(&s, 985));
	CU_ASSERT_EQUAL(t.n, 0);
	CU_ASSERT(stage_run(&s, 20));
	CU_ASSERT_EQUAL(t.n, 1);
	/* One that it thinks about is gone with it. */
	want_answer("bob.b.example", DNS_TYPE_A, "");
	node_crash(ns);
	CU_ASSERT(stage_run(&s, 2000));
	CU_ASSERT_EQUAL(t.n, 1);
	end_dns();
}

/* RFC 1034 4.3.1: one that finds out for others asks who knows. */
static void
others_are_asked(void)
{
	stage_open(&s);
	world_add_domain(s.w, "b.example",
	    stage_node(&s, "px", "proxy", "b.example", 2, ""));
	stage_node(&s, "ns2", "dns", "b.example", 10, "");
	ns = stage_node(
	    &s, "ns", "dns", "a.example", 9, "recursion=true think=0");
	tester_open(&s, &t, "t", 20);
	CU_ASSERT(stage_run(&s, 10));
	want_answer("px.b.example", DNS_TYPE_A, "");
	CU_ASSERT(stage_run(&s, 20));
	CU_ASSERT_EQUAL_FATAL(t.n, 1);
	STAGE_HAS(&s, 1, RULE("dns-recursion"), NULL, NULL);
	/* Now it knows; of the TTL is left what is left. */
	want_answer("px.b.example", DNS_TYPE_A, "NOERROR / A 192.0.2.2");
	CU_ASSERT_EQUAL(first_ttl(t.n - 1), 3600);
	CU_ASSERT(stage_run(&s, 10000));
	want_answer("px.b.example", DNS_TYPE_A, "NOERROR / A 192.0.2.2");
	CU_ASSERT_EQUAL(first_ttl(t.n - 1), 3590);
	/* RFC 2308 6: that there is nothing comes with its SOA. */
	want_answer("no.b.example", DNS_TYPE_A, "");
	CU_ASSERT(stage_run(&s, 20));
	want_answer("no.b.example", DNS_TYPE_A,
	    "NXDOMAIN - SOA ns2.b.example. hostmaster.b.example. 1 7200 900 "
	    "1209600 300");
	CU_ASSERT_EQUAL(first_ttl(t.n - 1), 300);
	/* One that waits is gone with it. */
	want_answer("py.b.example", DNS_TYPE_A, "");
	node_crash(ns);
	CU_ASSERT(stage_run(&s, 2000));
	CU_ASSERT_EQUAL(t.n, 5);
	end_dns();
}

/* ---- by hand ---- */

static void
records_by_hand(void)
{
	start_dns("");
	CU_ASSERT_EQUAL(
	    stage_do(&s, "ns", "put", NULL, "name", "bob.b.example", "type",
		"A", "data", "192.0.2.77", "ttl", "5min", NULL),
	    0);
	want_answer("bob.b.example", DNS_TYPE_A, "NOERROR aa / A 192.0.2.77");
	CU_ASSERT_EQUAL(
	    stage_do(&s, "ns", "put", NULL, "name", "_sip._udp.b.example",
		"type", "SRV", "data", "20 0 5070 bob", "beside", "true", NULL),
	    0);
	want_answer("_sip._udp.b.example", DNS_TYPE_SRV,
	    "NOERROR aa / SRV 10 0 5060 px.b.example. / SRV 20 0 5070 "
	    "bob.b.example. + A 192.0.2.2 + A 192.0.2.77");
	CU_ASSERT_EQUAL(stage_do(&s, "ns", "erase", NULL, "name",
			    "_sip._udp.b.example", NULL),
	    0);
	want_answer("_sip._udp.b.example", DNS_TYPE_SRV, "NXDOMAIN aa - " SOA);
	CU_ASSERT_NOT_EQUAL(
	    stage_do(&s, "ns", "erase", NULL, "name", "zed.b.example", NULL),
	    0);
	CU_ASSERT_NOT_EQUAL(stage_do(&s, "ns", "put", NULL, "name", "a.other",
				"type", "A", "data", "192.0.2.1", NULL),
	    0);
	CU_ASSERT_NOT_EQUAL(
	    stage_do(&s, "ns", "put", NULL, "name", "a.b.example", "type", "A",
		"data", "192.0.2.1\nb.b.example. A 192.0.2.2", "ttl", "soon",
		NULL),
	    0);
	CU_ASSERT_NOT_EQUAL(
	    stage_do(&s, "ns", "put", NULL, "name", "a.b.example", "type", "A",
		"data", "bob", NULL),
	    0);
	end_dns();
}

CHECK_MAIN("dns_role", { "zones are made", zones_are_made },
    { "servers have weights", servers_have_weights },
    { "files are served", files_are_served },
    { "what is no question", what_is_no_question },
    { "long answers go by TCP", long_answers_go_by_tcp },
    { "what reply says", what_reply_says }, { "it may think", it_may_think },
    { "others are asked", others_are_asked },
    { "records by hand", records_by_hand })
