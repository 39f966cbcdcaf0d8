/*
 * Where a request goes.  There is no DNS: the table of hosts of the command
 * line answers for a domain, as RFC 3263 would.
 */
#include "firmware/phone/sip.h"

/* "example.com" and "example.com:5070" are two names in the table. */
static bool
look_up(const struct config *c, const char *host, const char *port,
    struct where *to)
{
	char name[CONFIG_URI];
	struct text t = TEXT_IN(name);

	text_s(&t, host);
	if (port != NULL) {
		text_c(&t, ':');
		text_s(&t, port);
	}
	for (unsigned i = 0; i < c->nhosts; i++)
		if (text_same(c->hosts[i].domain, name)) {
			*to = c->hosts[i].at;
			return true;
		}
	for (unsigned i = 0; port != NULL && i < c->nhosts; i++)
		if (text_same(c->hosts[i].domain, host)) {
			*to = c->hosts[i].at;
			return true;
		}
	return false;
}

static bool
resolve(const struct config *c, const osip_uri_t *uri, struct where *to)
{
	osip_uri_param_t *maddr = NULL;
	const char *host = uri->host;
	unsigned long port = 5060;

	if (host == NULL)
		return false;
	/* RFC 3263 4: maddr takes the host's place. */
	osip_uri_param_get_byname((osip_list_t *)(uintptr_t)&uri->url_params,
	    OSIP_NAME("maddr"), &maddr);
	if (maddr != NULL && maddr->gvalue != NULL)
		host = maddr->gvalue;
	if (uri->port != NULL &&
	    (!text_read_u(uri->port, &port) || port == 0 || port > 65535))
		return false;
	to->port = (uint16_t)port;
	if (text_read_ip(host, &to->ip, NULL))
		return true;
	if (look_up(c, host, uri->port, to)) {
		if (uri->port != NULL)
			to->port = (uint16_t)port;
		return true;
	}
	return false;
}

/* What URI asks for, else what the phone is told to use. */
static bool
wants_tcp(const struct config *c, const osip_uri_t *uri)
{
	osip_uri_param_t *transport = NULL;

	osip_uri_param_get_byname((osip_list_t *)(uintptr_t)&uri->url_params,
	    OSIP_NAME("transport"), &transport);
	if (transport == NULL || transport->gvalue == NULL)
		return c->tcp;
	return text_same(transport->gvalue, "tcp");
}

bool
sip_next_hop(
    const struct sip *sip, const osip_message_t *request, struct where *to)
{
	const struct config *c = sip->config;
	osip_route_t *route = osip_list_get(&request->routes, 0);
	const osip_uri_t *uri =
	    route != NULL && route->url != NULL ? route->url : request->req_uri;

	if (uri != NULL && resolve(c, uri, to)) {
		to->tcp = wants_tcp(c, uri);
		return true;
	}
	*to = c->outbound;
	to->tcp = c->tcp;
	return c->outbound.ip != 0;
}

void
sip_preload(const struct sip *sip, osip_message_t *request)
{
	const struct config *c = sip->config;
	char route[64];
	struct text t = TEXT_IN(route);

	if (c->outbound.ip == 0)
		return;
	text_s(&t, "<sip:");
	text_ip(&t, c->outbound.ip);
	text_c(&t, ':');
	text_u(&t, c->outbound.port);
	text_s(&t, c->tcp ? ";transport=tcp;lr>" : ";lr>");
	osip_message_set_route(request, route);
}
