/*
 * The name server as a role: questions by UDP and TCP are read, delayed by
 * `think`, and answered; see roles/dns/dns.h.
 */

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "role/verb.h"
#include "roles/dns/dns_in.h"
#include "rules/rule_names.h"

/* What a name server can be told: records that come and go while it runs. */

/* The verb's name and type, and the zone that has the name: 0, or a sentence.
 */
static int
name_server_read_place(const struct node_act *a, struct dns_zone **z,
    struct dns_name *name, unsigned *type)
{
	const char *host = node_arg(a->args, "name");
	const char *word = node_arg(a->args, "type");

	if (host == NULL || dns_name_read(str_of(host), NULL, name) != 0)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not a domain name"), host != NULL ? host : "");
	*type = word != NULL ? dns_type_find(str_of(word)) : DNS_TYPE_ANY;
	if (*type == 0)
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not a record type"), word);
	*z = dns_zone_for(a->role, name);
	if (*z == NULL)
		return diag_set(a->d, ERR_NOTFOUND, NULL, 0,
		    _("no zone of this name server contains “%s”"), host);
	return 0;
}

/* A line of a master file within Z, whose other lines say nothing. */
static void
name_server_write_line(const struct node_act *a, const struct dns_name *name,
    unsigned type, int64_t ttl_ns, struct buf *out)
{
	buf_puts(out, ". 0 SOA . . 1 1 1 1 1\n");
	dns_name_write(name, out);
	buf_puts(out, name->n > 1 ? ". " : " ");
	buf_printf(out, "%lld ", (long long)(ttl_ns / SIM_S));
	dns_type_write(type, out);
	buf_printf(out, " %s\n", node_arg(a->args, "data"));
}

/* Adds to Z the record of NAME by A's arguments; targets are relative to Z's
 * apex. */
static int
name_server_put_record(const struct node_act *a, struct dns_zone *z,
    const struct dns_name *name, unsigned type)
{
	struct dns_zone *one = NULL;
	LOCAL_BUF line = BUF_INIT;
	const struct dns_record *r;
	const char *ttl = node_arg(a->args, "ttl");
	int64_t ns = 3600 * SIM_S;
	bool beside = false;
	struct diag d = DIAG_INIT;
	int err = node_arg_bool(a->args, "beside", &beside, a->d);

	if (err == 0 && ttl != NULL && param_time(str_of(ttl), &ns) != 0)
		err = diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not a TTL; expected something like “5min”"),
		    ttl);
	if (err != 0)
		return err;
	name_server_write_line(a, name, type, ns, &line);
	err = line.err;
	if (err == 0 && dns_zone_read(&one, buf_view(&line), NULL,
			    dns_zone_apex(z), &d) != 0)
		err = diag_set(a->d, d.err, NULL, 0, "%s", d.text);
	if (err == 0 && dns_zone_get(one, name, type, &r) == 1) {
		if (!beside)
			dns_zone_remove(z, name, type);
		err = dns_zone_add(z, name, type, r->ttl, r->data);
		if (err == ERR_SYNTAX)
			diag_set(a->d, err, NULL, 0,
			    _("%s has a CNAME and other data"),
			    node_arg(a->args, "name"));
	}
	dns_zone_destroy(one);
	return err;
}

static int
dns_verb_put(const struct node_act *a)
{
	struct dns_zone *z = NULL;
	struct dns_name name = { 0 };
	unsigned type = 0;
	int err = name_server_read_place(a, &z, &name, &type);

	if (err == 0 &&
	    (node_arg(a->args, "data") == NULL || type == DNS_TYPE_ANY))
		err = diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("a record needs a type and data, such as “A” and "
		      "“192.0.2.9”"));
	if (err == 0)
		err = name_server_put_record(a, z, &name, type);
	return err;
}

static int
dns_verb_erase(const struct node_act *a)
{
	struct dns_zone *z = NULL;
	struct dns_name name = { 0 };
	unsigned type = 0;
	int err = name_server_read_place(a, &z, &name, &type);

	if (err == 0)
		a->result->value = dns_zone_remove(z, &name, type) > 0;
	if (err == 0 && !a->result->value)
		err = diag_set(
		    a->d, ERR_NOTFOUND, NULL, 0, _("there is no such record"));
	return err;
}

static const struct node_verb dns_verbs[] = {
	/* clang-format off */
	DNS_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

/* ---- questions and their answers ---- */

static void
name_server_free_question(struct dns_question *q)
{
	struct sim *sim = node_sim(q->dns->node);

	sim_cancel(sim, q->timer);
	if (q->waits)
		resolver_forget(&q->wait);
	list_remove(&q->link);
	dns_message_free(&q->m);
	mem_free(q);
	sim_release(sim);
}

static void
name_server_send_answer(
    const struct dns_question *q, struct str bytes, enum rule_id why)
{
	struct trace_message m = { .proto = TRACE_PROTO_DNS,
		.method = STR("answer") };
	LOCAL_BUF framed = BUF_INIT;

	if (q->stream == NULL) {
		net_udp_send(q->dns->sock, &q->from, bytes, &m, why);
		return;
	}
	dns_message_frame(bytes, &framed);
	if (framed.err != 0)
		node_fail_memory(q->dns->node);
	else
		net_tcp_send(q->stream->conn, buf_view(&framed), &m, why);
}

/* Q is answered, unless others are asked for it first, and is gone then. */
static void
answer_question(struct dns_question *q)
{
	struct sim *sim = node_sim(q->dns->node);
	struct dns_message a = DNS_MESSAGE_INIT;
	LOCAL_BUF out = BUF_INIT;
	enum rule_id why = RULE_NONE;
	uint64_t cause = sim_set_cause(sim, q->recv);
	int err = dns_decide(q, &a, &why);

	if (err == 0)
		err = dns_fit(q, &a, &out, &why);
	if (err == 0)
		name_server_send_answer(q, buf_view(&out), why);
	else if (err != ERR_STOPPED)
		node_fail_memory(q->dns->node);
	dns_message_free(&a);
	if (err != ERR_STOPPED)
		name_server_free_question(q);
	sim_set_cause(sim, cause);
}

static void
name_server_finish_thinking(void *arg)
{
	struct dns_question *q = arg;

	q->timer = 0;
	answer_question(q);
}

static void
hear_resolver(void *arg)
{
	struct dns_question *q = arg;

	q->waits = false;
	answer_question(q);
}

/* Checks the BYTES received: an answer is not answered by a server, and a
 * message without an id gets no answer. */
static bool
is_question(struct dns *s, struct str bytes, const struct dns_message *m,
    enum dns_fault fault)
{
	const char *at = m->response ? "answer" : dns_fault_name(fault);

	if (fault == DNS_FAULT_NONE && !m->response)
		return true;
	node_note_bad(
	    s->node, RULE_DNS_FORMERR, TRACE_REFUSAL_DNS_QUESTION, str_of(at));
	return !m->response && bytes.n >= DNS_HEADER;
}

static void
name_server_take_question(struct dns *s, struct str bytes,
    const struct addr *from, struct dns_stream *stream, uint64_t recv)
{
	struct dns_question *q = mem_zalloc(1, sizeof(*q));
	int64_t think = node_attr_time(s->node, "think", 0);
	enum dns_fault fault = DNS_FAULT_NONE;
	int err;

	if (q == NULL) {
		node_fail_memory(s->node);
		return;
	}
	sim_hold(node_sim(s->node));
	q->dns = s;
	q->from = *from;
	q->stream = stream;
	q->recv = recv;
	q->m = DNS_MESSAGE_INIT;
	list_append(&s->questions, &q->link);
	resolver_begin(s->node, &q->wait, hear_resolver, q);
	err = dns_message_read(bytes, &q->m, &fault);
	node_fail_nomem(s->node, err);
	if (err == ERR_NOMEM || !is_question(s, bytes, &q->m, fault) ||
	    dns_replies(s, "silent")) {
		name_server_free_question(q);
		return;
	}
	/* What could not be read is not asked for: FORMERR. */
	if (err != 0)
		q->m.has_question = false;
	if (think > 0)
		q->timer =
		    node_after(s->node, think, name_server_finish_thinking, q);
	else
		answer_question(q);
}

static void
name_server_on_dns_datagram(const struct net_datagram *d, void *arg)
{
	name_server_take_question(arg, d->bytes, &d->src, NULL, d->recv);
}

/* ---- connections ---- */

/* The questions asked over it have no way for an answer. */
static void
free_stream(struct dns_stream *t)
{
	list_each (struct dns_question, q, &t->dns->questions, link)
		if (q->stream == t)
			name_server_free_question(q);
	list_remove(&t->link);
	mem_free(t);
}

/* RFC 7766 6.2.1.1: several questions may come one behind the other. */
static void
name_server_on_stream(struct net_conn *c, void *arg)
{
	struct dns_stream *t = arg;
	struct dns *s = t->dns;
	struct sim *sim = node_sim(s->node);
	struct addr from = net_tcp_remote(c);
	size_t n;

	while ((n = dns_message_framed(net_tcp_peek(c))) > 0) {
		uint64_t cause = sim_cause(sim), recv;
		LOCAL_BUF bytes = BUF_INIT;

		buf_str(&bytes, str_slice(net_tcp_peek(c), 2, n));
		recv = net_tcp_take(c, n);
		if (bytes.err != 0)
			node_fail_memory(s->node);
		else
			name_server_take_question(
			    s, buf_view(&bytes), &from, t, recv);
		sim_set_cause(sim, cause);
	}
}

static void
name_server_on_stream_closed(struct net_conn *c, enum net_close why, void *arg)
{
	(void)c;
	(void)why;
	free_stream(arg);
}

static void
name_server_on_accept(struct net_conn *c, void *arg)
{
	static const struct net_tcp_ops ops = { .received =
						    name_server_on_stream,
		.closed = name_server_on_stream_closed };
	struct dns *s = arg;
	struct dns_stream *t = mem_zalloc(1, sizeof(*t));

	if (t == NULL) {
		node_fail_memory(s->node);
		net_tcp_abort(c);
		return;
	}
	t->dns = s;
	t->conn = c;
	list_append(&s->streams, &t->link);
	net_tcp_set_user(c, &ops, t);
}

/* ---- life ---- */

static void
dns_stop(void *role)
{
	struct dns *s = role;

	list_each (struct dns_stream, t, &s->streams, link) {
		net_tcp_abort(t->conn);
		free_stream(t);
	}
	while (!list_empty(&s->questions))
		name_server_free_question(LIST_ENTRY(
		    list_first(&s->questions), struct dns_question, link));
	net_tcp_unlisten(s->listener);
	net_udp_close(s->sock);
	dns_free_zones(s);
}

static int
dns_start(struct node *n, void *role)
{
	struct dns *s = role;
	int err;

	s->node = n;
	list_init(&s->streams);
	list_init(&s->questions);
	err = dns_make_zones(s);
	if (err == 0)
		err = net_udp_open(n->host, DNS_PORT,
		    name_server_on_dns_datagram, s, &s->sock);
	if (err == 0)
		err = net_tcp_listen(
		    n->host, DNS_PORT, name_server_on_accept, s, &s->listener);
	return err;
}

NODE_ROLE(dns) = {
	.word = "dns",
	.size = sizeof(struct dns),
	.start = dns_start,
	.stop = dns_stop,
	.verbs = dns_verbs,
};
