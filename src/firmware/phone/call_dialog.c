/*
 * Requests within a dialog: RFC 3261 12.2.1, 13.2.2.4, 15, 22.
 */
#include "firmware/phone/priv.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

/* ---- building ---- */

static char *
target_of(const osip_dialog_t *d)
{
	char *uri = NULL;

	if (d->remote_contact_uri != NULL && d->remote_contact_uri->url != NULL)
		osip_uri_to_str(d->remote_contact_uri->url, &uri);
	else if (d->remote_uri != NULL && d->remote_uri->url != NULL)
		osip_uri_to_str(d->remote_uri->url, &uri);
	return uri;
}

static bool
is_loose(const osip_route_t *route)
{
	osip_uri_param_t *lr = NULL;

	osip_uri_uparam_get_byname(route->url, OSIP_NAME("lr"), &lr);
	return lr != NULL;
}

/* 12.2.1.1: the route set, and who comes first in it. */
static void
add_routes(const osip_dialog_t *d, osip_message_t *m)
{
	int n = osip_list_size(&d->route_set);
	bool strict = n > 0 && !is_loose(osip_list_get(&d->route_set, 0));
	osip_route_t *route;

	for (int i = strict ? 1 : 0; i < n; i++) {
		route = NULL;
		osip_route_clone(osip_list_get(&d->route_set, i), &route);
		osip_list_add(&m->routes, route, -1);
	}
	if (!strict)
		return;
	/* A strict router takes the Request-URI's place; the target goes to
	 * the end. */
	osip_route_init(&route);
	route->url = m->req_uri;
	osip_list_add(&m->routes, route, -1);
	m->req_uri = NULL;
	route = osip_list_get(&d->route_set, 0);
	osip_uri_clone(route->url, &m->req_uri);
}

static osip_message_t *
build(struct call *call, const char *method, unsigned cseq, const char *type,
    const char *body)
{
	osip_dialog_t *d = call->dialog;
	bool invite = strcmp(method, "INVITE") == 0;
	char *from = NULL, *to = NULL, *uri = target_of(d);
	osip_message_t *m = NULL;

	osip_from_to_str(d->local_uri, &from);
	osip_to_to_str(d->remote_uri, &to);
	if (from != NULL && to != NULL && uri != NULL)
		m = sip_build(&call->phone->sip,
		    &(struct sip_request){ method, uri, from, to, d->call_id,
			cseq, invite, type, body });
	osip_free(from);
	osip_free(to);
	osip_free(uri);
	if (m != NULL)
		add_routes(d, m);
	return m;
}

osip_message_t *
call_within(
    struct call *call, const char *method, const char *type, const char *body)
{
	if (call->dialog == NULL)
		return NULL;
	return build(
	    call, method, (unsigned)++call->dialog->local_cseq, type, body);
}

/* ---- sending ---- */

struct tx *
call_send(struct call *call, osip_message_t *request, tx_fn fn)
{
	struct sip *sip = &call->phone->sip;
	struct where to;

	if (!sip_next_hop(sip, request, &to)) {
		report_log("nowhere to send it", request->sip_method);
		osip_message_free(request);
		return NULL;
	}
	auth_add(&call->auth, sip, request);
	return tx_request(sip, request, &to, false, fn, call);
}

struct tx *
call_send_again(
    struct call *call, struct tx *tx, const osip_message_t *response, tx_fn fn)
{
	osip_message_t *m;

	if (call->dialog == NULL || tx_message(tx) == NULL ||
	    !auth_learn(&call->auth, &call->phone->config, response))
		return NULL;
	m = sip_build_again(&call->phone->sip, tx_message(tx),
	    (unsigned)++call->dialog->local_cseq);
	tx_user(tx, NULL, NULL);
	return m != NULL ? call_send(call, m, fn) : NULL;
}

/* ---- ACK ---- */

/* 22.1: the ACK carries what the INVITE carried, there is no asking for it. */
static void
copy_credentials(const osip_message_t *from, osip_message_t *to)
{
	for (int i = 0; i < osip_list_size(&from->authorizations); i++) {
		osip_authorization_t *a = NULL;

		osip_authorization_clone(
		    osip_list_get(&from->authorizations, i), &a);
		osip_list_add(&to->authorizations, a, -1);
	}
	for (int i = 0; i < osip_list_size(&from->proxy_authorizations); i++) {
		osip_proxy_authorization_t *a = NULL;

		osip_proxy_authorization_clone(
		    osip_list_get(&from->proxy_authorizations, i), &a);
		osip_list_add(&to->proxy_authorizations, a, -1);
	}
}

void
call_ack_2xx(struct call *call, const osip_message_t *request, const char *body)
{
	unsigned cseq = request != NULL
			    ? (unsigned)osip_atoi(request->cseq->number)
			    : call->cseq;
	osip_message_t *ack = build(call, "ACK", cseq, "application/sdp", body);

	if (ack == NULL)
		return;
	if (request != NULL)
		copy_credentials(request, ack);
	osip_message_free(call->ack);
	call->ack = ack;
	if (sip_next_hop(&call->phone->sip, ack, &call->ack_to))
		call_ack_again(call, ack);
}

void
call_ack_again(struct call *call, const osip_message_t *ok)
{
	if (call->ack != NULL &&
	    text_equal(call->ack->cseq->number, ok->cseq->number))
		sip_send(&call->phone->sip, call->ack, &call->ack_to);
}

/* ---- BYE ---- */

static void
on_bye(struct tx *tx, enum tx_event event, osip_message_t *m, void *arg)
{
	struct call *call = arg;

	if (event == TX_RESPONSE && m->status_code < 200)
		return;
	if (event == TX_RESPONSE &&
	    (m->status_code == 401 || m->status_code == 407)) {
		struct tx *again = call_send_again(call, tx, m, on_bye);

		if (again != NULL) {
			call->bye = again;
			return;
		}
	}
	if (call->bye == tx)
		call->bye = NULL;
	tx_user(tx, NULL, NULL);
	/* 15.1.1: whatever the answer, it is over. */
	call_over(call, TEXT_ENDED);
}

void
call_bye(struct call *call)
{
	osip_message_t *bye = call_within(call, "BYE", NULL, NULL);

	timer_stop(&call->phone->timers, &call->retry);
	call_enter(call, CALL_TERMINATING);
	call->bye = bye != NULL ? call_send(call, bye, on_bye) : NULL;
	if (call->bye == NULL)
		call_over(call, TEXT_ENDED);
}
