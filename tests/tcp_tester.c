/* What tcp_tester.h declares. */
#include "tcp_tester.h"

#include "check.h"

#include <stdlib.h>

static void
line_connected(struct net_conn *c, void *arg)
{
	struct line *l = arg;

	(void)c;
	l->connected = true;
}

static void
line_received(struct net_conn *c, void *arg)
{
	static struct msg scratch;
	struct line *l = arg;
	struct tester *t = &l->t->t;
	struct msg_frame f;

	for (;;) {
		struct str in = net_tcp_peek(c);

		switch (msg_framing_next(&l->framing, in, &scratch, &f)) {
		case MSG_FRAMED_SKIP:
			net_tcp_skip(c, f.n);
			break;
		case MSG_FRAMED_MESSAGE:
			if (t->n < TESTER_GOT) {
				buf_clear(&t->got[t->n].bytes);
				buf_str(
				    &t->got[t->n].bytes, str_slice(in, 0, f.n));
				t->got[t->n].src = l->remote;
				l->t->by[t->n] = (size_t)(l - l->t->lines);
				t->got[t->n++].t = sim_now(t->s->w->sim);
			}
			net_tcp_take(c, f.n);
			break;
		case MSG_FRAMED_BAD:
			CU_FAIL("a stream that can't be read");
			return;
		default:
			return;
		}
	}
}

static void
line_closed(struct net_conn *c, enum net_close why, void *arg)
{
	struct line *l = arg;

	(void)c;
	l->c = NULL;
	snprintf(l->closed, sizeof(l->closed), "%s", net_close_name(why));
}

static const struct net_tcp_ops line_ops = {
	.connected = line_connected,
	.received = line_received,
	.closed = line_closed,
};

static struct line *
line_new(struct tcp_tester *t)
{
	struct line *l = &t->lines[t->nlines++];

	CU_ASSERT_FATAL(t->nlines <= LINES);
	memset(l, 0, sizeof(*l));
	l->t = t;
	return l;
}

static void
tcp_tester_accept(struct net_conn *c, void *arg)
{
	struct line *l = line_new(arg);

	l->c = c;
	l->accepted = true;
	l->remote = net_tcp_remote(c);
	net_tcp_set_user(c, &line_ops, l);
}

void
tcp_tester_open(struct stage *s, struct tcp_tester *t, const char *name,
    unsigned host, bool listens)
{
	memset(t, 0, sizeof(*t));
	tester_open(s, &t->t, name, host);
	if (listens)
		CU_ASSERT_EQUAL_FATAL(net_tcp_listen(t->t.node->host, 5060,
					  tcp_tester_accept, t, &t->listener),
		    0);
}

struct line *
tcp_tester_connect(struct tcp_tester *t, unsigned host)
{
	struct line *l = line_new(t);
	struct addr dst = stage_addr(host);

	CU_ASSERT_EQUAL_FATAL(
	    net_tcp_connect(t->t.node->host, &dst, &line_ops, l, &l->c), 0);
	l->remote = net_tcp_remote(l->c);
	return l;
}

void
line_send(struct line *l, struct str bytes)
{
	static const struct trace_message m = { .proto = TRACE_PROTO_SIP };

	CU_ASSERT_PTR_NOT_NULL_FATAL(l->c);
	net_tcp_send(l->c, bytes, &m, RULE_NONE);
}

void
line_close(struct line *l)
{
	net_tcp_close(l->c);
	l->c = NULL;
}

void
line_abort(struct line *l)
{
	net_tcp_abort(l->c);
	l->c = NULL;
}

void
line_request(const struct line *l, struct buf *out, const char *method,
    const char *uri, const char *id, const char *via, const char *extra,
    const char *body)
{
	buf_printf(out,
	    "%s %s SIP/2.0\r\n"
	    "Via: SIP/2.0/TCP 192.0.2.%u:5060;branch=z9hG4bK%s%s\r\n"
	    "From: <sip:tester@t.example>;tag=%s\r\n"
	    "To: <%s>\r\n"
	    "Call-ID: %s\r\n"
	    "CSeq: 1 %s\r\n"
	    "%sContent-Length: %zu\r\n\r\n%s",
	    method, uri, l->t->t.addr.ip[3], id, via, id, uri, id, method,
	    extra, strlen(body), body);
}

void
line_ask(struct line *l, const char *method, const char *uri, const char *id,
    const char *via, const char *extra)
{
	struct buf b = BUF_INIT;

	line_request(l, &b, method, uri, id, via, extra, "");
	line_send(l, buf_view(&b));
	buf_free(&b);
}

void
line_answer(struct tcp_tester *t, size_t i, unsigned status, const char *tag,
    const char *extra)
{
	static const enum msg_header ids[] = { MSG_H_VIA, MSG_H_RECORD_ROUTE,
		MSG_H_FROM, MSG_H_CALL_ID, MSG_H_CSEQ };
	const struct msg *m = tester_at(&t->t, i);
	const struct msg_field *f;
	struct buf b = BUF_INIT;

	buf_printf(&b, "SIP/2.0 %u Whatever\r\n", status);
	for (size_t k = 0; k < sizeof(ids) / sizeof(ids[0]); k++)
		for (size_t n = 0; (f = msg_field(m, ids[k], n)) != NULL; n++)
			buf_str(&b, f->line);
	buf_printf(&b, "To: %.*s%s%s\r\n%sContent-Length: 0\r\n\r\n",
	    STR_ARG(msg_value(m, MSG_H_TO)), tag[0] != '\0' ? ";tag=" : "", tag,
	    extra);
	line_send(&t->lines[t->by[i]], buf_view(&b));
	buf_free(&b);
}

void
tcp_tester_close(struct tcp_tester *t)
{
	tester_close(&t->t);
}
