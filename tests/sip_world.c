/* What sip_world.h declares. */
#include "sip_world.h"

#include "check.h"

#include <stdlib.h>

static int
sip_world_sink(const char *line, size_t n, void *arg)
{
	struct sip_world *w = arg;

	/* One that runs out of memory is the writer's business to notice. */
	buf_add(&w->trace, line, n);
	return 0;
}

static uint64_t
sip_world_send(const struct addr *from, const struct addr *dst,
    struct str bytes, const struct trace_message *m, enum rule_id why,
    void *arg)
{
	struct sip_world *w = arg;

	(void)from;
	w->nsent_all++;
	if (w->nsent < SIP_WORLD_SENT) {
		struct sip_sent_message *s = &w->sent[w->nsent++];
		char *copy = malloc(bytes.n + 1);

		if (copy == NULL)
			abort();
		memcpy(copy, bytes.p, bytes.n);
		copy[bytes.n] = '\0';
		*s = (struct sip_sent_message){ sim_now(w->sim), copy, bytes.n,
			*dst, why, m->fwd, m->retx };
	}
	return 1000 + w->nsent_all;
}

static void
sip_world_request(const struct sip_in *in, void *arg)
{
	struct sip_world *w = arg;

	if (in->m->method == MSG_ACK)
		w->acks++;
	else
		w->requests++;
	w->server = in->tr;
	if (w->on_request != NULL)
		w->on_request(w, in);
}

static bool
sip_world_stray(const struct sip_in *in, void *arg)
{
	struct sip_world *w = arg;

	w->strays++;
	return w->take_stray != NULL && w->take_stray(in, arg);
}

static void
sip_world_response(
    struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	struct sip_world *w = arg;

	w->responses++;
	w->last_status = in->m->status;
	if (w->on_told != NULL)
		w->on_told(w, tr, "response");
}

static void
sip_world_ack(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	struct sip_world *w = arg;

	(void)in;
	w->transaction_acks++;
	if (w->on_told != NULL)
		w->on_told(w, tr, "ack");
}

static void
sip_world_failed(struct sip_transaction *tr, enum sip_failure why, void *arg)
{
	struct sip_world *w = arg;

	w->failures++;
	w->last_failure = why;
	if (w->on_told != NULL)
		w->on_told(w, tr, "failed");
}

static void
sip_world_moved(
    struct sip_transaction *tr, struct sip_transaction *next, void *arg)
{
	struct sip_world *w = arg;

	w->moves++;
	w->moved_to = next;
	if (w->on_told != NULL)
		w->on_told(w, tr, "moved");
}

static void
sip_world_ended(struct sip_transaction *tr, void *arg)
{
	struct sip_world *w = arg;

	w->ends++;
	if (w->on_told != NULL)
		w->on_told(w, tr, "ended");
}

const struct sip_transaction_ops sip_world_ops = {
	.response = sip_world_response,
	.ack = sip_world_ack,
	.failed = sip_world_failed,
	.moved = sip_world_moved,
	.ended = sip_world_ended,
};

static uint32_t
sip_world_mtu(const struct addr *dst, void *arg)
{
	const struct sip_world *w = arg;

	(void)dst;
	return w->mtu;
}

static bool
sip_world_connected(const struct addr *dst, void *arg)
{
	const struct sip_world *w = arg;

	(void)dst;
	return !w->gone;
}

static void
sip_world_alias(
    const struct addr *peer, const struct addr *advertised, void *arg)
{
	struct sip_world *w = arg;

	(void)peer;
	w->aliases++;
	w->alias = *advertised;
}

static bool
sip_world_stateless(const struct sip_in *in, void *arg)
{
	(void)in;
	(void)arg;
	return false;
}

int
sip_world_try_open_as(struct sip_world *w, const char *addr, bool offer_alias)
{
	struct sip_stack_config config = {
		.node = "alice",
		.send = sip_world_send,
		.request = sip_world_request,
		.stateless = sip_world_stateless,
		.stray = sip_world_stray,
		.path_mtu = sip_world_mtu,
		.connected = sip_world_connected,
		.alias = sip_world_alias,
		.offer_alias = offer_alias,
		.arg = w,
	};
	int err;

	memset(w, 0, sizeof(*w));
	err =
	    trace_writer_create(&w->writer, TRACE_PROTOCOL, sip_world_sink, w);
	if (err == 0) {
		trace_write_header(w->writer, STR("{\"kind\":\"trace\"}"));
		err = sim_create(&w->sim, 7, w->writer);
	}
	if (err == 0)
		err = sip_engine_create(&w->engine, w->sim);
	config.engine = w->engine;
	if (addr_parse(str_of(addr), &config.addr) != 0)
		abort();
	return err == 0 ? sip_stack_create(&w->stack, &config) : err;
}

int
sip_world_try_open(struct sip_world *w, const char *addr)
{
	return sip_world_try_open_as(w, addr, false);
}

void
sip_world_open(struct sip_world *w)
{
	if (sip_world_try_open(w, "192.0.2.1:5060") != 0)
		abort();
}

void
sip_world_forget(struct sip_world *w)
{
	for (size_t i = 0; i < w->nsent; i++)
		free(w->sent[i].text);
	w->nsent = w->nsent_all = 0;
}

void
sip_world_close(struct sip_world *w)
{
	sip_stack_destroy(w->stack);
	sip_engine_destroy(w->engine);
	sim_destroy(w->sim);
	trace_writer_destroy(w->writer);
	sip_world_forget(w);
	buf_free(&w->trace);
}

void
sip_world_run(struct sip_world *w, int64_t t_ms)
{
	struct sim_goal goal = { .until_ns = t_ms * SIM_MS, .past_idle = true };

	sim_run(w->sim, &goal);
}

void
sip_world_nothing(void *arg)
{
	(void)arg;
}

void
sip_world_at(struct sip_world *w, int64_t t_ms)
{
	sim_at(w->sim, t_ms * SIM_MS, "test", sip_world_nothing, NULL);
	sip_world_run(w, t_ms);
}

void
sip_world_receive_bytes(struct sip_world *w, const char *src, struct str bytes)
{
	struct addr a;

	addr_parse(str_of(src), &a);
	a.transport = (uint8_t)w->transport;
	sip_stack_receive(w->stack, bytes, &a, NULL, 77);
}

void
sip_world_receive(struct sip_world *w, const char *text)
{
	sip_world_receive_bytes(w, "192.0.2.2:5060", str_of(text));
}

void
sip_world_request_in(struct sip_world *w, const char *method,
    const char *branch, const char *to_tag)
{
	char text[1024];

	snprintf(text, sizeof(text),
	    "%s sip:alice@192.0.2.1 SIP/2.0\r\n"
	    "Via: SIP/2.0/%s 192.0.2.2:5060;branch=%s\r\n"
	    "Max-Forwards: 70\r\n"
	    "From: Bob <sip:bob@192.0.2.2>;tag=b\r\n"
	    "To: <sip:alice@192.0.2.1>%s%s\r\n"
	    "Call-ID: c1@192.0.2.2\r\n"
	    "CSeq: 1 %s\r\n"
	    "Contact: <sip:bob@192.0.2.2>\r\n"
	    "Content-Length: 0\r\n\r\n",
	    method, addr_transports[w->transport].name, branch,
	    to_tag[0] != '\0' ? ";tag=" : "", to_tag, method);
	sip_world_receive(w, text);
}

void
sip_world_answer(struct sip_world *w, struct sip_bytes *request,
    unsigned status, const char *tag)
{
	struct sip_response_spec spec = { .status = status,
		.to_tag = str_of(tag) };
	struct msg *m = malloc(sizeof(*m));
	struct sip_bytes *b;

	if (m == NULL)
		abort();
	msg_read(m, sip_bytes_view(request), NULL);
	if (sip_build_response(w->stack, m, &spec, &b) == 0) {
		sip_world_receive_bytes(w, "192.0.2.2:5060", sip_bytes_view(b));
		sip_bytes_unref(b);
	}
	free(m);
}

struct sip_transaction *
sip_world_start(
    struct sip_world *w, const char *method, struct sip_bytes **request)
{
	const struct str routes[] = { STR("<sip:192.0.2.2;lr>"),
		STR("<sip:p3.example.com;lr>") };
	struct sip_request_spec spec = {
		.method = str_of(method),
		.uri = STR("sip:bob@192.0.2.2"),
		.from = STR("Alice <sip:alice@192.0.2.1>;tag=a"),
		.to = STR("<sip:bob@192.0.2.2>"),
		.call_id = STR("call@192.0.2.1"),
		.cseq = 1,
		.contact = STR("<sip:alice@192.0.2.1>"),
		.routes = routes,
		.nroutes = 2,
	};
	struct sip_origin why = { RULE_NONE, 0 };
	struct sip_transaction *tr = NULL;
	static char body[4000];
	struct addr dst;

	memset(body, 'x', sizeof(body));
	if (w->padding > 0) {
		spec.content_type = STR("text/plain");
		spec.body = (struct str){ body, w->padding };
	}
	addr_parse(STR("192.0.2.2:5060"), &dst);
	dst.transport = (uint8_t)w->transport;
	if (sip_build_request(w->stack, &spec, request) != 0 ||
	    sip_client_create(
		w->stack, *request, &dst, &why, &sip_world_ops, w, &tr) != 0)
		return NULL;
	return tr;
}

int
sip_world_respond(struct sip_world *w, unsigned status)
{
	struct sip_response_spec spec = { .status = status,
		.to_tag = STR("a") };
	struct sip_origin why = { RULE_NONE, 0 };
	struct msg *m = malloc(sizeof(*m));
	struct sip_bytes *b;
	int err;

	if (m == NULL)
		abort();
	msg_read(m, sip_bytes_view(sip_transaction_request(w->server)), NULL);
	err = sip_build_response(w->stack, m, &spec, &b);
	free(m);
	if (err != 0)
		return err;
	sip_transaction_set_user(w->server, &sip_world_ops, w);
	err = sip_server_respond(w->server, b, &why);
	sip_bytes_unref(b);
	return err;
}

unsigned
sip_world_traced(const struct sip_world *w, const char *needle)
{
	struct str rest = buf_view(&w->trace);
	unsigned n = 0;
	ptrdiff_t at;

	while ((at = str_find(rest, needle)) >= 0) {
		rest = str_slice(rest, (size_t)at + 1, rest.n);
		n++;
	}
	return n;
}

bool
sip_world_sent_at(const struct sip_world *w, const int64_t *times, size_t n)
{
	bool same = w->nsent == n;

	for (size_t i = 0; same && i < n; i++)
		same = w->sent[i].t == times[i] * SIM_MS;
	return same;
}
