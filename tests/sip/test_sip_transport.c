/*
 * What the transport asks of the stack: timers over TCP (RFC 3261 17, table
 * 4), the size rule (18.1.1), Via and Content-Length, responses after a broken
 * connection (18.2.2), troubles (17.1.4, 18.4), alias (RFC 5923), a node that
 * moves to another address.
 */
#include "fixtures/sip_world.h"

#include "rules/rule_names.h"
#include "sip/defaults.h"
#include "text/json.h"
#include "machine/machine.h"

static struct sip_transaction *
begin(struct sip_world *w, const char *method)
{
	struct sip_bytes *request = NULL;
	struct sip_transaction *tr = sip_world_start(w, method, &request);

	sip_bytes_unref(request);
	CU_ASSERT_PTR_NOT_NULL_FATAL(tr);
	return tr;
}

/* What was sent last, as a text. */
static struct str
sent(const struct sip_world *w, size_t i)
{
	return (struct str){ w->sent[i].text, w->sent[i].n };
}

static bool
has(const struct sip_world *w, size_t i, const char *needle)
{
	return i < w->nsent && str_find(sent(w, i), needle) >= 0;
}

static void
answer(struct sip_world *w, struct sip_transaction *tr, unsigned status)
{
	struct sip_bytes *request = sip_bytes_ref(sip_transaction_request(tr));

	sip_world_answer(w, request, status, "b");
	sip_bytes_unref(request);
}

static void
trouble(struct sip_world *w, enum sip_trouble how)
{
	struct addr a;

	addr_parse(STR("192.0.2.2:5060"), &a);
	sip_stack_trouble(
	    w->stack, &a, how, how == SIP_BROKEN ? "reset" : "refused");
}

/* ---- timers ---- */

static bool
timer_set(const struct sip_world *w, const char *name, const char *length)
{
	char needle[80];

	snprintf(
	    needle, sizeof(needle), "\"op\":\"set\",\"name\":\"%s\"", name);
	if (length == NULL)
		return sip_world_traced(w, needle) > 0;
	for (struct str rest = buf_view(&w->trace); rest.n > 0;) {
		struct str line = str_cut(rest, '\n', &rest);

		if (str_find(line, needle) >= 0 && str_find(line, length) >= 0)
			return true;
	}
	return false;
}

/* A 1xx does not start Timer E; D and K are 0. */
static void
check_client_answered(uint8_t by)
{
	static const char *const methods[] = { "INVITE", "OPTIONS" };

	for (size_t i = 0; i < 2; i++) {
		struct sip_transaction *tr;
		struct sip_world w;
		char via[64];

		snprintf(via, sizeof(via), "Via: SIP/2.0/%s 192.0",
		    addr_transports[by].name);
		sip_world_open(&w);
		w.transport = by;
		tr = begin(&w, methods[i]);
		answer(&w, tr, 180);
		sip_world_at(&w, 20000);
		CU_ASSERT_EQUAL(w.nsent, 1);
		CU_ASSERT_FALSE(timer_set(&w, "E", NULL));
		answer(&w, tr, 404);
		CU_ASSERT_EQUAL(w.ends, 0);
		sip_world_run(&w, 20000);
		CU_ASSERT_EQUAL(w.ends, 1);
		CU_ASSERT_TRUE(
		    timer_set(&w, i == 0 ? "D" : "K", "\"length\":0"));
		CU_ASSERT_EQUAL(w.nsent, i == 0 ? 2 : 1);
		/* 17.1.1.3: the ACK goes as the INVITE went. */
		if (i == 0) {
			CU_ASSERT_TRUE(has(&w, 1, "ACK sip:bob@192.0.2.2"));
			CU_ASSERT_TRUE(has(&w, 1, via));
			CU_ASSERT_EQUAL(w.sent[1].dst.transport, by);
		}
		CU_ASSERT_EQUAL(sim_held(w.sim), 0);
		sip_world_close(&w);
	}
}

static void
client_answered(void)
{
	for (uint8_t by = ADDR_TCP; by < ADDR_KNOWN_TRANSPORTS; by++)
		check_client_answered(by);
}

/* No Timer G; H as ever; I is 0. */
static void
check_invite_refused(uint8_t by)
{
	struct sip_world w;

	for (unsigned acked = 0; acked < 2; acked++) {
		sip_world_open(&w);
		w.transport = by;
		sip_world_request_in(&w, "INVITE", "z9hG4bKi", "");
		CU_ASSERT_EQUAL(sip_world_respond(&w, 486), 0);
		sip_world_at(&w, 10000);
		CU_ASSERT_EQUAL(w.nsent, 1);
		CU_ASSERT_FALSE(timer_set(&w, "G", NULL));
		if (acked)
			sip_world_request_in(&w, "ACK", "z9hG4bKi", "a");
		sip_world_run(&w, acked ? 10000 : 32000);
		CU_ASSERT_EQUAL(w.ends, 1);
		CU_ASSERT_EQUAL(w.failures, !acked);
		CU_ASSERT_EQUAL(timer_set(&w, "I", "\"length\":0"), acked);
		CU_ASSERT_EQUAL(sim_held(w.sim), 0);
		sip_world_close(&w);
	}
}

static void
invite_refused(void)
{
	for (uint8_t by = ADDR_TCP; by < ADDR_KNOWN_TRANSPORTS; by++)
		check_invite_refused(by);
}

/* ---- the way back to UDP ---- */

static void
check_moved(struct sip_world *w, struct sip_transaction *was)
{
	struct str a = sent(w, 0), b = sent(w, 1);

	CU_ASSERT_EQUAL_FATAL(w->nsent, 2);
	CU_ASSERT_EQUAL(w->moves, 1);
	CU_ASSERT_PTR_NOT_NULL_FATAL(w->moved_to);
	CU_ASSERT_PTR_NOT_EQUAL(w->moved_to, was);
	CU_ASSERT_EQUAL(w->failures + w->ends, 0);
	CU_ASSERT_EQUAL(w->sent[1].dst.transport, ADDR_UDP);
	CU_ASSERT_EQUAL(w->sent[1].why, RULE_TRANSPORT_FALLBACK);
	CU_ASSERT_EQUAL(w->sent[1].retx, 0);
	CU_ASSERT_TRUE(has(w, 1, "Via: SIP/2.0/UDP 192.0.2.1:5060;branch="));
	CU_ASSERT_FALSE(str_eq(a, b));
	/* From behind the Via on they are the same. */
	a = str_slice(a, (size_t)str_find(a, "Max-Forwards"), a.n);
	b = str_slice(b, (size_t)str_find(b, "Max-Forwards"), b.n);
	CU_ASSERT_TRUE(str_eq(a, b));
	CU_ASSERT_EQUAL(
	    sip_world_traced(w, "\"rule\":\"transport-fallback\""), 1);
	CU_ASSERT_EQUAL(sip_world_traced(w, "\"event\":\"transport error\","
					    "\"reason\":\"refused\""),
	    1);
}

static void
falls_back(void)
{
	static const char *const methods[] = { "INVITE", "OPTIONS" };

	for (size_t i = 0; i < 2; i++) {
		struct sip_transaction *tr;
		struct sip_world w;

		sip_world_open(&w);
		w.padding = 1500;
		tr = begin(&w, methods[i]);
		trouble(&w, SIP_UNREACHABLE);
		check_moved(&w, tr);
		/* By UDP it is repeated, and answered. */
		sip_world_at(&w, 600);
		CU_ASSERT_EQUAL(w.nsent, 3);
		CU_ASSERT_EQUAL(w.sent[2].retx, 1002);
		answer(&w, w.moved_to, 404);
		CU_ASSERT_EQUAL(w.responses, 1);
		/* Trouble with TCP is nothing to it any more. */
		trouble(&w, SIP_UNREACHABLE);
		CU_ASSERT_EQUAL(w.failures, 0);
		sip_world_run(&w, 100000);
		CU_ASSERT_EQUAL(w.ends, 1);
		CU_ASSERT_EQUAL(sim_held(w.sim), 0);
		sip_world_close(&w);
	}
}

/* Who has a user no more is not sent again. */
static void
forgotten(void)
{
	struct sip_world w;

	sip_world_open(&w);
	w.padding = 1500;
	sip_transaction_set_user(begin(&w, "INVITE"), NULL, NULL);
	trouble(&w, SIP_UNREACHABLE);
	CU_ASSERT_EQUAL(w.nsent, 1);
	CU_ASSERT_EQUAL(sim_held(w.sim), 0);
	sip_world_close(&w);
}

/* ---- troubles ---- */

/* Once there is a response the transaction waits for the next one (18.2.2). */
static void
broken_later(void)
{
	struct sip_transaction *tr;
	struct sip_world w;

	sip_world_open(&w);
	w.transport = ADDR_TCP;
	tr = begin(&w, "INVITE");
	answer(&w, tr, 180);
	trouble(&w, SIP_BROKEN);
	CU_ASSERT_EQUAL(w.failures + w.ends, 0);
	answer(&w, tr, 200);
	CU_ASSERT_EQUAL(w.last_status, 200);
	sip_world_close(&w);
}

static void
end_the_others(
    struct sip_world *w, struct sip_transaction *tr, const char *what)
{
	(void)tr;
	(void)what;
	sip_stack_destroy(w->stack);
	w->stack = NULL;
	w->on_told = NULL;
}

/* All that wait for that address hear of it, and those alone; whoever is told
 * may end everything. */
static void
several(void)
{
	struct sip_world w;

	for (unsigned destroy = 0; destroy < 2; destroy++) {
		struct addr other;

		sip_world_open(&w);
		w.transport = ADDR_TCP;
		for (size_t i = 0; i < 5; i++)
			begin(&w, i % 2 ? "INVITE" : "OPTIONS");
		addr_parse(STR("192.0.2.2:5061"), &other);
		sip_stack_trouble(w.stack, &other, SIP_BROKEN, "reset");
		CU_ASSERT_EQUAL(w.failures, 0);
		if (destroy)
			w.on_told = end_the_others;
		trouble(&w, SIP_BROKEN);
		CU_ASSERT_EQUAL(w.failures, destroy ? 1 : 5);
		CU_ASSERT_EQUAL(sim_held(w.sim), 0);
		sip_world_close(&w);
	}
}

/* 18.2.2: with its connection gone a response goes to the source address and
 * the sent-by port; what becomes of that is told. */
static void
detour(const char *method, bool expect_end)
{
	static const char text[] =
	    "%s sip:alice@192.0.2.1 SIP/2.0\r\n"
	    "Via: SIP/2.0/TCP host.example:5070;rport;branch=z9hG4bKd\r\n"
	    "From: <sip:bob@192.0.2.2>;tag=b\r\nTo: <sip:alice@192.0.2.1>\r\n"
	    "Call-ID: c\r\nCSeq: 1 %s\r\nContent-Length: 0\r\n\r\n";
	struct sip_world w;
	char bytes[500];
	struct addr to;

	sip_world_open(&w);
	w.transport = ADDR_TCP;
	snprintf(bytes, sizeof(bytes), text, method, method);
	sip_world_receive_bytes(&w, "192.0.2.2:40000", str_of(bytes));
	sip_world_respond(&w, 180);
	CU_ASSERT_EQUAL(w.sent[0].dst.port, 40000);
	CU_ASSERT_TRUE(has(&w, 0, ";received=192.0.2.2"));
	CU_ASSERT_TRUE(has(&w, 0, "rport=40000"));
	CU_ASSERT_EQUAL(sip_world_traced(&w, "transport-reconnect"), 0);
	w.gone = true;
	sip_world_respond(&w, 182);
	CU_ASSERT_EQUAL(w.sent[1].dst.port, 5070);
	CU_ASSERT_EQUAL(w.sent[1].dst.transport, ADDR_TCP);
	CU_ASSERT_EQUAL(sip_world_traced(&w, "transport-reconnect"), 1);
	addr_parse(STR("192.0.2.2:5070"), &to);
	/* The new one breaks: the next response tries again. */
	sip_stack_trouble(w.stack, &to, SIP_BROKEN, "reset");
	CU_ASSERT_EQUAL(w.failures, 0);
	sip_stack_trouble(w.stack, &to, SIP_UNREACHABLE, "refused");
	CU_ASSERT_EQUAL(w.failures, 1);
	CU_ASSERT_EQUAL(w.last_failure, SIP_TRANSPORT);
	CU_ASSERT_EQUAL(w.ends, expect_end);
	CU_ASSERT_EQUAL(
	    sip_world_traced(&w, "\"rule\":\"server-transport-error\""), 1);
	sip_world_close(&w);
}

static void
response_fails(void)
{
	detour("OPTIONS", true);
	detour("INVITE", false); /* RFC 6026 7.1 */
}

/* ---- the message ---- */

/* 16.6 step 9, 18.3: on a stream what has no Content-Length gets one. */
static void
length_is_added(void)
{
	static const char text[] =
	    "ACK sip:bob@192.0.2.2 SIP/2.0\r\n"
	    "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa\r\n"
	    "From: <sip:a@192.0.2.1>;tag=a\r\nTo: <sip:b@192.0.2.2>;tag=b\r\n"
	    "Call-ID: c\r\nCSeq: 1 ACK\r\n\r\nfour";
	struct sip_origin why = { RULE_NONE, 0 };
	struct sip_world w;
	struct addr dst;

	sip_world_open(&w);
	addr_parse(STR("192.0.2.2:5060"), &dst);
	sip_stack_send(w.stack, str_of(text), &dst, &why, 0);
	CU_ASSERT_TRUE(str_is(sent(&w, 0), text));
	dst.transport = ADDR_TCP;
	sip_stack_send(w.stack, str_of(text), &dst, &why, 0);
	CU_ASSERT_TRUE(has(&w, 1, "Via: SIP/2.0/TCP 192"));
	CU_ASSERT_TRUE(
	    has(&w, 1, "CSeq: 1 ACK\r\nContent-Length: 4\r\n\r\nfour"));
	CU_ASSERT_FALSE(has(&w, 1, "alias"));
	/* Without a transaction the size rule holds, too. */
	w.mtu = 300;
	dst.transport = ADDR_UDP;
	sip_stack_send(w.stack, str_of(text), &dst, &why, 0);
	CU_ASSERT_EQUAL(w.sent[2].dst.transport, ADDR_TCP);
	CU_ASSERT_TRUE(str_eq(sent(&w, 2), sent(&w, 1)));
	CU_ASSERT_EQUAL(sip_world_traced(&w, "transport-size"), 1);
	sip_world_close(&w);
}

/* 18.1.1: and where nobody takes it by TCP, it goes by UDP, once. */
static void
without_transaction(void)
{
	static const char text[] =
	    "ACK sip:bob@192.0.2.2 SIP/2.0\r\n"
	    "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa\r\n"
	    "From: <sip:a@192.0.2.1>;tag=a\r\nTo: <sip:b@192.0.2.2>;tag=b\r\n"
	    "Call-ID: c\r\nCSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n";
	struct sip_origin why = { RULE_NONE, 5 };
	struct sip_world w;
	struct addr dst, other;

	sip_world_open(&w);
	w.mtu = 300;
	addr_parse(STR("192.0.2.2:5060"), &dst);
	addr_parse(STR("192.0.2.3:5060"), &other);
	sip_stack_send(w.stack, str_of(text), &dst, &why, 0);
	sip_stack_send(w.stack, str_of(text), &other, &why, 0);
	CU_ASSERT_EQUAL(w.sent[0].dst.transport, ADDR_TCP);
	/* What may have arrived is not sent again. */
	trouble(&w, SIP_BROKEN);
	CU_ASSERT_EQUAL(w.nsent, 2);
	trouble(&w, SIP_UNREACHABLE);
	CU_ASSERT_EQUAL_FATAL(w.nsent, 3);
	CU_ASSERT_EQUAL(w.sent[2].dst.transport, ADDR_UDP);
	CU_ASSERT_TRUE(addr_eq(&w.sent[2].dst, &dst));
	CU_ASSERT_TRUE(str_is(sent(&w, 2), text));
	CU_ASSERT_EQUAL(w.sent[2].why, RULE_TRANSPORT_FALLBACK);
	CU_ASSERT_EQUAL(w.sent[2].fwd, 5);
	CU_ASSERT_EQUAL(w.sent[2].retx, 1001);
	trouble(&w, SIP_UNREACHABLE);
	CU_ASSERT_EQUAL(w.nsent, 3);
	/* Not for ever, and not without end. */
	for (size_t i = 0; i < 1000; i++)
		sip_stack_send(w.stack, str_of(text), &dst, &why, 0);
	sip_world_forget(&w);
	trouble(&w, SIP_UNREACHABLE);
	CU_ASSERT_EQUAL(w.nsent_all, SIP_LARGE_MAX);
	sip_stack_send(w.stack, str_of(text), &dst, &why, 0);
	sip_world_at(&w, 33000);
	sip_stack_send(w.stack, str_of(text), &other, &why, 0);
	sip_world_forget(&w);
	trouble(&w, SIP_UNREACHABLE);
	CU_ASSERT_EQUAL(w.nsent_all, 0);
	sip_world_close(&w);
}

static void
alias(void)
{
	struct sip_world w;
	static const char text[] =
	    "OPTIONS sip:alice@192.0.2.1 SIP/2.0\r\n"
	    "Via: SIP/2.0/TCP host.example:5070;branch=z9hG4bKd;alias\r\n"
	    "From: <sip:bob@192.0.2.2>;tag=b\r\nTo: <sip:alice@192.0.2.1>\r\n"
	    "Call-ID: c\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";

	CU_ASSERT_EQUAL_FATAL(
	    sip_world_try_open_as(&w, "192.0.2.1:5060", true), 0);
	begin(&w, "OPTIONS");
	CU_ASSERT_FALSE(has(&w, 0, "alias"));
	w.transport = ADDR_TCP;
	begin(&w, "OPTIONS");
	CU_ASSERT_TRUE(has(&w, 1, ";alias\r\n"));
	/* Theirs: the source's address, the advertised port. */
	w.transport = ADDR_UDP;
	sip_world_receive_bytes(&w, "192.0.2.2:40000", str_of(text));
	CU_ASSERT_EQUAL(w.aliases, 0);
	w.transport = ADDR_TCP;
	sip_world_receive_bytes(&w, "192.0.2.2:40000", str_of(text));
	CU_ASSERT_EQUAL(w.aliases, 1);
	CU_ASSERT_EQUAL(w.alias.port, 5070);
	CU_ASSERT_EQUAL(w.alias.ip[3], 2);
	sip_world_close(&w);
}

/* What can't be cut out of a stream. */
static void
unframed(void)
{
	static const char text[] =
	    "OPTIONS sip:alice@192.0.2.1 SIP/2.0\r\n"
	    "Via: SIP/2.0/TCP 192.0.2.2:5070;branch=z9hG4bKd\r\n"
	    "From: <sip:bob@192.0.2.2>;tag=b\r\nTo: <sip:alice@192.0.2.1>\r\n"
	    "Call-ID: c\r\nCSeq: 1 OPTIONS\r\n\r\n";
	struct sip_world w;
	struct addr src;

	sip_world_open(&w);
	addr_parse(STR("192.0.2.2:40000"), &src);
	src.transport = ADDR_TCP;
	sip_stack_refuse(
	    w.stack, str_of(text), MSG_FAULT_MISSING, &src, NULL, 77);
	CU_ASSERT_EQUAL_FATAL(w.nsent, 1);
	CU_ASSERT_TRUE(has(&w, 0, "SIP/2.0 400 "));
	CU_ASSERT_EQUAL(w.sent[0].dst.port, 40000);
	CU_ASSERT_EQUAL(sip_world_traced(&w, "\"rule\":\"stream-length\""), 1);
	sip_stack_refuse(
	    w.stack, str_of(text), MSG_FAULT_TOO_LARGE, &src, NULL, 77);
	CU_ASSERT_TRUE(has(&w, 1, "SIP/2.0 513 "));
	sip_stack_refuse(w.stack, str_slice(str_of(text), 0, 90),
	    MSG_FAULT_TORN, &src, NULL, 77);
	CU_ASSERT_EQUAL(w.nsent, 2);
	CU_ASSERT_EQUAL(sip_world_traced(&w, "\"rule\":\"stream-torn\""), 1);
	CU_ASSERT_EQUAL(sip_world_traced(&w, "\"fault\":\"torn\""), 1);
	CU_ASSERT_EQUAL(w.requests, 0);
	sip_world_close(&w);
}

/* ---- another address ---- */

static void
moves_away(void)
{
	struct sip_transaction *tr;
	struct sip_world w;
	struct addr a;

	sip_world_open(&w);
	tr = begin(&w, "INVITE");
	addr_parse(STR("[2001:db8::9]:5062"), &a);
	CU_ASSERT_EQUAL(sip_stack_set_addr(w.stack, &a), 0);
	begin(&w, "OPTIONS");
	CU_ASSERT_TRUE(
	    has(&w, 1, "Via: SIP/2.0/UDP [2001:db8::9]:5062;branch="));
	/* A live transaction's answer still finds it. */
	answer(&w, tr, 200);
	CU_ASSERT_EQUAL(w.responses, 1);
	sip_world_run(&w, 32000);
	CU_ASSERT_EQUAL(w.ends, 2);
	sip_world_close(&w);
}

static void
not_ours(void)
{
	struct sip_world w;
	char bytes[1000];
	struct str text;
	ptrdiff_t at;

	sip_world_open(&w);
	begin(&w, "OPTIONS");
	text = sent(&w, 0);
	at = str_find(text, "branch=");
	snprintf(bytes, sizeof(bytes),
	    "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.7:5060;%.*s\r\n"
	    "From: <sip:a@b>;tag=a\r\nTo: <sip:a@b>;tag=b\r\n"
	    "Call-ID: call@192.0.2.1\r\nCSeq: 1 OPTIONS\r\n\r\n",
	    (int)(str_find(text, "\r\nMax") - at), text.p + at);
	sip_world_receive(&w, bytes);
	CU_ASSERT_EQUAL(w.responses, 0);
	CU_ASSERT_EQUAL(sip_world_traced(&w, "\"rule\":\"stray-response\""), 1);
	sip_world_close(&w);
}

/* ---- without memory ---- */

static int
all_of_it(struct sip_world *w)
{
	struct sip_origin why = { RULE_NONE, 0 };
	struct sip_transaction *tr;
	struct sip_bytes *request = NULL;
	struct addr a;

	if (sip_world_try_open(w, "192.0.2.1:5060") != 0)
		return ERR_NOMEM;
	w->padding = 1500;
	tr = sip_world_start(w, "INVITE", &request);
	sip_bytes_unref(request);
	if (tr == NULL)
		return ERR_NOMEM;
	trouble(w, SIP_UNREACHABLE);
	w->transport = ADDR_TCP;
	sip_world_request_in(w, "OPTIONS", "z9hG4bKo", "");
	w->gone = true;
	if (w->server == NULL || sip_world_respond(w, 200) != 0)
		return ERR_NOMEM;
	addr_parse(STR("192.0.2.3"), &a);
	if (sip_stack_set_addr(w->stack, &a) != 0)
		return ERR_NOMEM;
	sip_stack_refuse(w->stack, STR("A sip:b SIP/2.0\r\n\r\n"),
	    MSG_FAULT_MISSING, &a, NULL, 77);
	w->mtu = 201;
	sip_stack_send(w->stack,
	    STR("ACK sip:b SIP/2.0\r\n"
		"Via: SIP/2.0/UDP x;branch=1\r\n\r\n"),
	    &a, &why, 0);
	sip_stack_trouble(w->stack, &a, SIP_UNREACHABLE, "refused");
	return sim_error(w->sim)->err;
}

static void
no_memory(void)
{
	unsigned long n = 1;
	int err;

	do {
		struct sip_world w;

		mem_fail_from(n);
		err = all_of_it(&w);
		mem_fail_from(0);
		sip_world_close(&w);
	} while (err != 0 && ++n < 2000);
	CU_ASSERT_EQUAL(err, 0);
	CU_ASSERT_TRUE(n > 30);
}

CHECK_MAIN("sip_transport", { "client answered", client_answered },
    { "INVITE refused", invite_refused }, { "falls back", falls_back },
    { "forgotten", forgotten }, { "broken later", broken_later },
    { "several", several }, { "response fails", response_fails },
    { "length is added", length_is_added },
    { "without a transaction", without_transaction }, { "alias", alias },
    { "unframed", unframed }, { "moves away", moves_away },
    { "not ours", not_ours }, { "no memory", no_memory })
