/*
 * What the fields say that hold addresses: Via, From and To and their like,
 * Contact, the routes.  RFC 3261 8.1.1, 12, 16, 18, 19.1.
 */
#include "msg/explain_in.h"

#include "base/addr.h"
#include "msg/constants.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"

static void
explain_uri_params(struct buf *says, const struct msg_uri *uri)
{
	struct str v;

	if (msg_param(uri->params, "transport", &v))
		explain_say(says, _("The transport is %.*s."), STR_ARG(v));
	if (msg_param(uri->params, "user", &v) && str_iis(v, "phone"))
		explain_say(says, _("The user part is a telephone number."));
	if (msg_param(uri->params, "maddr", &v))
		explain_say(says, _("maddr: send to the address %.*s instead."),
		    STR_ARG(v));
	if (msg_param(uri->params, "gr", &v))
		explain_say(says, _("gr: a GRUU, which identifies one device "
				    "of the user (RFC 5627)."));
	if (msg_param(uri->params, "ob", &v))
		explain_say(says, _("ob: requests go over the connection that "
				    "the client opened (RFC 5626)."));
	if (uri->headers.n > 0)
		explain_say(says, _("The header fields after the ? are for the "
				    "request that is made from this URI."));
}

void
explain_uri(struct buf *says, struct str text)
{
	struct msg_uri uri;

	if (msg_uri_read(text, &uri) != 0)
		return;
	if (!uri.sip && str_iis(uri.scheme, "tel"))
		explain_say(
		    says, _("The telephone number %.*s."), STR_ARG(uri.host));
	else if (!uri.sip)
		explain_say(says,
		    _("A URI of the scheme %.*s, which SIP itself cannot "
		      "route."),
		    STR_ARG(uri.scheme));
	else if (uri.user.n > 0)
		explain_say(says, _("The user %.*s at %.*s."),
		    STR_ARG(uri.user), STR_ARG(uri.host));
	else
		explain_say(says, _("The host or domain %.*s itself."),
		    STR_ARG(uri.host));
	if (!uri.sip)
		return;
	if (uri.scheme.n == 4)
		explain_say(
		    says, _("sips: every hop to that domain must use TLS."));
	/* 19.1.2: no password in the clear */
	if (uri.password.p != NULL)
		explain_say(says, _("It contains a password that everybody can "
				    "read; this is NOT RECOMMENDED."));
	if (uri.port != 0)
		explain_say(says,
		    _("The port %u is given, so there is no SRV query."),
		    uri.port);
	explain_uri_params(says, &uri);
}

static void
explain_branch(struct explain *e, const struct msg_via *via)
{
	struct msg_note *n = e->note;

	/* 8.1.1.7 */
	if (via->branch.n > 7 && str_istarts(via->branch, SIP_COOKIE)) {
		explain_say(
		    &n->says, _("The branch identifies the transaction. It "
				"begins with the magic cookie z9hG4bK, so it "
				"is unique as RFC 3261 requires."));
		return;
	}
	if (via->branch.n == 0)
		explain_say(&n->history,
		    _("There is no branch: the sender follows RFC 2543, which "
		      "RFC 3261 has replaced. The transaction is found with "
		      "URI, tags, Call-ID, CSeq and Via."));
	else
		explain_say(&n->history,
		    _("The branch does not begin with the magic cookie "
		      "z9hG4bK, or ends after it. The sender follows RFC 2543, "
		      "which RFC 3261 has replaced. The transaction is found "
		      "with URI, tags, Call-ID, CSeq and Via."));
}

static void
explain_one_via(struct explain *e, const struct msg_via *via)
{
	const struct addr_transport_row *by =
	    addr_transport_known(via->transport);
	struct buf *says = &e->note->says;

	explain_say(says, _("Sent over %.*s by %.*s."), STR_ARG(via->transport),
	    STR_ARG(via->sent_by));
	if (via->port == 0)
		/* 18.1.1, 18.2.2 */
		explain_say(says,
		    _("There is no port; the default port is %u."),
		    (unsigned)(by != NULL ? by : &addr_transports[ADDR_DEFAULT])
			->port);
	explain_branch(e, via);
	/* 18.2.1 */
	if (via->received.n > 0)
		explain_say(says,
		    _("received: the request came from %.*s, and the response "
		      "goes there."),
		    STR_ARG(via->received));
	if (via->has_rport && via->rport.n > 0)
		explain_say(says,
		    _("rport: the request came from port %.*s, and the "
		      "response goes there (RFC 3581)."),
		    STR_ARG(via->rport));
	else if (via->has_rport)
		explain_say(
		    says, _("rport: the sender asks for the response at its "
			    "source port, as behind a NAT (RFC 3581)."));
}

void
explain_via(struct explain *e)
{
	struct str rest = e->f->value, value;
	struct msg_via via;
	size_t n = 0;

	while (rest.n > 0 && n < EXPLAIN_VALUES) {
		value = msg_cut_value(&rest);
		if (value.n == 0)
			continue;
		if (e->nth == 0 && n++ == 0)
			explain_say(&e->note->says,
			    e->m->request
				? _("The top Via is from the latest hop.")
				: _("The top Via is the receiver's own; it "
				    "removes it and forwards the response to "
				    "the next Via."));
		if (msg_via_read(value, &via) == 0)
			explain_one_via(e, &via);
		else
			explain_say(&e->note->problem,
			    _("“%.*s” is not a Via value."), STR_ARG(value));
	}
}

static void
explain_from_tag(struct explain *e, struct str tag)
{
	if (tag.n > 0)
		explain_say(&e->note->says,
		    _("The tag %.*s is the part of the dialog ID that the "
		      "sender of the request chose."),
		    STR_ARG(tag));
	else
		/* 8.1.1.3 */
		explain_say(&e->note->history,
		    _("There is no tag: the sender follows RFC 2543, which "
		      "RFC 3261 has replaced."));
}

static void
explain_to_tag(struct explain *e, struct str tag)
{
	if (tag.n > 0 && e->m->request)
		explain_say(&e->note->says,
		    _("The tag %.*s shows that the request belongs to a "
		      "dialog."),
		    STR_ARG(tag));
	else if (tag.n > 0)
		explain_say(&e->note->says,
		    _("The tag %.*s is the part of the dialog ID that the UA "
		      "that answers chose."),
		    STR_ARG(tag));
	else if (e->m->request)
		explain_say(
		    &e->note->says, _("There is no tag: the request does not "
				      "belong to a dialog yet."));
	else if (e->m->status > 100)
		/* 8.2.6.2 */
		explain_say(
		    &e->note->problem, _("There is no tag, which every "
					 "response except 100 MUST have."));
}

/* From, To and fields of the same form; lists are walked. */
void
explain_party(struct explain *e)
{
	struct str rest = e->f->value, value, v;
	bool list = (msg_header_info(e->f->id)->flags & MSG_HF_LIST) != 0;
	struct buf *says = &e->note->says;
	struct msg_addr addr;

	for (size_t n = 0; rest.n > 0 && n < EXPLAIN_VALUES; n++) {
		value = list ? msg_cut_value(&rest) : rest;
		if (!list)
			rest.n = 0;
		if (msg_addr_read(value, &addr) != 0 || addr.star)
			continue;
		if (addr.display.n > 0)
			explain_say(says, _("“%.*s” is the display name."),
			    STR_ARG(addr.display));
		explain_uri(says, addr.uri);
		msg_param(addr.params, "tag", &v);
		if (e->f->id == MSG_H_FROM)
			explain_from_tag(e, v);
		else if (e->f->id == MSG_H_TO)
			explain_to_tag(e, v);
		if (e->f->id == MSG_H_DIVERSION &&
		    msg_param(addr.params, "reason", &v))
			explain_say(says,
			    _("The reason for the diversion: %.*s."),
			    STR_ARG(v));
		if (e->f->id == MSG_H_HISTORY_INFO &&
		    msg_param(addr.params, "index", &v))
			explain_say(says, _("Its index in the tree: %.*s."),
			    STR_ARG(v));
	}
}

static void
explain_one_contact(struct explain *e, const struct msg_addr *addr)
{
	struct buf *says = &e->note->says;
	char text[EXPLAIN_TIME];
	struct str v;
	unsigned q;
	uint64_t n;

	if (addr->star) {
		/* 10.2.2 */
		explain_say(says, _("*: all bindings of this user are removed; "
				    "Expires MUST be 0."));
		return;
	}
	explain_uri(says, addr->uri);
	if (!msg_q_read(addr->params, &q))
		/* 25.1; 20.10 */
		explain_say(&e->note->problem,
		    _("q=%.*s is not a number from 0 to 1 with at most three "
		      "digits after the point."),
		    STR_ARG(msg_param(addr->params, "q", &v) ? v : STR_NULL));
	else if (msg_param(addr->params, "q", &v))
		explain_say(says,
		    _("q: its preference is %.*s; the maximum is 1."),
		    STR_ARG(v));
	if (msg_param(addr->params, "expires", &v) && str_u64(v, &n) == 0) {
		if (n == 0)
			explain_say(
			    says, _("expires=0: this binding is removed."));
		else
			explain_say(says,
			    _("expires: this binding is valid for %s."),
			    explain_time(text, n));
	}
	if (msg_param(addr->params, "+sip.instance", &v))
		explain_say(says, _("+sip.instance: the permanent identifier "
				    "of the device (RFC 5626)."));
	if (msg_param(addr->params, "reg-id", &v))
		explain_say(says,
		    _("reg-id: connection number %.*s of the device (RFC "
		      "5626)."),
		    STR_ARG(v));
}

void
explain_contact(struct explain *e)
{
	struct str rest = e->f->value, value;
	struct msg_addr addr;

	for (size_t n = 0; rest.n > 0 && n < EXPLAIN_VALUES; n++) {
		value = msg_cut_value(&rest);
		if (value.n == 0)
			continue;
		if (msg_addr_read(value, &addr) == 0)
			explain_one_contact(e, &addr);
		else if (str_chr(value, '?') >= 0 && str_chr(value, '<') < 0)
			/* 20.10 */
			explain_say(&e->note->problem,
			    _("A URI with a ? MUST be in angle brackets."));
		else
			explain_say(&e->note->problem,
			    _("“%.*s” is not an address."), STR_ARG(value));
	}
}

/* Route, Record-Route, Path, Service-Route */
void
explain_route(struct explain *e)
{
	struct str rest = e->f->value, value, v;
	struct msg_addr addr;
	struct msg_uri uri;

	for (size_t n = 0; rest.n > 0 && n < EXPLAIN_VALUES; n++) {
		value = msg_cut_value(&rest);
		if (msg_addr_read(value, &addr) != 0 ||
		    msg_uri_read(addr.uri, &uri) != 0)
			continue;
		/* 16.4, 16.12 */
		if (msg_param(uri.params, "lr", &v))
			explain_say(&e->note->says,
			    _("%.*s: lr means that it is a loose router, which "
			      "does not change the Request-URI."),
			    STR_ARG(uri.host));
		else
			explain_say(&e->note->history,
			    _("%.*s: without lr, it is a strict router as in "
			      "RFC 2543, which RFC 3261 has replaced."),
			    STR_ARG(uri.host));
	}
}
