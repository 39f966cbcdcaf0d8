/* What sample_trace.h declares. */
#include "sample_trace.h"

#include "check.h"
#include "rules/rules.h"

#include <stdlib.h>

void
sample_begin(struct sample *s, const char *title)
{
	*s = SAMPLE_INIT;
	buf_puts(&s->b, "{\"kind\":\"trace\",\"version\":1,\"rung\":\"0.1.0\","
			"\"osip\":\"5.3.0\",\"seed\":7,\"title\":");
	json_put_str(&s->b, str_of(title));
	buf_puts(&s->b, ",\"nodes\":[");
}

void
sample_node(struct sample *s, const char *name, const char *role,
    const char *domain, const char *label)
{
	if (s->nodes++ > 0)
		buf_putc(&s->b, ',');
	buf_puts(&s->b, "{\"name\":");
	json_put_str(&s->b, str_of(name));
	buf_puts(&s->b, ",\"role\":");
	json_put_str(&s->b, str_of(role));
	buf_puts(&s->b, ",\"domain\":");
	json_put_str(&s->b, str_of(domain));
	buf_printf(&s->b,
	    ",\"addr\":\"192.0.2.%u\",\"aor\":\"\",\"label\":", s->nodes);
	json_put_str(&s->b, str_of(label));
	buf_putc(&s->b, '}');
}

uint64_t
sample_rec(struct sample *s, const char *kind, const char *node, uint64_t cause,
    const char *why, const char *fmt, ...)
{
	size_t from;
	va_list ap;

	if (!s->in_records)
		buf_puts(&s->b, "],\"links\":[],\"inputs\":{}}\n");
	s->in_records = true;
	buf_printf(&s->b, "{\"seq\":%llu,\"t\":%lld",
	    (unsigned long long)++s->seq, (long long)s->t);
	if (node != NULL) {
		buf_puts(&s->b, ",\"node\":");
		json_put_str(&s->b, str_of(node));
	}
	buf_printf(&s->b, ",\"kind\":\"%s\"", kind);
	if (cause != 0)
		buf_printf(&s->b, ",\"cause\":%llu", (unsigned long long)cause);
	if (why != NULL) {
		const struct rule *rule = rule_find(str_of(why), STR_NULL);

		buf_printf(
		    &s->b, ",\"why\":\"%s\"", rule != NULL ? rule->why : why);
		if (rule != NULL)
			buf_printf(&s->b, ",\"rule\":\"%s\"", why);
	}
	from = s->b.n;
	va_start(ap, fmt);
	buf_vprintf(&s->b, fmt, ap);
	va_end(ap);
	for (size_t i = from; i < s->b.n; i++)
		if (s->b.p[i] == '\'')
			s->b.p[i] = '"';
	buf_puts(&s->b, "}\n");
	return s->seq;
}

uint64_t
sample_send(struct sample *s, const char *src, const char *dst,
    const char *start, const char *method, bool sdp, uint64_t cause,
    const char *why, uint64_t fwd, uint64_t retx)
{
	bool response = start[0] >= '1' && start[0] <= '9';
	struct buf text = BUF_INIT, json = BUF_INIT, extra = BUF_INIT;
	uint64_t seq;

	if (response)
		buf_printf(&text, "SIP/2.0 %s\r\n", start);
	else
		buf_printf(
		    &text, "%s sip:bob@biloxi.example.com SIP/2.0\r\n", start);
	buf_printf(&text,
	    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK-%s-1\r\n"
	    "From: <sip:alice@atlanta.example.com>;tag=a1\r\n"
	    "To: <sip:bob@biloxi.example.com>%s\r\nCall-ID: c1@alice\r\n"
	    "CSeq: 1 %s\r\nMax-Forwards: 70\r\n%sContent-Length: %d\r\n\r\n%s",
	    src, response ? ";tag=b1" : "", method,
	    sdp ? "Content-Type: application/sdp\r\n" : "", sdp ? 5 : 0,
	    sdp ? "v=0\r\n" : "");
	json_put_str(&json, buf_view(&text));
	if (fwd != 0)
		buf_printf(&extra, ",'fwd':%llu", (unsigned long long)fwd);
	if (retx != 0)
		buf_printf(&extra, ",'retx':%llu", (unsigned long long)retx);
	/* JSON text keeps its own quotes: it holds no apostrophe. */
	seq = sample_rec(s, "send", src, cause, why,
	    ",'src':'%s','dst':'%s','src_addr':'192.0.2.1:5060',"
	    "'dst_addr':'192.0.2.2:5060','transport':'udp','proto':'sip',"
	    "'size':%zu,'start':%s%.*s%s,'cseq':'1 %s','call_id':'c1@alice',"
	    "'branch':'z9hG4bK-%s-1'%s,'text':%s",
	    src, dst, text.n, response ? "" : "'",
	    response ? 3 : (int)strlen(start), start, response ? "" : "'",
	    method, src, buf_cstr(&extra), buf_cstr(&json));
	buf_free(&text);
	buf_free(&json);
	buf_free(&extra);
	return seq;
}

uint64_t
sample_recv(struct sample *s, const char *dst, uint64_t of, int64_t delay)
{
	s->t += delay;
	return sample_rec(
	    s, "recv", dst, of, NULL, ",'of':%llu", (unsigned long long)of);
}

uint64_t
sample_pass(struct sample *s, const char *src, const char *dst,
    const char *start, const char *method, uint64_t cause, int64_t delay)
{
	uint64_t send =
	    sample_send(s, src, dst, start, method, false, cause, NULL, 0, 0);

	return sample_recv(s, dst, send, delay);
}

struct trace *
sample_load(struct sample *s)
{
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	if (trace_load_buf(&t, &s->b, "sample", &d) != 0)
		printf("sample:%u: %s\n", d.line, d.text);
	return t;
}

struct trace *
sample_end(struct sample *s)
{
	sample_rec(s, "end", NULL, 1, NULL, ",'reason':'idle'");
	return sample_load(s);
}

struct trace *
sample_lost_invite(void)
{
	struct sample s;
	uint64_t act, a, b, c, at_atl, timer, first, again, ring, ok;

	sample_begin(&s, "A lost INVITE, and how Timer A mends it");
	sample_node(&s, "alice", "ua", "atlanta.example.com", "Alice");
	sample_node(&s, "atl", "proxy registrar", "atlanta.example.com", "");
	sample_node(&s, "lan1", "", "atlanta.example.com", "");
	sample_node(&s, "bob", "ua", "biloxi.example.com", "Bob");
	sample_node(&s, "bil", "proxy registrar", "biloxi.example.com", "");
	act = sample_rec(&s, "act", "alice", 0, NULL,
	    ",'by':'script','verb':'invite','on':'alice',"
	    "'args':['sip:bob@biloxi.example.com'],'where':'lab.lua:6'");
	a = sample_rec(&s, "call", "alice", act, NULL,
	    ",'id':'alice/1','from':'idle','state':'calling',"
	    "'peer':'sip:bob@biloxi.example.com'");
	a = sample_rec(&s, "fsm", "alice", a, "ict-send",
	    ",'machine':'ICT','id':'alice/ict1','from':'','to':'calling',"
	    "'event':'request sent'");
	a = sample_send(&s, "alice", "atl", "INVITE", "INVITE", true, a,
	    "invite-send", 0, 0);
	at_atl = sample_recv(&s, "atl", a, 5 * MS);
	b = sample_send(&s, "atl", "alice", "100 Trying", "INVITE", false,
	    at_atl, "rfc3261-17.2.1", 0, 0);
	c = sample_rec(&s, "route", "atl", at_atl, "rfc3261-16.5",
	    ",'target':'sip:bob@biloxi.example.com','next':'bil',"
	    "'method':'domain','uri':'sip:bob@biloxi.example.com'");
	c = sample_rec(&s, "fsm", "atl", c, "ict-send",
	    ",'machine':'ICT','id':'atl/ict1','from':'','to':'calling',"
	    "'event':'request sent'");
	timer = sample_rec(&s, "timer", "atl", c, "ict-timer-a",
	    ",'op':'set','name':'A','id':'atl/ict1','due':505000000,"
	    "'length':500000000");
	first = sample_send(&s, "atl", "bil", "INVITE", "INVITE", true, c,
	    "ict-send", at_atl, 0);
	s.t = 10 * MS;
	sample_rec(
	    &s, "recv", "alice", b, NULL, ",'of':%llu", (unsigned long long)b);
	sample_rec(&s, "drop", NULL, first, NULL, ",'of':%llu,'reason':'loss'",
	    (unsigned long long)first);
	s.t = 505 * MS;
	c = sample_rec(&s, "timer", "atl", timer, "ict-timer-a",
	    ",'op':'fire','name':'A','id':'atl/ict1','due':505000000,"
	    "'length':500000000");
	c = sample_rec(&s, "fsm", "atl", c, "ict-timer-a",
	    ",'machine':'ICT','id':'atl/ict1','from':'calling',"
	    "'to':'calling','event':'Timer A'");
	again = sample_send(&s, "atl", "bil", "INVITE", "INVITE", true, c,
	    "ict-timer-a", at_atl, first);
	b = sample_recv(&s, "bil", again, 20 * MS);
	a = sample_send(&s, "bil", "atl", "100 Trying", "INVITE", false, b,
	    "rfc3261-17.2.1", 0, 0);
	c = sample_send(
	    &s, "bil", "bob", "INVITE", "INVITE", true, b, "ict-send", b, 0);
	c = sample_recv(&s, "bob", c, 5 * MS);
	ring = sample_send(
	    &s, "bob", "bil", "180 Ringing", "INVITE", false, c, NULL, 0, 0);
	ring = sample_recv(&s, "bil", ring, 5 * MS);
	ring = sample_send(&s, "bil", "atl", "180 Ringing", "INVITE", false,
	    ring, "rfc3261-16.7", ring, 0);
	s.t = 545 * MS;
	b = sample_rec(
	    &s, "recv", "atl", a, NULL, ",'of':%llu", (unsigned long long)a);
	sample_rec(&s, "fsm", "atl", b, NULL,
	    ",'machine':'ICT','id':'atl/ict1','from':'calling',"
	    "'to':'proceeding','event':'1xx'");
	s.t = 555 * MS;
	ring = sample_rec(&s, "recv", "atl", ring, NULL, ",'of':%llu",
	    (unsigned long long)ring);
	ring = sample_send(&s, "atl", "alice", "180 Ringing", "INVITE", false,
	    ring, "rfc3261-16.7", ring, 0);
	ring = sample_recv(&s, "alice", ring, 5 * MS);
	s.t = 2530 * MS;
	ok = sample_send(
	    &s, "bob", "bil", "200 OK", "INVITE", true, c, NULL, 0, 0);
	ok = sample_recv(&s, "bil", ok, 5 * MS);
	ok = sample_send(&s, "bil", "atl", "200 OK", "INVITE", true, ok,
	    "rfc3261-16.7", ok, 0);
	ok = sample_recv(&s, "atl", ok, 20 * MS);
	sample_rec(&s, "fsm", "atl", ok, NULL,
	    ",'machine':'ICT','id':'atl/ict1','from':'proceeding',"
	    "'to':'accepted','event':'2xx'");
	ok = sample_send(&s, "atl", "alice", "200 OK", "INVITE", true, ok,
	    "rfc3261-16.7", ok, 0);
	ok = sample_recv(&s, "alice", ok, 5 * MS);
	ok = sample_pass(&s, "alice", "atl", "ACK", "ACK", ok, 5 * MS);
	ok = sample_pass(&s, "atl", "bil", "ACK", "ACK", ok, 20 * MS);
	ok = sample_pass(&s, "bil", "bob", "ACK", "ACK", ok, 5 * MS);
	s.t = 7590 * MS;
	act = sample_rec(&s, "act", "bob", 0, NULL,
	    ",'by':'script','verb':'bye','on':'bob/1','args':[],"
	    "'where':'lab.lua:9'");
	ok = sample_pass(&s, "bob", "bil", "BYE", "BYE", act, 5 * MS);
	ok = sample_pass(&s, "bil", "atl", "BYE", "BYE", ok, 20 * MS);
	ok = sample_pass(&s, "atl", "alice", "BYE", "BYE", ok, 5 * MS);
	ok = sample_pass(&s, "alice", "atl", "200 OK", "BYE", ok, 5 * MS);
	ok = sample_pass(&s, "atl", "bil", "200 OK", "BYE", ok, 20 * MS);
	sample_pass(&s, "bil", "bob", "200 OK", "BYE", ok, 5 * MS);
	return sample_end(&s);
}
