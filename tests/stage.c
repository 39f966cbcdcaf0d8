/* What stage.h declares. */
#include "stage.h"

#include "check.h"
#include "roles/roles.h"

#include <stdlib.h>

static int
stage_sink(const char *line, size_t n, void *arg)
{
	struct stage *s = arg;

	buf_add(&s->trace, line, n);
	return s->trace.err;
}

struct addr
stage_addr(unsigned host)
{
	return (struct addr){
		.len = 4, .ip = { 192, 0, 2, (uint8_t)host }, .port = 5060
	};
}

struct node *
stage_add(struct stage *s, const char *name, const char *roles,
    const char *domain, unsigned host, const char *attrs)
{
	struct world_node spec = {
		.name = name,
		.roles = roles,
		.domain = domain,
		.addr = stage_addr(host),
		.forwards = s->hub == NULL,
	};
	struct str rest = str_of(attrs);
	struct net_link *l;
	struct node *n;

	if (world_add_node(s->w, &spec, &n) != 0)
		return NULL;
	while (rest.n > 0) {
		char key[40], value[100];
		struct str v, word = str_cut(rest, ' ', &rest);

		snprintf(
		    key, sizeof(key), "%.*s", STR_ARG(str_cut(word, '=', &v)));
		snprintf(value, sizeof(value), "%.*s", STR_ARG(v));
		if (node_set_attr(n, key, value) != 0)
			return NULL;
	}
	if (s->hub != NULL && net_add_link(s->w->net, s->hub->host, n->host,
				  &net_link_defaults, &l) != 0)
		return NULL;
	return n;
}

int
stage_try(struct stage *s)
{
	return stage_try_as(s, TRACE_PROTOCOL);
}

int
stage_try_as(struct stage *s, enum trace_detail detail)
{
	int err;

	memset(s, 0, sizeof(*s));
	err = trace_writer_create(&s->writer, detail, stage_sink, s);
	if (err == 0)
		err = world_create(&s->w, node_roles, 1, s->writer);
	if (err != 0)
		return err;
	s->hub = stage_add(s, "hub", "", "", 250, "");
	return s->hub != NULL && node_start(s->hub) == 0 ? 0 : ERR_NOMEM;
}

void
stage_open(struct stage *s)
{
	CU_ASSERT_EQUAL_FATAL(stage_try(s), 0);
}

/* Nobody has taken a step that its machine's table does not have. */
static void
stage_check_steps(const struct stage *s)
{
	struct str rest = buf_view(&s->trace);
	struct steps steps;

	steps_begin(&steps);
	steps.loose = true;
	while (rest.n > 0)
		steps_line(&steps, str_cut(rest, '\n', &rest));
	CU_ASSERT_EQUAL(steps.bad, 0);
	steps_end(&steps);
}

void
stage_close(struct stage *s)
{
	stage_check_steps(s);
	if (getenv("STAGE_TRACE") != NULL)
		printf("%s\n", buf_cstr(&s->trace));
	world_destroy(s->w);
	trace_writer_destroy(s->writer);
	buf_free(&s->trace);
}

struct node *
stage_node(struct stage *s, const char *name, const char *roles,
    const char *domain, unsigned host, const char *attrs)
{
	struct node *n = stage_add(s, name, roles, domain, host, attrs);

	CU_ASSERT_PTR_NOT_NULL_FATAL(n);
	CU_ASSERT_EQUAL_FATAL(node_start(n), 0);
	return n;
}

static void
stage_nothing(void *arg)
{
	(void)arg;
}

bool
stage_run(struct stage *s, int64_t ms)
{
	struct sim_goal goal = { .until_ns = sim_now(s->w->sim) + ms * SIM_MS,
		.past_idle = true };
	enum sim_result r;

	/* An event at the very end, so that the clock gets there. */
	sim_after(s->w->sim, ms * SIM_MS, "stage", stage_nothing, NULL);
	r = sim_run(s->w->sim, &goal);
	return r != SIM_ERROR;
}

int
stage_do(struct stage *s, const char *node, const char *verb,
    const char *object, ...)
{
	struct node *n = world_find(s->w, node);
	struct node_arg list[8];
	struct node_args args = { list, 0 };
	struct node_act a = { .object = object,
		.args = &args,
		.result = &s->result,
		.d = &s->d };
	const struct node_verb *v;
	const char *key;
	va_list ap;

	va_start(ap, object);
	while ((key = va_arg(ap, const char *)) != NULL && args.n < 8)
		list[args.n++] = (struct node_arg){ .key = key,
			.value = va_arg(ap, const char *) };
	va_end(ap);
	memset(&s->result, 0, sizeof(s->result));
	memset(&s->d, 0, sizeof(s->d));
	v = world_verb_on(n, str_of(verb), object, &a.role);
	return v != NULL ? v->fn(&a) : ERR_NOTFOUND;
}

const char *
stage_call(struct stage *s, const char *node, const char *target)
{
	stage_do(s, node, "invite", NULL, "target", target, NULL);
	return s->result.object;
}

size_t
stage_count(const struct stage *s, const char *a, const char *b, const char *c)
{
	struct str rest = buf_view(&s->trace);
	size_t n = 0;

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		n += str_find(line, a) >= 0 &&
		     (b == NULL || str_find(line, b) >= 0) &&
		     (c == NULL || str_find(line, c) >= 0);
	}
	return n;
}

bool
stage_call_is(const struct stage *s, const char *call, const char *state)
{
	struct str rest = buf_view(&s->trace), last = STR_NULL;
	char id[120], want[64];

	snprintf(id, sizeof(id), "\"id\":\"%s\"", call);
	snprintf(want, sizeof(want), "\"state\":\"%s\"", state);
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		if (str_find(line, KIND("call")) >= 0 &&
		    str_find(line, id) >= 0)
			last = line;
	}
	return last.n > 0 && str_find(last, want) >= 0;
}

void
tester_recv(const struct net_datagram *d, void *arg)
{
	struct tester *t = arg;

	if (t->n == TESTER_GOT)
		return;
	buf_clear(&t->got[t->n].bytes);
	buf_str(&t->got[t->n].bytes, d->bytes);
	t->got[t->n].src = d->src;
	t->got[t->n++].t = sim_now(t->s->w->sim);
}

void
tester_open(struct stage *s, struct tester *t, const char *name, unsigned host)
{
	memset(t, 0, sizeof(*t));
	t->s = s;
	t->addr = stage_addr(host);
	t->node = stage_node(s, name, "", "", host, "");
	CU_ASSERT_EQUAL_FATAL(
	    net_udp_open(t->node->host, 5060, tester_recv, t, &t->sock), 0);
}

void
tester_close(struct tester *t)
{
	for (size_t i = 0; i < TESTER_GOT; i++)
		buf_free(&t->got[i].bytes);
}

void
tester_send(struct tester *t, const struct addr *dst, struct str bytes)
{
	static const struct trace_message m = { .proto = TRACE_PROTO_SIP };

	net_udp_send(t->sock, dst, bytes, &m, RULE_NONE);
}

void
tester_say(struct tester *t, unsigned host, const char *fmt, ...)
{
	struct buf text = BUF_INIT, out = BUF_INIT;
	struct addr dst = stage_addr(host);
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\n')
			buf_putc(&out, '\r');
		buf_putc(&out, text.p[i]);
	}
	tester_send(t, &dst, buf_view(&out));
	buf_free(&text);
	buf_free(&out);
}

void
tester_ask(struct tester *t, unsigned host, const char *method, const char *uri,
    const char *to, const char *id, unsigned cseq, const char *branch,
    const char *extra)
{
	tester_say(t, host,
	    "%s %s SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.%u:5060;branch=z9hG4bK%s\n"
	    "From: <sip:tester@t.example>;tag=%s\n"
	    "To: %s\n"
	    "Call-ID: %s\n"
	    "CSeq: %u %s\n"
	    "%s"
	    "\n",
	    method, uri, t->addr.ip[3], branch, id, to, id, cseq, method,
	    extra);
}

const struct msg *
tester_at(struct tester *t, size_t i)
{
	static const struct msg none;

	if (i >= t->n)
		return &none;
	msg_read(&t->s->m, buf_view(&t->got[i].bytes), NULL);
	return &t->s->m;
}

unsigned
tester_status(struct tester *t, size_t i)
{
	return tester_at(t, i)->status;
}

bool
tester_is(struct tester *t, size_t i, const char *method)
{
	return str_is(tester_at(t, i)->method_name, method);
}

size_t
tester_count(struct tester *t, const char *method, unsigned status)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct msg *m = tester_at(t, i);
		struct msg_cseq cseq;

		if (status == 0)
			n += m->request && str_is(m->method_name, method);
		else
			n += !m->request && m->status == status &&
			     msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq) ==
				 0 &&
			     str_is(cseq.method, method);
	}
	return n;
}

size_t
tester_find(struct tester *t, const char *method, unsigned status, size_t n)
{
	size_t all = t->n, found = TESTER_GOT;

	for (size_t i = 0; i < all && found == TESTER_GOT; i++) {
		t->n = i + 1;
		if (tester_count(t, method, status) > n)
			found = i;
	}
	t->n = all;
	return found;
}

void
tester_answer(struct tester *t, size_t i, unsigned status, const char *tag,
    const char *extra)
{
	static const enum msg_header ids[] = { MSG_H_VIA, MSG_H_RECORD_ROUTE,
		MSG_H_FROM, MSG_H_CALL_ID, MSG_H_CSEQ };
	const struct msg *m = tester_at(t, i);
	const struct msg_field *f;
	struct buf b = BUF_INIT;

	buf_printf(&b, "SIP/2.0 %u Whatever\r\n", status);
	for (size_t k = 0; k < sizeof(ids) / sizeof(ids[0]); k++)
		for (size_t n = 0; (f = msg_field(m, ids[k], n)) != NULL; n++)
			buf_str(&b, f->line);
	buf_printf(&b, "To: %.*s", STR_ARG(msg_value(m, MSG_H_TO)));
	if (tag[0] != '\0')
		buf_printf(&b, ";tag=%s", tag);
	buf_puts(&b, "\r\n");
	for (const char *p = extra; *p != '\0'; p++) {
		if (*p == '\n')
			buf_putc(&b, '\r');
		buf_putc(&b, *p);
	}
	buf_puts(&b, "\r\n");
	if (i < t->n)
		tester_send(t, &t->got[i].src, buf_view(&b));
	buf_free(&b);
}

void
tester_answer_by(struct tester *t, size_t i, unsigned status, const char *words)
{
	static const char offer[] = "oc;oc-algo=\"loss\"";
	struct buf old = BUF_INIT, *b = &t->got[i].bytes;
	ptrdiff_t at = str_find(buf_view(b), offer);

	CU_ASSERT_FATAL(i < t->n && at >= 0);
	buf_str(&old, buf_view(b));
	buf_truncate(b, (size_t)at);
	buf_puts(b, words);
	buf_str(b,
	    str_slice(buf_view(&old), (size_t)at + sizeof(offer) - 1, old.n));
	tester_answer(t, i, status, "b", "");
	buf_clear(b);
	buf_str(b, buf_view(&old));
	buf_free(&old);
}

bool
tester_has(struct tester *t, size_t i, const char *name, const char *text)
{
	const struct msg_field *f;

	for (size_t n = 0;
	     (f = msg_field_named(tester_at(t, i), name, n)) != NULL; n++)
		if (str_find(f->value, text) >= 0)
			return true;
	return false;
}

const char *
tester_tag(struct tester *t, size_t i, enum msg_header id, char tag[80])
{
	struct str s = msg_tag(msg_value(tester_at(t, i), id));

	snprintf(tag, 80, "%.*s", STR_ARG(s));
	return tag;
}
