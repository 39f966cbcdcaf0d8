/*
 * The resolver of a host: answers that are not to be believed, which no name
 * server of rung's gives, and servers that chance chooses among.  The rest:
 * resolver.case.
 */
#include "dns/zone.h"
#include "node/locate.h"
#include "node/resolver.h"
#include "fixtures/stage.h"

static struct stage s;

/* The first answer; then the right one comes. */
enum habit {
	ANSWERS,
	WRONG_ID,
	WRONG_OPCODE,
	WRONG_NAME,
	ELSEWHERE, /* another host answers first, with a lie */
	GARBLED,
};

static struct {
	struct net_sock *sock, *liar;
	struct dns_zone *zone;
	enum habit habit;
	unsigned asked;
} ns;

/* The answer to ASKED, as the habit of the moment has it. */
static void
answer(enum habit habit, struct str asked, struct buf *out)
{
	struct dns_message m = DNS_MESSAGE_INIT, r = DNS_MESSAGE_INIT;
	enum dns_fault fault;

	CU_ASSERT_EQUAL_FATAL(dns_message_read(asked, &m, &fault), 0);
	r.id = m.id;
	r.response = r.has_question = true;
	r.question = m.question;
	r.type = m.type;
	r.edns = m.edns;
	r.udp_size = DNS_EDNS_SIZE;
	CU_ASSERT_EQUAL(dns_zone_answer(ns.zone, &r), 0);
	if (habit == WRONG_ID)
		r.id++;
	if (habit == WRONG_OPCODE)
		r.opcode = 2;
	if (habit == WRONG_NAME)
		dns_name_read(STR("x.b.example"), NULL, &r.question);
	CU_ASSERT_EQUAL(dns_message_write(&r, DNS_MAX, out), 0);
	if (habit == GARBLED)
		buf_truncate(out, 20);
	dns_message_free(&r);
	dns_message_free(&m);
}

static void
on_question(const struct net_datagram *d, void *arg)
{
	enum habit habit = ns.asked++ == 0 ? ns.habit : ANSWERS;
	LOCAL_BUF b = BUF_INIT;

	(void)arg;
	answer(habit, d->bytes, &b);
	net_udp_send(habit == ELSEWHERE ? ns.liar : ns.sock, &d->src,
	    buf_view(&b), NULL, RULE_NONE);
}

static struct net_sock *
open_server(const char *name, unsigned host)
{
	struct node *n = stage_node(&s, name, "", "", host, "");
	struct net_sock *sock = NULL;

	mem_free(n->roles);
	n->roles = mem_strdup("dns");
	CU_ASSERT_PTR_NOT_NULL_FATAL(n->roles);
	s.w->name_servers = n;
	CU_ASSERT_EQUAL_FATAL(
	    net_udp_open(n->host, DNS_PORT, on_question, NULL, &sock), 0);
	return sock;
}

/* The name server of b.example has ZONE. */
static void
start(const char *zone)
{
	struct dns_name at;
	struct diag d = DIAG_INIT;

	memset(&ns, 0, sizeof(ns));
	stage_open(&s);
	s.w->locator = &node_dns;
	ns.liar = open_server("liar", 11);
	ns.sock = open_server("ns", 9);
	stage_node(&s, "alice", "ua", "a.example", 1, "dns=ns");
	CU_ASSERT_EQUAL_FATAL(dns_name_read(STR("b.example"), NULL, &at), 0);
	CU_ASSERT_EQUAL_FATAL(
	    dns_zone_read(&ns.zone, str_of(zone), "zone", &at, &d), 0);
}

static void
end(void)
{
	STAGE_STOP(&s, 200000);
	dns_zone_destroy(ns.zone);
}

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

/* SAME: what must come out alike again, 0: nothing. */
static struct addr
locate(const char *uri, uint64_t same)
{
	struct heard h = { .q.same = same };

	node_locate(world_find(s.w, "alice"), str_of(uri), ADDR_DEFAULT,
	    on_located, &h, &h.q);
	CU_ASSERT(stage_run(&s, 30000));
	CU_ASSERT_EQUAL_FATAL(h.times, 1);
	CU_ASSERT_EQUAL(h.err, 0);
	node_locate_stop(&h.q);
	return h.dst;
}

static void
habits(void)
{
	static const struct {
		enum habit habit;
		const char *seen;
	} rows[] = {
		{ WRONG_ID, "\"fault\":\"dns-unasked\"" },
		{ WRONG_OPCODE, "\"fault\":\"dns-unasked\"" },
		{ WRONG_NAME, "\"fault\":\"dns-unasked\"" },
		{ ELSEWHERE, "\"fault\":\"dns-unasked\"" },
		{ GARBLED, "\"fault\":\"dns-bytes\"" },
	};
	struct addr want = stage_addr(4), at;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		start("$TTL 60\n@ SOA ns h 1 2 3 4 5\nplain A 192.0.2.4\n");
		ns.habit = rows[i].habit;
		at = locate("sip:plain.b.example:5060", 0);
		CU_ASSERT(addr_eq(&at, &want));
		CU_ASSERT_EQUAL(ns.asked, 2);
		CU_ASSERT(stage_count(&s, rows[i].seen, NULL, NULL) > 0);
		end();
	}
}

/* 4.2, 4.4: by weight and chance, unless it must come out alike again. */
static void
by_chance(void)
{
	unsigned drawn[2] = { 0 }, same[2] = { 0 };

	start("$TTL 0\n@ SOA ns h 1 2 3 4 5\n"
	      "_sip._udp SRV 10 50 5061 one\n"
	      "_sip._udp SRV 10 50 5062 one\n"
	      "one A 192.0.2.2\n");
	for (unsigned i = 0; i < 30; i++)
		drawn[locate("sip:b.example", 0).port - 5061]++;
	for (unsigned i = 0; i < 30; i++)
		same[locate("sip:b.example", 4711).port - 5061]++;
	CU_ASSERT(drawn[0] > 3 && drawn[1] > 3);
	CU_ASSERT(same[0] == 0 || same[1] == 0);
	STAGE_HAS(&s, 30, RULE("dns-hash"), "/100\"", NULL);
	end();
}

CHECK_MAIN("resolver", { "answers not to be believed", habits },
    { "by chance", by_chance })
