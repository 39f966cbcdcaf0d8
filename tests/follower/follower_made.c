/* What follower_made.h declares. */
#include "follower_made.h"

#include "fixtures/check.h"
#include "msg/bodies.h"

#include <stdarg.h>
#include <string.h>

#define MADE_LINES 64
#define MADE_LONG  60000

static const char made_nodes[] = "abcpq";

static int
made_host(char node)
{
	const char *at = strchr(made_nodes, node);

	return at == NULL ? 9 : (int)(at - made_nodes) + 1;
}

/* NAME: TEXT, unless the message is to be without it. */
static void __attribute__((format(printf, 4, 5)))
made_field(const struct made_words *w, struct buf *out, const char *name,
    const char *text, ...)
{
	va_list ap;
	char value[256];

	if (strcmp(w->no, name) == 0)
		return;
	va_start(ap, text);
	vsnprintf(value, sizeof(value), text, ap);
	va_end(ap);
	buf_printf(out, "%s: ", name);
	if (strcmp(w->lengthy, name) == 0)
		for (int i = 0; i < MADE_LONG; i++)
			buf_putc(out, 'x');
	buf_printf(out, "%s\r\n", value);
}

static void
made_party(const struct made_words *w, struct buf *out, const char *name,
    const char *tag)
{
	bool has = strcmp(tag, "-") != 0;

	made_field(w, out, name, "<sip:%s@x.example>%s%s", name,
	    has ? ";tag=" : "", has ? tag : "");
}

void
follower_made_text(const struct made_words *w, struct buf *out)
{
	const char *method = strchr(w->start, '/');
	bool request = method == NULL;
	char client = request ? w->src : w->dst;

	if (request)
		buf_printf(out, "%s sip:%c@192.0.2.%d SIP/2.0\r\n", w->start,
		    w->dst, made_host(w->dst));
	else
		buf_printf(out, "SIP/2.0 %.3s Reason\r\n", w->start);
	method = request ? w->start : method + 1;
	made_field(w, out, "Via", "SIP/2.0/UDP 192.0.2.%d;branch=z9hG4bK%s",
	    made_host(client), w->branch);
	for (unsigned i = 1; i < w->vias; i++)
		buf_printf(out,
		    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKv%u"
		    "\r\n",
		    i);
	made_party(w, out, "From", w->from);
	made_party(w, out, "To", w->to);
	made_field(w, out, "Call-ID", "%s", w->call);
	made_field(w, out, "CSeq", "%u %s", w->cseq, method);
	if (request)
		made_field(w, out, "Max-Forwards", "70");
	if (w->route)
		made_field(w, out, "Route", "<sip:192.0.2.4;lr>");
	made_field(w, out, "Contact", "<sip:%c@192.0.2.%d>", w->src,
	    made_host(w->src));
	if (w->sdp)
		buf_puts(out, "Content-Type: application/sdp\r\n"
			      "Content-Length: 7\r\n\r\nv=0\r\n\r\n");
	else
		buf_puts(out, "Content-Length: 0\r\n\r\n");
}

/* The words of a line behind its time and nodes. */
static void
made_read(struct made_words *w, struct str rest)
{
	char text[64], tags[40] = "";

	snprintf(text, sizeof(text), "%.*s", STR_ARG(rest));
	sscanf(text, "%31s %31s %u %39s", w->start, w->branch, &w->cseq, tags);
	sscanf(tags, "%15[^/]/%15s", w->from, w->to);
	for (int i = 0; i < 4; i++)
		(void)str_cut(rest, ' ', &rest);
	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		snprintf(text, sizeof(text), "%.*s", STR_ARG(word));
		w->sdp |= strcmp(text, "sdp") == 0;
		w->retx |= strcmp(text, "retx") == 0;
		w->route |= strcmp(text, "route") == 0;
		sscanf(text, "fwd=%u", &w->fwd);
		sscanf(text, "vias=%u", &w->vias);
		sscanf(text, "c=%15s", w->call);
		sscanf(text, "no=%15s", w->no);
		sscanf(text, "long=%15s", w->lengthy);
	}
}

struct made {
	struct buf out;
	bool still;
	uint64_t seq, send[MADE_LINES], recv[MADE_LINES];
	char dst[MADE_LINES];
};

static void
made_record(struct made *m, long long t, char node, const char *kind)
{
	buf_printf(&m->out,
	    "{\"seq\":%llu,\"t\":%lld,\"node\":\"%c\","
	    "\"kind\":\"%s\"",
	    (unsigned long long)++m->seq, t * 1000000, node, kind);
}

static void
made_arrive(struct made *m, long long t, unsigned line)
{
	made_record(m, t, m->dst[line], "recv");
	buf_printf(&m->out, ",\"cause\":%llu,\"of\":%llu}\n",
	    (unsigned long long)m->send[line],
	    (unsigned long long)m->send[line]);
	m->recv[line] = m->seq;
}

static void
made_send(
    struct made *m, long long t, unsigned line, const struct made_words *w)
{
	const char *method = strchr(w->start, '/');
	LOCAL_BUF text = BUF_INIT;

	follower_made_text(w, &text);
	made_record(m, t, w->src, "send");
	m->send[line] = m->seq;
	m->dst[line] = w->dst;
	buf_printf(&m->out,
	    ",\"src\":\"%c\",\"dst\":\"%c\",\"src_addr\":\"192.0.2.%d:5060\","
	    "\"dst_addr\":\"192.0.2.%d:5060\",\"transport\":\"udp\","
	    "\"proto\":\"sip\",\"start\":%s%.*s%s,\"cseq\":\"%u %s\","
	    "\"call_id\":\"%s\",\"branch\":\"z9hG4bK%s\"",
	    w->src, w->dst, made_host(w->src), made_host(w->dst),
	    method == NULL ? "\"" : "", method == NULL ? 31 : 3, w->start,
	    method == NULL ? "\"" : "", w->cseq,
	    method == NULL ? w->start : method + 1, w->call, w->branch);
	if (w->fwd != 0)
		buf_printf(&m->out, ",\"fwd\":%llu",
		    (unsigned long long)m->recv[w->fwd]);
	if (w->retx)
		buf_printf(&m->out, ",\"retx\":%llu",
		    (unsigned long long)m->send[line - 1]);
	json_put_int(&m->out, "size", (int64_t)text.n);
	json_put_field(&m->out, "text", buf_view(&text));
	buf_puts(&m->out, "}\n");
}

static void
made_line(struct made *m, unsigned line, struct str text)
{
	struct made_words w = { .call = "c1", .vias = 1 };
	struct str rest, who, time = str_cut(text, ' ', &rest);
	long long t = m->still ? 0 : atoll(time.p);

	if (rest.p[0] == '@') {
		m->send[line] = m->send[atoi(rest.p + 1)];
		m->dst[line] = m->dst[atoi(rest.p + 1)];
		made_arrive(m, t, line);
		return;
	}
	who = str_cut(rest, ' ', &rest);
	w.src = who.p[0];
	w.dst = who.p[2];
	made_read(&w, rest);
	made_send(m, t, line, &w);
	if (who.n > 3)
		made_arrive(m, t, line);
}

struct trace *
follower_made(const char *lines, bool whole, bool still)
{
	struct made m = { .out = BUF_INIT, .still = still };
	struct str rest = str_of(lines);
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	unsigned line = 0;

	buf_puts(&m.out, "{\"kind\":\"trace\",\"version\":1,\"rung\":\"0\","
			 "\"title\":\"made\",\"nodes\":[");
	for (size_t i = 0; made_nodes[i] != '\0'; i++)
		buf_printf(&m.out,
		    "%s{\"name\":\"%c\",\"role\":\"%s\",\"addr\":\"192.0.2.%d"
		    "\"}",
		    i > 0 ? "," : "", made_nodes[i],
		    made_nodes[i] == 'p' ? "proxy" : "ua", (int)i + 1);
	buf_printf(&m.out, "],\"links\":[],%s}\n",
	    whole ? "\"inputs\":{}" : "\"capture\":{\"start\":0}");
	while (rest.n > 0 && ++line < MADE_LINES)
		made_line(&m, line, str_cut(rest, '\n', &rest));
	if (trace_load_buf(&t, &m.out, "made", &d) != 0)
		printf("BAD %s\n%s", d.text, lines);
	buf_free(&m.out);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	return t;
}

/* ---- without a trace ---- */

void
follower_made_send(struct follower *f, uint64_t seq, int64_t t,
    const struct made_words *w, struct str text, struct msg *m,
    struct followed_message *s)
{
	static const char *const addrs[] = { "192.0.2.1:5060", "192.0.2.2:5060",
		"192.0.2.3:5060", "192.0.2.4:5060", "192.0.2.5:5060" };
	unsigned src = (unsigned)made_host(w->src) - 1;
	unsigned dst = (unsigned)made_host(w->dst) - 1;
	static struct trace_send send;

	send = (struct trace_send){ .src_addr = str_of(addrs[src]),
		.dst_addr = str_of(addrs[dst]),
		.transport = STR("udp"),
		.fwd = w->fwd,
		.retx = w->retx };
	*s = (struct followed_message){ .seq = seq,
		.time = t,
		.node = src,
		.other = dst,
		.send = &send,
		.msg = m,
		.marked = w->retx };
	s->good = msg_read(m, text, NULL) == MSG_FAULT_NONE;
	follower_see_message(s);
	s->has_sdp = msg_sdp_of(m).n > 0;
	follower_see(f, s);
	follower_apply(f, s);
}

void
follower_made_arrives(
    struct follower *f, uint64_t seq, int64_t t, struct followed_message *s)
{
	struct followed_message came = { .seq = seq,
		.time = t,
		.node = s->other,
		.other = s->node,
		.send = s->send,
		.msg = s->msg,
		.good = s->good,
		.has_sdp = s->has_sdp };

	follower_see_message(&came);
	came.has_sdp = s->has_sdp;
	follower_see_arrival(f, &came, s->seq, false);
	follower_apply_arrival(f, &came);
	*s = came;
}
