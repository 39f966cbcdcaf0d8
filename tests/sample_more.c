/* What sample_more.h declares. */
#include "sample_more.h"

#include "check.h"

#include <stdlib.h>

struct trace *
sample_many(unsigned n)
{
	struct sample s;
	uint64_t last = 1;
	char a[32], b[32];

	sample_begin(&s, "Many nodes");
	for (unsigned i = 1; i <= n; i++) {
		snprintf(a, sizeof(a), "proxy%u", i);
		sample_node(
		    &s, a, "proxy", i <= n / 2 ? "a.example" : "b.example", "");
	}
	sample_rec(&s, "act", "proxy1", 0, NULL,
	    ",'by':'person','verb':'invite','on':'proxy1','args':[]");
	for (unsigned i = 1; i < n; i++) {
		snprintf(a, sizeof(a), "proxy%u", i);
		snprintf(b, sizeof(b), "proxy%u", i + 1);
		last = sample_pass(&s, a, b, "INVITE", "INVITE", last, 5 * MS);
	}
	snprintf(a, sizeof(a), "proxy%u", n);
	sample_pass(&s, a, "proxy1", "200 OK", "INVITE", last, 5 * MS);
	return sample_end(&s);
}

struct trace *
sample_chinese(void)
{
	struct sample s;
	uint64_t r, lost;

	sample_begin(&s, "丢失的 INVITE");
	sample_node(&s, "alice", "ua", "例子.example", "爱丽丝");
	sample_node(&s, "proxy", "proxy", "例子.example", "代理服务器");
	sample_node(&s, "bob", "ua", "例子.example", "鲍勃b");
	r = sample_rec(&s, "act", "alice", 0, NULL,
	    ",'by':'script','verb':'invite','on':'alice','args':['鲍勃'],"
	    "'where':'lab.lua:3'");
	r = sample_pass(&s, "alice", "proxy", "INVITE", "INVITE", r, 5 * MS);
	lost = sample_send(
	    &s, "proxy", "bob", "INVITE", "INVITE", false, r, "ict-send", 0, 0);
	sample_rec(&s, "drop", "bob", lost, NULL,
	    ",'of':%llu,'reason':'no-socket'", (unsigned long long)lost);
	sample_rec(&s, "note", NULL, 1, NULL, ",'text':'现在没有人接听'");
	sample_rec(&s, "note", "proxy", 1, NULL, ",'text':'查询位置服务'");
	r = sample_pass(
	    &s, "proxy", "alice", "480 暂时不可用", "INVITE", r, 5 * MS);
	sample_pass(&s, "alice", "proxy", "ACK", "ACK", r, 5 * MS);
	return sample_end(&s);
}

struct trace *
sample_hostile(void)
{
	struct sample s;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	s = SAMPLE_INIT;
	buf_puts(&s.b,
	    "{\"kind\":\"trace\",\"version\":1,\"seed\":1,"
	    "\"title\":\"" HOSTILE "\",\"nodes\":["
	    "{\"name\":\"a\",\"role\":\"ua " HOSTILE "\",\"domain\":\"" HOSTILE
	    "\",\"addr\":\"\",\"aor\":\"\",\"label\":\"" HOSTILE
	    "\"},{\"name\":\"b\",\"role\":\"ua\",\"domain\":\"\","
	    "\"addr\":\"\",\"aor\":\"\",\"label\":\"<b>\"}],\"links\":[]}\n"
	    "{\"seq\":1,\"t\":0,\"node\":\"a\",\"kind\":\"act\",\"by\":"
	    "\"" HOSTILE "\",\"verb\":\"" HOSTILE "\",\"on\":\"" HOSTILE
	    "\",\"args\":[\"" HOSTILE "\"]}\n"
	    "{\"seq\":2,\"t\":0,\"node\":\"a\",\"kind\":\"send\",\"cause\":1,"
	    "\"src\":\"a\",\"dst\":\"b\",\"proto\":\"sip\",\"start\":\"" HOSTILE
	    "\",\"cseq\":\"1 " HOSTILE "\",\"call_id\":\"" HOSTILE
	    "\",\"text\":\"SIP/2.0 200 " HOSTILE "\\r\\n\\r\\n\"}\n"
	    "{\"seq\":3,\"t\":1000,\"kind\":\"drop\",\"cause\":2,\"of\":2,"
	    "\"reason\":\"" HOSTILE "\"}\n"
	    "{\"seq\":4,\"t\":1000,\"node\":\"b\",\"kind\":\"send\","
	    "\"cause\":3,\"src\":\"b\",\"dst\":\"stranger\",\"proto\":\"sip\","
	    "\"start\":299,\"cseq\":\"1 X\",\"text\":\"SIP/2.0 299 " HOSTILE
	    "\\r\\n\\r\\n\"}\n"
	    "{\"seq\":5,\"t\":1000,\"node\":\"b\",\"kind\":\"timer\","
	    "\"cause\":4,\"op\":\"fire\",\"name\":\"B\",\"id\":\"" HOSTILE
	    "\",\"length\":1}\n"
	    "{\"seq\":6,\"t\":2000,\"kind\":\"note\",\"cause\":5,\"text\":"
	    "\"" HOSTILE "\"}\n"
	    "{\"seq\":7,\"t\":2000,\"node\":\"b\",\"kind\":\"bad\","
	    "\"cause\":5,\"reason\":\"" HOSTILE "\"}\n"
	    "{\"seq\":8,\"t\":2000,\"node\":\"b\",\"kind\":\"fault\","
	    "\"cause\":5,\"" HOSTILE "\":\"" HOSTILE "\"}\n");
	if (trace_load_buf(&t, &s.b, "hostile", &d) != 0)
		printf("hostile:%u: %s\n", d.line, d.text);
	return t;
}

struct trace *
sample_empty(void)
{
	struct sample s;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	sample_begin(&s, "Nothing happens");
	sample_node(&s, "alice", "ua", "", "");
	buf_puts(&s.b, "],\"links\":[],\"inputs\":{}}\n");
	if (trace_load_buf(&t, &s.b, "empty", &d) != 0)
		printf("empty:%u: %s\n", d.line, d.text);
	return t;
}

struct trace *
sample_long(unsigned n)
{
	struct sample s;
	uint64_t last;

	sample_begin(&s, "A long call");
	sample_node(&s, "alice", "ua", "", "");
	sample_node(&s, "bob", "ua", "", "");
	last = sample_rec(&s, "act", "alice", 0, NULL,
	    ",'by':'person','verb':'invite','on':'alice','args':[]");
	for (unsigned i = 0; i < n; i++)
		last = i % 2 == 0 ? sample_pass(&s, "alice", "bob", "INFO",
					"INFO", last, 5 * MS)
				  : sample_pass(&s, "bob", "alice", "200 OK",
					"INFO", last, 5 * MS);
	return sample_end(&s);
}

struct trace *
sample_mixed(void)
{
	struct sample s;
	uint64_t r, q;

	sample_begin(&s, "");
	sample_node(&s, "alice", "ua", "", "");
	sample_node(&s, "proxy", "proxy", "", "");
	sample_node(&s, "loc", "location", "", "");
	sample_node(&s, "idle", "ua", "", "");
	r = sample_rec(&s, "act", "alice", 0, NULL,
	    ",'by':'person','verb':'invite','on':'alice','args':[]");
	r = sample_pass(&s, "alice", "proxy", "INVITE", "INVITE", r, 5 * MS);
	q = sample_rec(&s, "send", "proxy", r, NULL,
	    ",'src':'proxy','dst':'loc','proto':'location','start':'query',"
	    "'text':'{}'");
	sample_recv(&s, "loc", q, 1 * MS);
	sample_send(
	    &s, "proxy", "proxy", "OPTIONS", "OPTIONS", false, r, NULL, 0, 0);
	q = sample_pass(&s, "alice", "proxy", "CANCEL", "CANCEL", 1, 5 * MS);
	sample_pass(&s, "proxy", "alice", "200 OK", "CANCEL", q, 5 * MS);
	r = sample_pass(&s, "proxy", "alice", "487 Request Terminated",
	    "INVITE", q, 5 * MS);
	sample_pass(&s, "alice", "proxy", "ACK", "ACK", r, 5 * MS);
	sample_send(
	    &s, "loc", "alice", "MESSAGE", "MESSAGE", false, r, NULL, 0, 0);
	return sample_end(&s);
}

struct trace *
sample_losses(void)
{
	static const struct {
		const char *src, *dst, *start;
		bool next; /* at a moment of its own */
	} lost[] = {
		{ "a", "b", "INVITE", true },
		{ "b", "a", "180 Ringing", true },
		{ "a", "d", "INVITE", true },
		{ "d", "a", "200 OK", true },
		{ "c", "b", "486 Busy Here", true },
		{ "b", "d", "BYE", true },
		{ "b", "a", "INVITE", true },
		{ "b", "c", "INVITE", false },
		{ "b", "d", "INVITE", false },
		{ "d", "c", "REGISTER", true },
		{ "d", "c", "REGISTER", false },
		{ "c", "d", "INVITE", true },
		{ "a", "b", "INVITE", true },
	};
	struct sample s;
	uint64_t sends[16];
	size_t n = sizeof(lost) / sizeof(lost[0]), open = 0;

	sample_begin(&s, "All losses");
	sample_node(&s, "a", "ua", "a.example", "");
	sample_node(&s, "b", "proxy registrar location", "a.example", "");
	sample_node(&s, "c", "proxy registrar location", "b.example", "");
	sample_node(&s, "d", "ua", "b.example", "");
	sample_rec(&s, "act", "a", 0, NULL, ",'by':'person'");
	for (size_t i = 0; i < n; i++) {
		sends[open++] = sample_send(&s, lost[i].src, lost[i].dst,
		    lost[i].start, "INVITE", false, 1, NULL, 0, 0);
		if (i + 1 < n && !lost[i + 1].next)
			continue;
		s.t += 5 * MS;
		for (size_t k = 0; k < open; k++)
			sample_rec(&s, "drop", NULL, sends[k], NULL,
			    ",'of':%llu,'reason':'loss'",
			    (unsigned long long)sends[k]);
		s.t += 15 * MS;
		open = 0;
	}
	sample_rec(&s, "end", NULL, 1, NULL, ",'reason':'error'");
	return sample_load(&s);
}

struct trace *
sample_every_line(void)
{
	struct sample s;
	uint64_t r, lost;

	sample_begin(&s, "Every line");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "b", "ua", "", "");
	r = sample_rec(&s, "act", "a", 0, NULL, ",'by':'person'");
	lost =
	    sample_send(&s, "a", "b", "INVITE", "INVITE", false, r, NULL, 0, 0);
	s.t += 5 * MS;
	sample_rec(&s, "drop", NULL, lost, NULL, ",'of':%llu,'reason':'loss'",
	    (unsigned long long)lost);
	lost = sample_send(
	    &s, "a", "b", "INVITE", "INVITE", false, r, NULL, 0, lost);
	sample_recv(&s, "b", lost, 5 * MS);
	r = sample_pass(&s, "b", "a", "180 Ringing", "INVITE", r, 5 * MS);
	r = sample_pass(&s, "b", "a", "200 OK", "INVITE", r, 5 * MS);
	r = sample_pass(
	    &s, "b", "a", "302 Moved Temporarily", "INVITE", r, 5 * MS);
	r = sample_pass(&s, "b", "a", "486 Busy Here", "INVITE", r, 5 * MS);
	r = sample_rec(&s, "send", "a", r, NULL,
	    ",'src':'a','dst':'b','proto':'location','start':'query',"
	    "'text':'{\\\"aor\\\":\\\"sip:bob@b.example\\\"}'");
	sample_recv(&s, "b", r, 1 * MS);
	/* REL 17 of circuit 5 (base64 of SIO, label, CIC, message). */
	r = sample_rec(&s, "send", "a", r, NULL,
	    ",'src':'a','dst':'b','proto':'isup','start':'REL',"
	    "'base64':'hQEAgFAFAAwCAAKEkQ=='");
	sample_recv(&s, "b", r, 1 * MS);
	return sample_end(&s);
}

struct trace *
sample_together(unsigned n)
{
	struct sample s;
	uint64_t r;

	sample_begin(&s, "together");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "p", "ua", "", "");
	r = sample_rec(&s, "act", "a", 0, NULL, ",'by':'person'");
	for (unsigned i = 0; i < 2 * n; i++) {
		bool asks = i < n;

		r = sample_rec(&s, "send", asks ? "a" : "p", r, NULL,
		    ",'src':'%s','dst':'%s','transport':'udp','proto':'sip',"
		    "'start':%s,'cseq':'1 INVITE','call_id':'c%u',"
		    "'branch':'b%u','text':''",
		    asks ? "a" : "p", asks ? "p" : "a",
		    asks ? "'INVITE'" : "200", i % n, i % n);
		s.t += 10 * MS;
	}
	return sample_end(&s);
}
