/*
 * What originates at a node, byte for byte; and dialogs, which tell what goes
 * into it.
 */
#include "rules/rule_names.h"
#include "fixtures/sip_world.h"
#include "msg/header_names.h"
#include "msg/headers.h"

static struct msg one, two;

/* A request within a dialog, and the address it goes to. */
static int
request_to(struct sip_dialog *d, const struct sip_request_spec *spec,
    struct sip_bytes **b, struct addr *dst)
{
	static struct msg m;
	struct msg_addr route = { .uri = STR_NULL };
	bool strict;
	int err = sip_dialog_request(d, spec, b, &strict);

	if (err != 0)
		return err;
	msg_read(&m, sip_bytes_view(*b), NULL);
	if (!strict && msg_field(&m, MSG_H_ROUTE, 0) != NULL)
		msg_addr_read(msg_field(&m, MSG_H_ROUTE, 0)->value, &route);
	return sip_next_hop(route.uri.n > 0 ? route.uri : m.uri, dst);
}

static void
is(struct sip_bytes *b, const char *want)
{
	CU_ASSERT_FATAL(b != NULL);
	if (!str_is(sip_bytes_view(b), want))
		printf("WANTED\n%s\nGOT\n%s\n", want, b->p);
	CU_ASSERT(str_is(sip_bytes_view(b), want));
	sip_bytes_unref(b);
}

static void
request(void)
{
	const struct str routes[] = { STR("<sip:p>"),
		STR("\"Two\" <sip:p2.example.com;lr;x=%61>") };
	const struct sip_header headers[] = {
		{ "User-Agent", STR("rung") },
		{ "min-expires", STR("60") },
		{ "X-thing", STR("a,b , c") },
		{ "Content-Length", STR("9") },
		{ "Allow", STR("INVITE, ACK") },
	};
	struct sip_request_spec spec = {
		.method = STR("INVITE"),
		.uri = STR("sip:%62ob@192.0.2.2;transport=udp?a=b"),
		.from = STR("A <sip:a>;tag=1"),
		.to = STR("tel:+1"),
		.call_id = STR("1"),
		.cseq = 7,
		.branch = STR("z9hG4bKx"),
		.contact = STR("<sip:alice@192.0.2.1>"),
		.routes = routes,
		.nroutes = 2,
		.headers = headers,
		.nheaders = 5,
		.content_type = STR("application/sdp"),
		.body = STR("v=0\r\n"),
	};
	struct sip_world w;
	struct sip_bytes *b;
	struct sip_header hops = { "Max-Forwards", STR("0") };

	sip_world_open(&w);
	CU_ASSERT(sip_build_request(w.stack, &spec, &b) == 0);
	is(b, "INVITE sip:%62ob@192.0.2.2;transport=udp?a=b SIP/2.0\r\n"
	      "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKx\r\n"
	      "Max-Forwards: 70\r\n"
	      "Route: <sip:p>\r\n"
	      "Route: \"Two\" <sip:p2.example.com;lr;x=%61>\r\n"
	      "From: A <sip:a>;tag=1\r\n"
	      "To: tel:+1\r\n"
	      "Call-ID: 1\r\n"
	      "CSeq: 7 INVITE\r\n"
	      "Contact: <sip:alice@192.0.2.1>\r\n"
	      "Content-Type: application/sdp\r\n"
	      "User-Agent: rung\r\n"
	      "Min-Expires: 60\r\n"
	      "X-thing: a,b , c\r\n"
	      "Allow: INVITE, ACK\r\n"
	      "Content-Length: 5\r\n\r\nv=0\r\n");
	spec.headers = &hops;
	spec.nheaders = 1;
	spec.body = STR_NULL;
	spec.nroutes = 0;
	CU_ASSERT(sip_build_request(w.stack, &spec, &b) == 0);
	is(b, "INVITE sip:%62ob@192.0.2.2;transport=udp?a=b SIP/2.0\r\n"
	      "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKx\r\n"
	      "From: A <sip:a>;tag=1\r\nTo: tel:+1\r\nCall-ID: 1\r\n"
	      "CSeq: 7 INVITE\r\nContact: <sip:alice@192.0.2.1>\r\n"
	      "Max-Forwards: 0\r\nContent-Length: 0\r\n\r\n");
	sip_world_close(&w);
}

/* What a script gives can't break out of its line. */
static void
injection(void)
{
	static const char *const bad[] = { "a\r\nEvil: 1", "a\nb", "a\rb" };
	struct sip_request_spec good = {
		.method = STR("INFO"),
		.uri = STR("sip:b@192.0.2.2"),
		.from = STR("<sip:a@192.0.2.1>"),
		.to = STR("<sip:b@192.0.2.2>"),
		.call_id = STR("123"),
		.cseq = 1,
	};
	struct sip_world w;
	struct sip_bytes *b;

	sip_world_open(&w);
	for (size_t i = 0; i < 3; i++) {
		struct sip_request_spec s = good;
		struct sip_header h = { "Subject", str_of(bad[i]) };
		struct sip_header n = { bad[i], STR("x") };

		s.headers = &h;
		s.nheaders = 1;
		CU_ASSERT(sip_build_request(w.stack, &s, &b) == ERR_SYNTAX);
		s.headers = &n;
		CU_ASSERT(sip_build_request(w.stack, &s, &b) == ERR_SYNTAX);
		s = good;
		s.method = str_of(bad[i]);
		CU_ASSERT(sip_build_request(w.stack, &s, &b) == ERR_SYNTAX);
		s = good;
		s.uri = str_of(bad[i]);
		CU_ASSERT(sip_build_request(w.stack, &s, &b) == ERR_SYNTAX);
		s = good;
		s.call_id = str_of(bad[i]);
		CU_ASSERT(sip_build_request(w.stack, &s, &b) == ERR_SYNTAX);
		CU_ASSERT(b == NULL);
	}
	good.uri = STR("sip:a b");
	CU_ASSERT(sip_build_request(w.stack, &good, &b) == ERR_SYNTAX);
	good.method = STR("A B");
	CU_ASSERT(sip_build_request(w.stack, &good, &b) == ERR_SYNTAX);
	sip_world_close(&w);
}

static const char invite[] =
    "INVITE sip:%61lice@192.0.2.1;x=Y SIP/2.0\r\n"
    "v: SIP/2.0/UDP 192.0.2.2 ;branch=z9hG4bK1,SIP / 2.0 / UDP c;a=\"b,\"\r\n"
    "Via: SIP/2.0/UDP d\r\n"
    "Route: <sip:p> , <sip:q.example.com;lr>\r\n"
    "Record-Route: <sip:192.0.2.2;lr>\r\n"
    "f: \"B\\\r\n  o\0b\" <sip:bob@192.0.2.2>;tag=b\r\n"
    "t: <sip:alice@192.0.2.1>\r\ni: x@y\r\nCSeq: 007 INVITE\r\n"
    "Timestamp: 54\r\nContact: <sip:bob@192.0.2.2>\r\n\r\n";

/* ---- dialogs ---- */

static void
uas(void)
{
	struct sip_request_spec spec = { .method = STR("BYE") };
	struct sip_world w;
	struct sip_dialog *d;
	struct sip_bytes *b;
	struct addr dst;

	sip_world_open(&w);
	msg_read(&one, (struct str){ invite, sizeof(invite) - 1 }, NULL);
	CU_ASSERT_FATAL(
	    sip_dialog_uas(&d, w.stack, &one, STR("a"), EVENT_1XX_SENT) == 0);
	CU_ASSERT(d->remote_cseq == 7 && d->local_cseq == 0);
	CU_ASSERT(
	    sip_world_traced(
		&w, "\"id\":\"a/b\",\"from\":\"none\",\"to\":\"early\"") == 1);
	CU_ASSERT(
	    sip_world_traced(&w, "\"remote_target\":\"sip:bob@192.0.2.2\","
				 "\"routes\":[\"<sip:192.0.2.2;lr>\"") == 1);
	CU_ASSERT_FATAL(request_to(d, &spec, &b, &dst) == 0);
	CU_ASSERT(dst.port == 5060 && dst.ip[3] == 2);
	CU_ASSERT(msg_read(&two, sip_bytes_view(b), NULL) == MSG_FAULT_NONE);
	CU_ASSERT(msg_check(&two, NULL) == MSG_FAULT_NONE);
	CU_ASSERT(str_is(two.uri, "sip:bob@192.0.2.2"));
	CU_ASSERT(str_is(msg_value(&two, MSG_H_ROUTE), "<sip:192.0.2.2;lr>"));
	CU_ASSERT(str_is(msg_value(&two, MSG_H_CSEQ), "1 BYE"));
	CU_ASSERT(str_is(msg_tag(msg_value(&two, MSG_H_TO)), "b"));
	CU_ASSERT(d->local_cseq == 1);
	sip_bytes_unref(b);
	sip_dialog_step(d, EVENT_2XX_SENT, RULE_DIALOG_CONFIRMED);
	sip_dialog_step(d, EVENT_ACK, RULE_DIALOG_ESTABLISHED);
	CU_ASSERT(sip_world_traced(&w, "\"to\":\"confirmed\"") == 1);
	/* The target and the routes are as they were. */
	CU_ASSERT(sip_world_traced(&w, "\"remote_target\":") == 1);
	CU_ASSERT(sip_world_traced(&w, "\"routes\":") == 1);

	/* 12.2.2 */
	msg_read(
	    &two, STR("INVITE sip:a SIP/2.0\r\nCSeq: 6 INVITE\r\n\r\n"), NULL);
	CU_ASSERT(sip_dialog_receive(d, &two) == 500);
	msg_read(&two,
	    STR("UPDATE sip:a SIP/2.0\r\nCSeq: 8 UPDATE\r\n"
		"Contact: <sip:new@x>\r\n\r\n"),
	    NULL);
	CU_ASSERT(sip_dialog_receive(d, &two) == 0);
	CU_ASSERT(strcmp(d->remote_target, "sip:new@x") != 0);
	CU_ASSERT(sip_dialog_refresh(d, &two) == 0);
	CU_ASSERT_STRING_EQUAL(d->remote_target, "sip:new@x");
	CU_ASSERT(sip_world_traced(&w, "\"rule\":\"dialog-refresh\"") == 1);
	CU_ASSERT(sip_world_traced(
		      &w, "\"from\":\"confirmed\",\"to\":\"confirmed\"") == 1);
	CU_ASSERT(sip_world_traced(&w, "\"remote_target\":\"sip:new@x\"") == 1);
	CU_ASSERT(sip_world_traced(&w, "\"routes\":") == 1);
	msg_read(&two,
	    STR("INFO sip:a SIP/2.0\r\nCSeq: 9 INFO\r\n"
		"Contact: <sip:newer@x>\r\n\r\n"),
	    NULL);
	CU_ASSERT(sip_dialog_receive(d, &two) == 0 && d->remote_cseq == 9);
	CU_ASSERT_STRING_EQUAL(d->remote_target, "sip:new@x");
	msg_read(&two,
	    STR("INVITE sip:a SIP/2.0\r\nCSeq: 10 INVITE\r\n"
		"Contact: *\r\n\r\n"),
	    NULL);
	CU_ASSERT(sip_dialog_receive(d, &two) == 400);
	sip_dialog_destroy(d);
	sip_world_close(&w);
}

#define RESPONSE(routes, tag, contact)                                      \
	"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n" routes           \
	"f: <sip:bob@192.0.2.2>;tag=b\r\nt: <sip:alice@192.0.2.1>;tag=" tag \
	"\r\ni: x@y\r\nCSeq: 7 INVITE\r\n" contact "\r\n"

/* 12.1.2: the route set in reverse; a strict first router. */
static void
uac(void)
{
	struct sip_request_spec spec = { .method = STR("ACK"), .cseq = 7 };
	struct sip_world w;
	struct sip_dialog *d;
	struct sip_bytes *b;
	struct addr dst;

	sip_world_open(&w);
	msg_read(&one, (struct str){ invite, sizeof(invite) - 1 }, NULL);
	msg_read(&two,
	    STR(RESPONSE("Record-Route: <sip:r1.example;lr>,"
			 "<sip:192.0.2.7:5070;x=y>\r\n",
		"t", "Contact: <sip:a@192.0.2.5>\r\n")),
	    NULL);
	CU_ASSERT_FATAL(sip_dialog_uac(&d, w.stack, &one, &two) == 0);
	CU_ASSERT(d->nroutes == 2 && sip_dialog_is(d, STATE_MORATORIUM));
	CU_ASSERT(sip_dialog_matches(d, &two));
	CU_ASSERT_FATAL(request_to(d, &spec, &b, &dst) == 0);
	CU_ASSERT(dst.port == 5070 && dst.ip[3] == 7);
	msg_read(&two, sip_bytes_view(b), NULL);
	CU_ASSERT(str_is(two.uri, "sip:192.0.2.7:5070;x=y"));
	CU_ASSERT(str_is(
	    msg_field(&two, MSG_H_ROUTE, 0)->value, "<sip:r1.example;lr>"));
	CU_ASSERT(str_is(
	    msg_field(&two, MSG_H_ROUTE, 1)->value, "<sip:a@192.0.2.5>"));
	CU_ASSERT(msg_field(&two, MSG_H_ROUTE, 2) == NULL);
	CU_ASSERT(d->local_cseq == 7);
	sip_bytes_unref(b);
	/* another fork: another tag */
	msg_read(&two, STR(RESPONSE("", "u", "")), NULL);
	CU_ASSERT(!sip_dialog_matches(d, &two));
	sip_dialog_destroy(d);
	sip_world_close(&w);
}

static void
no_memory(void)
{
	struct sip_world w;
	int err = 1;

	sip_world_open(&w);
	msg_read(&one, (struct str){ invite, sizeof(invite) - 1 }, NULL);
	for (unsigned long n = 1; err != 0; n++) {
		struct sip_request_spec spec = { .method = STR("BYE") };
		struct sip_response_spec r = { .status = 200,
			.to_tag = STR("x") };
		struct sip_bytes *b = NULL, *c = NULL, *e = NULL;
		struct sip_dialog *d = NULL;
		struct addr dst;

		mem_fail_from(n);
		err =
		    sip_dialog_uas(&d, w.stack, &one, STR("a"), EVENT_1XX_SENT);
		if (err == 0)
			err = request_to(d, &spec, &b, &dst);
		if (err == 0)
			err = sip_build_response(w.stack, &one, &r, &c);
		if (err == 0)
			err = sip_build_cancel(w.stack, &one, STR_NULL, &e);
		mem_fail_from(0);
		CU_ASSERT_FATAL(err == 0 || err == ERR_NOMEM);
		sip_dialog_destroy(d);
		sip_bytes_unref(b);
		sip_bytes_unref(c);
		sip_bytes_unref(e);
		CU_ASSERT_FATAL(n < 200);
	}
	sip_world_close(&w);
}

/* ---- what libosip2 prints, and what is written as it would ---- */

/* A request with a field and, where FORCED, one more that we have no row for,
 * so that the library prints all. */
static int
build_field(struct sip_stack *s, struct sip_header h, struct str type,
    struct str body, bool forced, struct sip_bytes **b)
{
	const struct sip_header headers[] = {
		{ "Allow", STR("INVITE,  ACK") },
		h,
		{ "X-Forced", STR("1") },
	};
	struct sip_request_spec spec = {
		.method = STR("OPTIONS"),
		.uri = STR("sip:b@192.0.2.2"),
		.from = STR("<sip:a@192.0.2.1>;tag=1"),
		.to = STR("<sip:b@192.0.2.2>"),
		.call_id = STR("1"),
		.cseq = 7,
		.branch = STR("z9hG4bKx"),
		.headers = headers,
		.nheaders = forced ? 3 : 2,
		.content_type = type,
		.body = body,
	};

	return sip_build_request(s, &spec, b);
}

/* TEXT but for the field that forced the library. */
static void
drop_forced(struct str text, struct buf *out)
{
	static const char line[] = "X-Forced: 1\r\n";
	const char *at = memmem(text.p, text.n, line, sizeof(line) - 1);

	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	buf_add(out, text.p, (size_t)(at - text.p));
	at += sizeof(line) - 1;
	buf_add(out, at, (size_t)(text.p + text.n - at));
}

static void
compare_prints(
    struct sip_stack *s, struct sip_header h, struct str type, struct str body)
{
	struct sip_bytes *ours = NULL, *theirs = NULL;
	int err = build_field(s, h, type, body, false, &ours);
	LOCAL_BUF want = BUF_INIT;

	CU_ASSERT(build_field(s, h, type, body, true, &theirs) == err);
	if (err != 0)
		return;
	drop_forced(sip_bytes_view(theirs), &want);
	if (!str_eq(sip_bytes_view(ours), buf_view(&want)))
		printf("WANTED\n%s\nGOT\n%s\n", buf_cstr(&want), ours->p);
	CU_ASSERT(str_eq(sip_bytes_view(ours), buf_view(&want)));
	sip_bytes_unref(ours);
	sip_bytes_unref(theirs);
}

static void
as_libosip2_prints(void)
{
	const struct str values[] = { STR("1"), STR("a"), STR("a,b , c"),
		STR(" a\t"), STR("<sip:x@y>;p=\"q\""), STR("a;b=c"),
		STR("a/b ; c = d"), STR("Basic x=y"), STR(" ") };
	const struct str types[] = { STR("application/sdp"), STR("a/b;c=d"),
		STR("a / b"), STR("multipart/mixed"), STR("a"), STR("") };
	struct sip_world w;

	sip_world_open(&w);
	for (unsigned id = 1; msg_header_info((enum msg_header)id) != NULL;
	     id++)
		for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++)
			compare_prints(w.stack,
			    (struct sip_header){
				msg_header_info((enum msg_header)id)->name,
				values[i] },
			    STR_NULL, STR_NULL);
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		struct sip_header h = { "Subject", STR("s") };

		compare_prints(w.stack, h, types[i], STR("v=0\r\n"));
		compare_prints(w.stack, h, types[i], STR("a\0b"));
		compare_prints(w.stack, h, types[i], STR_NULL);
	}
	sip_world_close(&w);
}

CHECK_MAIN("sip_build", { "request", request }, { "injection", injection },
    { "uas", uas }, { "uac", uac }, { "no_memory", no_memory },
    { "as_libosip2_prints", as_libosip2_prints })
