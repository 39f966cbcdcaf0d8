/*
 * What any node can be told to do, and the requests and header fields that a
 * script makes itself.
 */
#include "node/post.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/chars.h"
#include "msg/parts.h"
#include "node/fields.h"
#include "node/locate.h"
#include "node/uri.h"
#include "node/world.h"
#include "role/verb.h"
#include "rules/messages.h"
#include "rules/rule_names.h"

#include <string.h>

/* Requests that a script sends by itself. */

struct post {
	struct list link; /* in node->posts */
	struct node *node;
	struct node_question where;
	struct sip_bytes *bytes;
	enum rule_id why;
	uint64_t fwd;
	enum addr_transport by, liked;
	bool ack;
	bool late; /* node_post has returned: `result` is not read any more */
	int result;
};

static void
post_free(struct post *p)
{
	list_remove(&p->link);
	node_locate_stop(&p->where);
	sip_bytes_unref(p->bytes);
	mem_free(p);
}

static int
sending_send_to(struct post *p, const struct addr *dst)
{
	static const struct sip_transaction_ops nobody = { 0 };
	struct sip_origin why = { p->why, p->fwd };
	struct sip_transaction *tr;
	struct addr to = *dst;

	if (p->by != ADDR_KNOWN_TRANSPORTS)
		node_place_by(&to, p->by);
	if (!p->ack)
		return sip_client_create(
		    p->node->stack, p->bytes, &to, &why, &nobody, NULL, &tr);
	sip_stack_send(p->node->stack, sip_bytes_view(p->bytes), &to, &why, 0);
	return 0;
}

static void
post_located(int err, const struct addr *dst, void *arg)
{
	struct post *p = arg;
	struct node *n = p->node;

	p->result = err == 0 ? sending_send_to(p, dst) : err;
	if (!p->late)
		return;
	if (p->result == ERR_NOMEM)
		node_fail_memory(n);
	else if (p->result != 0)
		node_note_bad(n, RULE_UAC_NO_TARGET, TRACE_REFUSAL_NO_ADDRESS,
		    world_read(n->world, p->bytes)->uri);
	post_free(p);
}

int
node_post(struct node *n, const struct node_letter *l)
{
	struct post *p = mem_zalloc(1, sizeof(*p));
	int err;

	if (p == NULL)
		return ERR_NOMEM;
	p->node = n;
	p->bytes = sip_bytes_ref(l->bytes);
	p->why = l->why;
	p->fwd = l->fwd;
	p->by = l->by != NULL ? (unsigned)(l->by - addr_transports)
			      : ADDR_KNOWN_TRANSPORTS;
	p->liked = l->by != NULL ? p->by : l->liked;
	p->ack = l->ack;
	list_init(&p->link);
	if (l->dst != NULL)
		post_located(0, l->dst, p);
	else
		node_locate(n, l->uri, p->liked, post_located, p, &p->where);
	p->late = p->where.open;
	if (p->late) {
		list_append(&n->posts, &p->link);
		return 0;
	}
	err = p->result;
	post_free(p);
	return err;
}

void
node_post_stop(struct node *n)
{
	list_each (struct post, p, &n->posts, link)
		post_free(p);
}

/* Header fields that a script gives to a message of a node. */

int
node_fields_read(struct node_fields *f, struct str text, struct diag *d)
{
	struct str rest;

	f->n = 0;
	f->lines = mem_dup(text.p, text.n);
	if (f->lines == NULL)
		return ERR_NOMEM;
	rest = (struct str){ f->lines, text.n };
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest), value;
		struct str name = str_trim(str_cut(line, ':', &value));

		if (str_trim(line).n == 0)
			continue;
		value = str_trim(value);
		if (str_chr(line, ':') < 0 || !chars_is_token(name) ||
		    !chars_is_line(value))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("“%.*s” is no header field; expected "
			      "“Name: value”"),
			    STR_ARG(str_trim(line)));
		if (f->n == NODE_FIELDS)
			return diag_set(d, ERR_LIMIT, NULL, 0,
			    _("a message is sent with at most %d header fields "
			      "of one's own"),
			    NODE_FIELDS);
		f->lines[name.p - f->lines + (ptrdiff_t)name.n] = '\0';
		f->list[f->n++] = (struct sip_header){ name.p, value };
	}
	return 0;
}

void
node_fields_free(struct node_fields *f)
{
	mem_free(f->lines);
	f->lines = NULL;
}

static bool
sending_is_field(const struct sip_header *h, enum msg_header id)
{
	return msg_header_find(str_of(h->name)) == id;
}

struct str
node_fields_take(struct node_fields *f, enum msg_header id)
{
	struct str value = STR_NULL;
	size_t i = 0;

	while (i < f->n && !sending_is_field(&f->list[i], id))
		i++;
	if (i == f->n)
		return value;
	value = f->list[i].value;
	f->n--;
	memmove(&f->list[i], &f->list[i + 1], (f->n - i) * sizeof(f->list[0]));
	return value;
}

int
node_fields_take_cseq(
    struct node_fields *f, struct str method, uint32_t *cseq, struct diag *d)
{
	struct str value = node_fields_take(f, MSG_H_CSEQ), rest;
	struct str number = str_cut(value, ' ', &rest);

	if (value.n == 0)
		return 0;
	rest = str_trim(rest);
	if (str_u32(number, cseq) != 0 || *cseq > INT32_MAX ||
	    (rest.n > 0 && !str_eq(rest, method)))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("CSeq has a number and the request's method; raw= sends "
		      "any bytes"));
	return 0;
}

int
node_fields_check(const struct node_fields *f, struct diag *d)
{
	static const enum msg_header own[] = { MSG_H_VIA, MSG_H_FROM, MSG_H_TO,
		MSG_H_CALL_ID, MSG_H_CSEQ, MSG_H_CONTENT_LENGTH };

	for (size_t i = 0; i < f->n; i++)
		for (size_t k = 0; k < COUNT_OF(own); k++)
			if (sending_is_field(&f->list[i], own[k]))
				return diag_set(d, ERR_SYNTAX, NULL, 0,
				    _("%s is written by the phone itself; the "
				      "node's send{…} writes any"),
				    f->list[i].name);
	return 0;
}

/* One before the I-th is the same field, which may stand once. */
static bool
stands_again(const struct node_fields *f, size_t i)
{
	enum msg_header id = msg_header_find(str_of(f->list[i].name));
	const struct msg_header_info *row = msg_header_info(id);

	if (row == NULL || (row->flags & MSG_HF_ONCE) == 0)
		return false;
	for (size_t k = 0; k < i; k++)
		if (sending_is_field(&f->list[k], id))
			return true;
	return false;
}

static bool
is_valid(const struct sip_header *h)
{
	static const struct msg of_none;
	struct msg_field field = { .id = msg_header_find(str_of(h->name)),
		.value = h->value };

	return msg_field_is_valid(&of_none, &field);
}

int
node_fields_blame(const struct node_fields *f, struct diag *d)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct sip_header *h = &f->list[i];

		if (stands_again(f, i))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("%s may stand only once in a message; raw= sends "
			      "any bytes"),
			    h->name);
		if (!is_valid(h))
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("%s can't have the value “%.*s”; raw= sends "
			      "any bytes"),
			    h->name, STR_ARG(h->value));
	}
	return ERR_SYNTAX;
}

/*
 * The verb send: a request of the script's own making outside of dialogs, with
 * what it leaves out filled in (RFC 3261 8.1.1) and a client transaction
 * (section 17.1); or any bytes as they are, from the socket of the node's
 * stack, in a datagram or over TCP. Answers arrive, are recorded, and change
 * nothing.
 */

/* A request that is being put together; its slices lie in FIELDS and buffers.
 */
struct making {
	struct node *node;
	struct diag *d;
	struct node_fields fields; /* the headers given */
	struct sip_request_spec spec;
	struct buf from, to, call_id, route;
	struct str first_route;
};

/* ---- where to ---- */

/* transport=: the transport to use, whatever the preferences; BY stays as it is
 * where nothing is said. */
static int
sending_read_transport(
    const struct node_args *args, uint8_t *by, struct diag *d)
{
	const char *word = node_arg(args, "transport");
	LOCAL_BUF words = BUF_INIT;

	if (word == NULL || addr_transport_find(str_of(word), by))
		return 0;
	addr_write_transports(&words);
	diag_set(d, ERR_SYNTAX, NULL, 0, _("transport is one of %s, not “%s”"),
	    buf_cstr(&words), word);
	return ERR_SYNTAX;
}

/* to=NODE or to="192.0.2.3:5070", and port=; DST's transport is the one by
 * which it goes there. */
static int
read_to(const struct node *n, const struct node_args *args, struct addr *dst,
    struct diag *d)
{
	const uint8_t by = dst->transport;
	const char *to = node_arg(args, "to"), *port = node_arg(args, "port");
	const struct node *other = world_find(n->world, to);
	uint32_t number;

	if (other != NULL)
		*dst = node_face_addr(node_face_for(other, n), by);
	else if (addr_parse(str_of(to), dst) != 0)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("“%s” is neither a node nor an address such as "
		      "“192.0.2.3:5060”"),
		    to);
	if (dst->port == 0)
		dst->port = addr_transports[by].port;
	dst->transport = by;
	if (port == NULL)
		return 0;
	if (str_u32(str_of(port), &number) != 0 || number == 0 ||
	    number > UINT16_MAX)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("“%s” is no port; expected a number from 1 to 65535"),
		    port);
	dst->port = (uint16_t)number;
	return 0;
}

/* ---- the headers given ---- */

/* What the request is made of has a place of its own. */
static int
take_headers(struct making *k, struct str text)
{
	struct sip_request_spec *s = &k->spec;
	int err = node_fields_read(&k->fields, text, k->d);

	if (err == 0)
		err = node_fields_take_cseq(
		    &k->fields, s->method, &s->cseq, k->d);
	s->from = node_fields_take(&k->fields, MSG_H_FROM);
	s->to = node_fields_take(&k->fields, MSG_H_TO);
	s->call_id = node_fields_take(&k->fields, MSG_H_CALL_ID);
	s->content_type = node_fields_take(&k->fields, MSG_H_CONTENT_TYPE);
	for (size_t i = 0; i < k->fields.n && k->first_route.n == 0; i++) {
		struct sip_header h = k->fields.list[i];

		if (msg_header_find(str_of(h.name)) == MSG_H_ROUTE)
			k->first_route = msg_cut_value(&h.value);
	}
	return err;
}

/* ---- header fields left out ---- */

/* A phone's outbound proxy gets all its requests (8.1.2), but for requests
 * whose destination the script gives. */
static void
add_outbound(struct making *k)
{
	struct str names = str_of(node_attr(k->node, "outbound", ""));
	const struct node *proxy =
	    map_get(k->node->world->nodes, str_cut(names, ' ', &names));

	if (proxy == NULL || k->first_route.n > 0)
		return;
	node_write_address(node_face_for(proxy, k->node), ";lr", &k->route);
	k->first_route = buf_view(&k->route);
	k->spec.routes = &k->first_route;
	k->spec.nroutes = 1;
}

static int
sending_fill_in(struct making *k)
{
	struct sip_request_spec *s = &k->spec;
	struct sip_stack *stack = k->node->stack;
	char *aor = node_aor(k->node);

	if (aor == NULL)
		return ERR_NOMEM;
	buf_printf(&k->from, "<%s>;tag=", aor);
	mem_free(aor);
	sip_stack_token(stack, SIP_STREAM_TAG, 8, &k->from);
	buf_printf(&k->to, "<%.*s>", STR_ARG(s->uri));
	sip_stack_token(stack, SIP_STREAM_CALL_ID, 12, &k->call_id);
	buf_putc(&k->call_id, '@');
	addr_write_host(node_addr(k->node), &k->call_id);
	if (s->from.n == 0)
		s->from = buf_view(&k->from);
	if (s->to.n == 0)
		s->to = buf_view(&k->to);
	if (s->call_id.n == 0)
		s->call_id = buf_view(&k->call_id);
	if (s->cseq == 0)
		s->cseq = 1;
	s->headers = k->fields.list;
	s->nheaders = k->fields.n;
	if (k->from.err != 0 || k->to.err != 0 || k->call_id.err != 0 ||
	    k->route.err != 0)
		return ERR_NOMEM;
	return 0;
}

/* ---- sending ---- */

/* What its method asks for.  One of a dialog (12.2.1.1: To has a tag), or such
 * as only a dialog or a transaction gives a meaning, shows no more than that it
 * can be made. */
static enum rule_id
reason_to_send(const struct sip_request_spec *s)
{
	enum msg_method method = msg_method_find(s->method);
	struct msg_addr to;

	if (!msg_method_is(method, MSG_STARTS) ||
	    (msg_addr_read(s->to, &to) == 0 && to.tag.n > 0))
		return RULE_REQUEST_SEND;
	return rule_of_request(method);
}

/* 8.1.2: to where the script says, else the first Route, else the URI. */
static int
send_request(
    struct making *k, const struct node_args *args, struct sip_bytes *request)
{
	struct addr dst = { 0 };
	bool told = node_arg(args, "to") != NULL;
	struct node_letter l = {
		.bytes = request,
		.uri = node_next_uri(k->spec.uri, k->first_route),
		.dst = told ? &dst : NULL,
		.why = reason_to_send(&k->spec),
		.ack = str_is(k->spec.method, "ACK"),
	};
	uint8_t by = ADDR_TRANSPORTS;
	int err = sending_read_transport(args, &by, k->d);

	if (by < ADDR_TRANSPORTS) {
		l.by = &addr_transports[by];
		dst.transport = by;
	}
	if (err == 0 && told)
		err = read_to(k->node, args, &dst, k->d);
	if (err != 0)
		return err;
	err = node_post(k->node, &l);
	return err != ERR_NOTFOUND
		   ? err
		   : diag_set(k->d, err, NULL, 0,
			 _("no address is known for %s; say it with to="),
			 node_arg(args, "uri"));
}

static int
sending_make_and_send(struct making *k, const struct node_args *args)
{
	struct str headers = node_arg_str(args, "headers");
	struct sip_bytes *request = NULL;
	int err;

	k->spec.method = node_arg_str(args, "method");
	k->spec.uri = node_arg_str(args, "uri");
	k->spec.body = node_arg_str(args, "body");
	err = take_headers(k, headers);
	if (err == 0 && node_arg(args, "to") == NULL)
		add_outbound(k);
	if (err == 0)
		err = sending_fill_in(k);
	if (err != 0)
		return err;
	err = sip_build_request(k->node->stack, &k->spec, &request);
	if (err == 0)
		err = send_request(k, args, request);
	sip_bytes_unref(request);
	if (err == ERR_SYNTAX) {
		node_fields_blame(&k->fields, k->d);
		if (str_find(k->spec.uri, ":") < 0)
			diag_set(k->d, err, NULL, 0,
			    _("“%.*s” is no URI; expected one such as "
			      "sip:bob@example.com"),
			    STR_ARG(k->spec.uri));
		diag_set(k->d, err, NULL, 0,
		    _("no request can be made of that; raw= sends any bytes"));
	}
	return err;
}

static int
send_built(struct node *n, const struct node_args *args, struct diag *d)
{
	struct making *k;
	int err;

	if (node_arg(args, "uri") == NULL)
		return diag_set(
		    d, ERR_SYNTAX, NULL, 0, _("send needs the request's uri="));
	k = mem_zalloc(1, sizeof(*k));
	if (k == NULL)
		return ERR_NOMEM;
	k->node = n;
	k->d = d;
	err = sending_make_and_send(k, args);
	node_fields_free(&k->fields);
	buf_free(&k->from);
	buf_free(&k->to);
	buf_free(&k->call_id);
	buf_free(&k->route);
	mem_free(k);
	return err;
}

static int
send_raw(struct node *n, const struct node_args *args, struct diag *d)
{
	static const char *const others[] = { "uri", "headers", "body" };
	struct addr dst = { 0 };
	int err;

	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (node_arg(args, others[i]) != NULL)
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("raw= are all bytes there are: %s= does not go "
			      "with it"),
			    others[i]);
	if (node_arg(args, "to") == NULL)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("raw= needs to=, a node or an address"));
	err = sending_read_transport(args, &dst.transport, d);
	if (err == 0)
		err = read_to(n, args, &dst, d);
	if (err == 0)
		sip_stack_send_raw(
		    n->stack, node_arg_str(args, "raw"), &dst, RULE_RAW_SEND);
	return err;
}

int
sender_verb_send(const struct node_act *a)
{
	struct node *n = a->role;
	bool raw = node_arg(a->args, "raw") != NULL;

	if (!n->up)
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("%s is down; restart() it first"), n->name);
	if (n->stack == NULL)
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    node_plays(n, "handset")
			? _("%s can't send: a handset sends what its own "
			    "program makes, by its keys")
			: _("%s can't send: it does not speak SIP"),
		    n->name);
	if (raw == (node_arg(a->args, "method") != NULL))
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("send needs either method= and uri=, or raw= and to="));
	return raw ? send_raw(n, a->args, a->d) : send_built(n, a->args, a->d);
}

/* What any node can be told to do. */

static int
node_verb_crash(const struct node_act *a)
{
	struct node *n = a->role;

	if (!n->up)
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("%s has crashed already"), n->name);
	node_crash(n);
	return 0;
}

static int
node_verb_restart(const struct node_act *a)
{
	struct node *n = a->role;

	if (n->up)
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("%s is running; crash() it first"), n->name);
	return node_start(n);
}

/* As in a topology an empty value is none. */
static int
set_attr(struct node *n, const struct node_arg *arg, struct diag *d)
{
	if (strcmp(arg->key, "addr") == 0)
		return node_move(n, arg->value, d);
	if (strcmp(arg->key, "faces") == 0)
		return node_move_faces(n, arg->value, d);
	if (arg->value[0] != '\0')
		return node_set_attr(n, arg->key, arg->value);
	node_drop_attr(n, arg->key);
	return 0;
}

static int
node_verb_set(const struct node_act *a)
{
	struct node *n = a->role;

	int err = 0;

	for (size_t i = 0; err == 0 && i < a->args->n; i++)
		err = set_attr(n, &a->args->args[i], a->d);
	for (size_t i = 0; err == 0 && n->up && i < n->nroles; i++)
		if (n->role[i].ops->set != NULL)
			err = n->role[i].ops->set(n->role[i].state);
	return err;
}

const struct node_verb node_verbs[] = {
	/* clang-format off */
	SENDER_VERBS(NODE_VERB)
	NODE_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};
