/*
 * A transport is its row (base/addr.c): whatever is in the table can be
 * listened for, connected to and named, at its own port and by its own words,
 * though nodes of a topology have only the first of them.
 */
#include "agent/agent.h"
#include "node/locate.h"
#include "node/script_request.h"
#include "node/uri.h"
#include "role/verb.h"
#include "rules/rule_names.h"
#include "topology/topology_table.h"
#include "sip/build.h"
#include "sip/dialog.h"
#include "fixtures/stage.h"

#define NTRANSPORTS ADDR_KNOWN_TRANSPORTS

static struct stage s;

static void
begin(void)
{
	stage_open(&s);
}

static void
end(void)
{
	STAGE_STOP(&s, 80000);
}

/* N listens by BITS alone, at PORT (0: none was said). */
static void
listen_by(struct node *n, unsigned bits, uint16_t port)
{
	struct node_face *f = &n->faces[0];

	f->listens = bits;
	f->addr.port = port;
	node_face_init(f);
}

/* ---- ports ---- */

/* What is said is the port of the first transport and of those like it. */
static void
ports(void)
{
	const unsigned all = (1U << NTRANSPORTS) - 1;
	struct node *n;
	struct addr a;

	begin();
	n = stage_add(&s, "p", "proxy", "", 2, "");
	for (uint8_t first = 0; first < NTRANSPORTS; first++)
		for (uint8_t by = 0; by < NTRANSPORTS; by++)
			for (unsigned port = 0; port <= 5080; port += 5080) {
				bool like = addr_transports[by].port ==
					    addr_transports[first].port;
				uint16_t want = like && port != 0
						    ? 5080
						    : addr_transports[by].port;

				listen_by(n, 1U << first, (uint16_t)port);
				a = node_face_addr(&n->faces[0], by);
				CU_ASSERT_EQUAL(a.port, want);
				CU_ASSERT_EQUAL(a.transport, by);
				CU_ASSERT(addr_same_ip(&a, node_addr(n)));
				CU_ASSERT_EQUAL(
				    node_face_at(n, &a) != NULL, like);
			}
	/* All at once: each has its port, but for two streams with one. */
	listen_by(n, all, 0);
	for (uint8_t by = 0; by < NTRANSPORTS; by++)
		CU_ASSERT(
		    node_face_listens(&n->faces[0], addr_transports[by].port));
	CU_ASSERT((n->faces[0].listens & 1U << ADDR_TLS) != 0);
	CU_ASSERT((n->faces[0].listens & 1U << ADDR_SCTP) == 0);
	listen_by(n, 1U << ADDR_UDP | 1U << ADDR_TCP | 1U << ADDR_TLS,
	    ADDR_PORT_SIPS);
	CU_ASSERT_EQUAL(n->faces[0].listens, 1U << ADDR_UDP | 1U << ADDR_TCP);
	end();
}

/* Something that was to go by one goes by another: RFC 3263 4.2. */
static void
places(void)
{
	for (uint8_t from = 0; from < NTRANSPORTS; from++)
		for (uint8_t to = 0; to < NTRANSPORTS; to++) {
			struct addr usual = stage_addr(2), other = usual;

			usual.port = addr_transports[from].port;
			other.port = 5099;
			usual.transport = other.transport = from;
			node_place_by(&usual, to);
			node_place_by(&other, to);
			CU_ASSERT_EQUAL(usual.port, addr_transports[to].port);
			CU_ASSERT_EQUAL(usual.transport, to);
			CU_ASSERT_EQUAL(other.port, 5099);
			CU_ASSERT_EQUAL(other.transport, to);
		}
}

/* ---- words ---- */

/* A URI that asks for one leads there, where nodes have it. */
static void
uris(void)
{
	struct node *n;

	begin();
	n = stage_add(&s, "p", "proxy", "", 2, "");
	for (uint8_t by = 0; by < NTRANSPORTS; by++) {
		struct buf uri = BUF_INIT;
		struct addr at, dst = { 0 };
		int err;

		listen_by(n, 1U << by, 0);
		node_write_uri(&n->faces[0], by, &uri);
		at = node_face_addr(&n->faces[0], by);
		CU_ASSERT(node_is_uri(n, buf_view(&uri)));
		err = sip_next_hop(buf_view(&uri), &dst);
		CU_ASSERT_EQUAL(err, by < ADDR_TRANSPORTS ? 0 : ERR_NOTFOUND);
		CU_ASSERT(
		    err != 0 || (addr_eq(&at, &dst) && dst.transport == by));
		/* The same without its port. */
		buf_clear(&uri);
		buf_printf(&uri, "%s192.0.2.2", addr_scheme(by));
		addr_write_transport(by, &uri);
		CU_ASSERT(node_is_uri(n, buf_view(&uri)));
		CU_ASSERT(sip_next_hop(buf_view(&uri), &dst) != 0 ||
			  addr_eq(&at, &dst));
		buf_free(&uri);
	}
	end();
}

/* What people may say of a transport are the rows' words. */
static void
words(void)
{
	const struct topology_attr_row *row =
	    &topology_attr_rows[TOPOLOGY_ATTR_transport];
	struct buf said = BUF_INIT, comma = BUF_INIT;
	size_t found = 0;

	for (uint8_t by = 0; by < ADDR_TRANSPORTS; by++)
		buf_printf(
		    &said, "%s%s", by > 0 ? " " : "", addr_transports[by].word);
	CU_ASSERT_STRING_EQUAL(row->arg, buf_cstr(&said));
	CU_ASSERT_STRING_EQUAL(row->dflt, addr_transports[ADDR_UDP].word);
	addr_write_transports(&comma);
	for (size_t i = 0; i < VERB_COUNT; i++)
		for (const struct verb_arg *a = verb_rows[i].args;
		     a->key != NULL; a++)
			if (strcmp(a->key, "transport") == 0) {
				CU_ASSERT_STRING_EQUAL(
				    a->example, buf_cstr(&comma));
				found++;
			}
	CU_ASSERT(found > 0);
	buf_free(&said);
	buf_free(&comma);
}

/* How who wants to be reached by one is reached, as his Contact says. */
static void
contacts(void)
{
	struct node *n;

	begin();
	n = stage_add(&s, "bob", "ua", "b.example", 2, "");
	for (uint8_t by = 0; by < ADDR_TRANSPORTS; by++) {
		struct msg_addr contact;
		struct addr dst;
		char *value;

		CU_ASSERT_EQUAL(
		    node_set_attr(n, "transport", addr_transports[by].word), 0);
		CU_ASSERT_EQUAL(node_transport(n), by);
		value = agent_contact_of(n, n);
		CU_ASSERT_EQUAL_FATAL(
		    msg_addr_read(str_of(value), &contact), 0);
		CU_ASSERT_EQUAL(sip_next_hop(contact.uri, &dst), 0);
		CU_ASSERT_EQUAL(dst.transport, by);
		CU_ASSERT_EQUAL(dst.port, addr_transports[by].port);
		mem_free(value);
	}
	end();
}

/* ---- in use ---- */

/* An OPTIONS of FROM for TO itself, by BY. */
static void
ask(struct node *from, struct node *to, uint8_t by, const char *id)
{
	struct addr dst = node_face_addr(&to->faces[0], by);
	struct buf uri = BUF_INIT, who = BUF_INIT;
	struct node_request l = { .dst = &dst,
		.by = &addr_transports[by],
		.why = RULE_REQUEST_SEND };
	struct sip_request_spec spec = {
		.method = STR("OPTIONS"), .call_id = str_of(id), .cseq = 1
	};

	buf_puts(&uri, "sip:");
	addr_write(&dst, &uri);
	buf_printf(&who, "<%s>;tag=1", buf_cstr(&uri));
	spec.uri = l.uri = buf_view(&uri);
	spec.from = spec.to = buf_view(&who);
	CU_ASSERT_EQUAL_FATAL(
	    sip_build_request(from->stack, &spec, &l.bytes), 0);
	CU_ASSERT_EQUAL(node_request_send(from, &l), 0);
	sip_bytes_unref(l.bytes);
	buf_free(&uri);
	buf_free(&who);
	CU_ASSERT(stage_run(&s, 5000));
}

/* Sends of START by BY, with PART in them. */
static size_t
sent(uint8_t by, const char *start, const char *part)
{
	char word[40], what[40];

	snprintf(word, sizeof(word), "\"transport\":\"%s\"",
	    addr_transports[by].word);
	snprintf(what, sizeof(what), "\"start\":%s", start);
	return stage_count(&s, word, what, part);
}

static void
in_use(uint8_t by)
{
	const struct addr_transport_row *row = &addr_transports[by];
	const unsigned listens = 1U << by | 1U << ADDR_UDP;
	struct node *p, *q;
	char part[80];

	begin();
	p = stage_add(&s, "p", "proxy", "", 2, "");
	q = stage_add(&s, "q", "proxy", "", 3, "");
	listen_by(p, listens, 0);
	listen_by(q, listens, 0);
	CU_ASSERT_EQUAL_FATAL(node_start(p), 0);
	CU_ASSERT_EQUAL_FATAL(node_start(q), 0);
	ask(p, q, by, "one");
	snprintf(
	    part, sizeof(part), "\"dst_addr\":\"192.0.2.3:%u\"", row->port);
	CU_ASSERT_EQUAL(sent(by, "\"OPTIONS\"", part), 1);
	snprintf(part, sizeof(part), "Via: SIP/2.0/%s 192.0.2.2:%u;", row->name,
	    row->port);
	CU_ASSERT_EQUAL(sent(by, "\"OPTIONS\"", part), 1);
	/* 18.2.2: over the connection that it came by. */
	snprintf(
	    part, sizeof(part), "\"src_addr\":\"192.0.2.3:%u\"", row->port);
	CU_ASSERT_EQUAL(sent(by, "200", part), 1);
	/* The next goes over the same; RFC 5923: and so do q's, unless TLS asks
	 * who p is, and nobody has asked him for his certificate. */
	ask(q, p, by, "two");
	CU_ASSERT_EQUAL(sent(by, "200", NULL), 2);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("route"), "\"how\":\"alias\"", NULL),
	    row->stream && !row->secure ? 1 : 0);
	/* One that is forgotten is found out, and made anew. */
	node_crash(q);
	CU_ASSERT_EQUAL_FATAL(node_start(q), 0);
	ask(p, q, by, "three");
	CU_ASSERT_EQUAL(sent(by, "200", NULL), 3);
	CU_ASSERT_EQUAL(sent(by, "\"OPTIONS\"", NULL), row->stream ? 4 : 3);
	STAGE_HAS(&s, 0, KIND("bad"), NULL, NULL);
	end();
}

/* A Via without a port means that of its transport: 18.1.1, RFC 5923 8.2. */
static void
without_port(uint8_t by)
{
	const struct addr_transport_row *row = &addr_transports[by];
	const unsigned listens = 1U << by | 1U << ADDR_UDP;
	struct node *p, *q;
	struct addr dst;
	char text[400];

	begin();
	p = stage_add(&s, "p", "proxy", "", 2, "");
	q = stage_add(&s, "q", "proxy", "", 3, "");
	listen_by(p, listens, 0);
	listen_by(q, listens, 0);
	CU_ASSERT_EQUAL_FATAL(node_start(p), 0);
	CU_ASSERT_EQUAL_FATAL(node_start(q), 0);
	dst = node_face_addr(&p->faces[0], by);
	snprintf(text, sizeof(text),
	    "OPTIONS sip:192.0.2.2:%u SIP/2.0\r\n"
	    "Via: SIP/2.0/%s 192.0.2.3;branch=z9hG4bK1;alias\r\n"
	    "From: <sip:q>;tag=1\r\nTo: <sip:p>\r\nCall-ID: 1\r\n"
	    "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n",
	    row->port, row->name);
	sip_stack_send_raw(q->stack, str_of(text), &dst, RULE_RAW_SEND);
	CU_ASSERT(stage_run(&s, 5000));
	CU_ASSERT_EQUAL(sent(by, "200", NULL), 1);
	ask(p, q, by, "two");
	CU_ASSERT_EQUAL(sent(by, "200", NULL), 2);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("route"), "\"how\":\"alias\"", NULL),
	    row->stream && !row->secure ? 1 : 0);
	end();
}

static void
all_in_use(void)
{
	for (uint8_t by = 0; by < NTRANSPORTS; by++) {
		in_use(by);
		without_port(by);
	}
}

/* RFC 5630 5.1.1: tls is a transport of no sips URI; what only begins alike
 * stays. */
static void
routes_of_sips(void)
{
	static const char *const routes[][2] = {
		{ "<sip:a.example;transport=TLS;lr>", "<sips:a.example;lr>" },
		{ "<sip:a.example;lr;transport=tls>", "<sips:a.example;lr>" },
		{ "<sip:a.example;transport=tls-sctp;transport=tls>",
		    "<sips:a.example;transport=tls-sctp>" },
		{ "A <sip:a.example;lr>;b=1", "<sips:a.example;lr>;b=1" },
		{ "<sips:a.example;lr>", "<sips:a.example;lr>" },
	};

	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		struct buf out = BUF_INIT;

		node_write_sips_route(str_of(routes[i][0]), &out);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&out), routes[i][1]);
		buf_free(&out);
	}
}

CHECK_MAIN("transport_rows", { "ports", ports }, { "places", places },
    { "URIs", uris }, { "words", words }, { "contacts", contacts },
    { "routes of sips", routes_of_sips }, { "each in use", all_in_use })
