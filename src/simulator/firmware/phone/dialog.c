/* Requests within a dialog. */
#include "firmware/phone/dialog.h"

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

/* RFC 3261 12.2.1.1, RFC 3311 5.1, RFC 3515 2.2, RFC 6665 8.1.1: what may
 * change the target says where it is. */
static bool
has_contact(const char *method)
{
	static const char *const methods[] = { "INVITE", "UPDATE", "REFER",
		"NOTIFY" };

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (strcmp(methods[i], method) == 0)
			return true;
	return false;
}

osip_message_t *
dialog_build(struct sip *sip, const osip_dialog_t *d, const char *method,
    unsigned cseq, const char *type, const char *body)
{
	char *from = NULL, *to = NULL, *uri = target_of(d);
	osip_message_t *m = NULL;

	osip_from_to_str(d->local_uri, &from);
	osip_to_to_str(d->remote_uri, &to);
	if (from != NULL && to != NULL && uri != NULL)
		m = sip_build(sip,
		    &(struct sip_request){ method, uri, from, to, d->call_id,
			cseq, has_contact(method), type, body });
	osip_free(from);
	osip_free(to);
	osip_free(uri);
	if (m != NULL)
		add_routes(d, m);
	return m;
}

osip_message_t *
dialog_next(struct sip *sip, osip_dialog_t *d, const char *method,
    const char *type, const char *body)
{
	return dialog_build(
	    sip, d, method, (unsigned)++d->local_cseq, type, body);
}

/* ---- sending ---- */

struct tx *
dialog_send(struct sip *sip, struct auth *auth, osip_message_t *request,
    tx_fn fn, void *arg)
{
	struct where to;

	if (!sip_next_hop(sip, request, &to)) {
		report_log("nowhere to send it", request->sip_method);
		osip_message_free(request);
		return NULL;
	}
	auth_add(auth, sip, request);
	return tx_request(sip, request, &to, false, fn, arg);
}

struct tx *
dialog_send_again(struct sip *sip, osip_dialog_t *d, struct auth *auth,
    struct tx *tx, const osip_message_t *response, tx_fn fn, void *arg)
{
	osip_message_t *m;

	if (d == NULL || tx_message(tx) == NULL ||
	    !auth_learn(auth, sip->config, response))
		return NULL;
	m = sip_build_again(sip, tx_message(tx), (unsigned)++d->local_cseq);
	tx_user(tx, NULL, NULL);
	return m != NULL ? dialog_send(sip, auth, m, fn, arg) : NULL;
}
