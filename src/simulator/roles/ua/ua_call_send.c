/*
 * The verb send of a call: a request of the script's own making within its
 * dialog (RFC 3261 12.2.1.1), with the dialog's tags, target and route set.
 * Its answer arrives, is recorded, and changes nothing.
 */
#include "node/fields.h"
#include "node/post.h"
#include "roles/ua/ua.h"

#include "base/err.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

static int
make_and_send(struct agent_call *c, struct node_fields *f, struct str method,
    struct str body, struct diag *d)
{
	struct sip_request_spec spec = { .method = method, .body = body };
	struct node_letter l = { .why = RULE_DIALOG_REQUEST,
		.ack = str_is(method, "ACK"),
		.liked = node_transport(c->agent->node) };
	struct agent_request r = { 0 };
	int err;

	/* An ACK has its INVITE's number (13.2.2.4). */
	spec.cseq = l.ack ? c->invite_cseq : 0;
	err = node_fields_take_cseq(f, method, &spec.cseq, d);
	spec.content_type = node_fields_take(f, MSG_H_CONTENT_TYPE);
	spec.contact = node_fields_take(f, MSG_H_CONTACT);
	if (spec.contact.n == 0 &&
	    msg_method_is(msg_method_find(method), MSG_CONTACT))
		spec.contact = agent_call_contact(c);
	spec.headers = f->list;
	spec.nheaders = f->n;
	if (err == 0)
		err = node_fields_check(f, d);
	if (err != 0)
		return err;
	err = agent_dialog_request(c->dialog, &spec, &r);
	if (err == 0) {
		l.bytes = r.bytes;
		l.uri = agent_request_next(c->agent, &r);
		err = node_post(c->agent->node, &l);
	}
	sip_bytes_unref(r.bytes);
	if (err == 0 || err == ERR_NOMEM)
		return err;
	if (err == ERR_SYNTAX)
		node_fields_blame(f, d);
	return diag_set(d, err, NULL, 0,
	    err == ERR_NOTFOUND
		? _("%s can't send: the other side's Contact has no address")
		: _("%s can't send that: no request can be made of it"),
	    c->name);
}

int
ua_call_send(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	struct str method = node_arg_str(args, "method");
	struct node_fields f;
	int err;

	if (method.n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("send needs the request's method="));
	if (c->dialog == NULL)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't send: it has no dialog yet"), c->name);
	err = node_fields_read(&f, node_arg_str(args, "headers"), d);
	if (err == 0)
		err =
		    make_and_send(c, &f, method, node_arg_str(args, "body"), d);
	node_fields_free(&f);
	return err;
}
