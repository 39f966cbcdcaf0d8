/*
 * A proxy at the entry of an IMS network, its I-CSCF (hss=NODE): it asks the
 * home subscriber server which S-CSCF has the user, by UAR for a REGISTER, by
 * LIR for all else, and forwards by the answer.  It keeps nothing: of the next
 * request it asks again.  TS 24.229 5.3, TS 29.228 6.1.
 */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "msg/parts.h"
#include "roles/hss/cx.h"
#include "rules/rule_names.h"

/* The S-CSCF that is chosen where the server names none: the first of those
 * that the attribute `serving` lists (TS 29.228 6.7). */
static void
write_choice(const struct proxy *p, struct buf *out)
{
	struct str rest = str_of(node_attr(p->node, "serving", ""));
	const struct node *n =
	    map_get(p->node->world->nodes, str_cut(rest, ' ', &rest));

	if (n != NULL)
		node_write_uri(&n->faces[0], ADDR_DEFAULT, out);
}

/* A REGISTER has the S-CSCF in its Request-URI, all else gets a Route (TS
 * 24.229 5.3.1.2, 5.3.2.1). */
static void
forward_to(struct proxy_context *c, struct str server)
{
	const struct msg *m = proxy_context_request(c);
	struct buf route = BUF_INIT;
	bool registers = m->method == MSG_REGISTER;

	buf_printf(&route, "<%.*s;lr>", STR_ARG(server));
	c->responsible = true;
	if (route.err != 0)
		node_fail_memory(c->proxy->node);
	else if (proxy_context_add(c, registers ? server : m->uri,
		     registers ? STR_NULL : buf_view(&route), 1000,
		     "subscriber", RULE_CX_FORWARD))
		proxy_context_go(c);
	else
		proxy_context_answer(c, 480, RULE_CX_NO_SERVER);
	buf_free(&route);
}

static void
on_home_answer(const struct diameter *answer, void *arg)
{
	struct proxy_context *c = arg;
	bool registers = proxy_context_request(c)->method == MSG_REGISTER;
	struct cx_outcome o =
	    cx_judge(registers ? DIAMETER_UA : DIAMETER_LI, answer);
	struct str server = STR_NULL;
	struct buf choice = BUF_INIT;

	c->asking = false;
	if (o.status == 0)
		server = diameter_find(answer->avps, DIAMETER_AVP_SERVER_NAME);
	if (o.status == 0 && server.n == 0) {
		write_choice(c->proxy, &choice);
		server = buf_view(&choice);
	}
	if (o.status != 0)
		proxy_context_answer(c, o.status, o.why);
	else if (server.n == 0)
		proxy_context_answer(c, 600, RULE_CX_NO_SERVER);
	else if (!c->final)
		forward_to(c, server);
	buf_free(&choice);
	proxy_context_release(c);
}

/* Whom C's request is for: a REGISTER by To, all else by its Request-URI. */
static int
write_question(struct proxy_context *c, struct buf *impu, struct buf *q)
{
	const struct msg *m = proxy_context_request(c);
	struct str visited = msg_value(m, MSG_H_P_VISITED_NETWORK_ID);
	struct buf impi = BUF_INIT;
	int err;

	if (m->method == MSG_REGISTER) {
		err = cx_identities(m, &impi, impu);
		cx_begin(c->proxy->home, DIAMETER_UA, buf_view(&impi),
		    buf_view(impu), q);
		/* RFC 7315 4.3: a token or a quoted text. */
		if (visited.n > 1 && visited.p[0] == '"')
			visited = str_slice(visited, 1, visited.n - 1);
		diameter_put(q, DIAMETER_AVP_VISITED_NETWORK,
		    visited.n > 0 ? visited : str_of(c->proxy->node->domain));
		diameter_put_value(q, cx_ends(m) ? DIAMETER_VALUE_AUTHORIZE_END
						 : DIAMETER_VALUE_AUTHORIZE);
	} else {
		err = msg_uri_aor(m->uri, impu);
		cx_begin(
		    c->proxy->home, DIAMETER_LI, STR_NULL, buf_view(impu), q);
	}
	buf_free(&impi);
	return err;
}

void
proxy_ask_home(struct proxy_context *c)
{
	struct buf impu = BUF_INIT, q = BUF_INIT;
	int err = write_question(c, &impu, &q);

	if (err == 0)
		err = cx_ask(
		    c->proxy->home, buf_view(&impu), &q, on_home_answer, c);
	if (err != 0) {
		c->asking = false;
		if (err == ERR_NOMEM)
			node_fail_memory(c->proxy->node);
		proxy_context_answer(
		    c, err == ERR_NOMEM ? 500 : 400, RULE_BAD_REQUEST);
		proxy_context_release(c);
	}
	buf_free(&impu);
	buf_free(&q);
}
