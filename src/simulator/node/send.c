/* The verbs of any node: what it can be told to do. */
#include "node/script_request.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"
#include "node/address_change.h"
#include "node/fields.h"
#include "node/uri.h"
#include "node/world.h"
#include "role/verb.h"
#include "rules/messages.h"
#include "rules/rule_names.h"

#include <string.h>

/* A request that is being put together; its slices lie in FIELDS and buffers.
 */
struct making {
	struct node *node;
	struct diag *d;
	struct node_result *result; /* of the act */
	struct node_fields fields;  /* the headers given */
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
	diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("transport must be one of %s, not “%s”"), buf_cstr(&words), word);
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
		    _("“%s” is not a port; expected a number from 1 to 65535"),
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

/* A phone's outbound proxy gets all its requests (8.1.2), except for requests
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
	return rule_of_request(method, 0);
}

/* 8.1.2: to where the script says, else the first Route, else the URI. */
static int
send_request(
    struct making *k, const struct node_args *args, struct sip_bytes *request)
{
	struct addr dst = { 0 };
	bool told = node_arg(args, "to") != NULL;
	struct node_request l = {
		.bytes = request,
		.uri = node_next_uri(k->spec.uri, k->first_route),
		.dst = told ? &dst : NULL,
		.why = reason_to_send(&k->spec),
		.ack = str_is(k->spec.method, "ACK"),
		.named = k->result,
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
	err = node_request_send(k->node, &l);
	return err != ERR_NOTFOUND
		   ? err
		   : diag_set(k->d, err, NULL, 0,
			 _("no address is known for %s; give one with to="),
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
			    _("“%.*s” is not a URI; expected one such as "
			      "sip:bob@example.com"),
			    STR_ARG(k->spec.uri));
		diag_set(k->d, err, NULL, 0,
		    _("these values do not make a request; raw= sends any "
		      "bytes"));
	}
	return err;
}

static int
send_built(struct node *n, const struct node_args *args,
    struct node_result *result, struct diag *d)
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
	k->result = result;
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
			    _("raw= contains the whole message, so %s= is not "
			      "allowed"),
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
			? _("%s can't send: a handset sends only what its own "
			    "firmware makes; use its keys")
			: _("%s can't send: it does not speak SIP"),
		    n->name);
	if (raw == (node_arg(a->args, "method") != NULL))
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("send needs either method= and uri=, or raw= and to="));
	return raw ? send_raw(n, a->args, a->d)
		   : send_built(n, a->args, a->result, a->d);
}

/* ---- What any node can be told to do ---- */

static int
node_verb_crash(const struct node_act *a)
{
	struct node *n = a->role;

	if (!n->up)
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("%s has already crashed"), n->name);
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
		return node_address_change(n, arg->value, d);
	if (strcmp(arg->key, "faces") == 0)
		return node_address_change_faces(n, arg->value, d);
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
