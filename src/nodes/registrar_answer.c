/*
 * The registrar's 200: all bindings (RFC 3261 10.3 step 8), the Path as it came
 * (RFC 3327 5.3), the Service-Route (RFC 3608 6.3).  There is no Date, which
 * step 8 would like: no clock of the outside world is read.
 */
#include "nodes/registrar.h"
#include "node/world.h"

/* The proxies of the attribute as loose routes, in its order. */
static void
write_service_route(const struct node *n, struct buf *out)
{
	struct str rest = str_of(node_attr(n, "service_route", ""));

	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);
		const struct node *proxy = map_get(n->world->nodes, word);

		if (proxy == NULL)
			continue;
		buf_puts(out, out->n > 0 ? ", " : "");
		node_write_address(proxy, ";lr", out);
	}
}

void
registrar_answer(struct node *n, const struct sip_in *in,
    const struct location_contacts *bindings)
{
	struct buf contact = BUF_INIT, path = BUF_INIT, service = BUF_INIT;
	struct sip_header headers[2];
	struct sip_response_spec spec = { .status = 200, .headers = headers };

	location_contacts_write(bindings, &contact);
	registrar_write_path(in->m, &path);
	write_service_route(n, &service);
	spec.contact = buf_view(&contact);
	if (path.n > 0)
		headers[spec.nheaders++] =
		    (struct sip_header){ "Path", buf_view(&path) };
	if (service.n > 0)
		headers[spec.nheaders++] =
		    (struct sip_header){ "Service-Route", buf_view(&service) };
	if (contact.err != 0 || path.err != 0 || service.err != 0)
		node_fail_memory(n);
	else
		node_reply(n, in, &spec,
		    service.n > 0 ? RULE_SERVICE_ROUTE_GIVE : RULE_REGISTER_OK);
	buf_free(&contact);
	buf_free(&path);
	buf_free(&service);
}
