/*
 * The location service as a role: it comes up, listens, and forgets all when it
 * goes down.  What it keeps is in location_store.c, how it is asked in
 * location_server.c and location_client.c.
 */
#include "roles/location/location_in.h"

#include "agent/agent.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

#include <stdio.h>

int64_t
location_think(const struct location *l)
{
	return node_attr_time(l->node, "think", 0);
}

/* ---- phones that were registered before the run ---- */

/* RFC 3327 5.2: what the phone's proxy would have put into the Path. */
static int
write_path(
    const struct location *l, const struct node *ua_node, struct buf *out)
{
	struct str rest = str_of(node_attr(ua_node, "outbound", ""));
	struct str first = str_cut(rest, ' ', &rest);
	const struct node *proxy = map_get(ua_node->world->nodes, first);

	if (proxy == NULL || !node_attr_bool(proxy, "path", false))
		return 0;
	node_write_address(node_face_for(proxy, l->node), ";lr", out);
	return out->err;
}

/* The preference and the life that the phone asks for, as a REGISTER says. */
static void
read_wishes(const struct node *ua_node, struct location_contact *c)
{
	LOCAL_BUF q = BUF_INIT;
	uint32_t s = node_attr_seconds(ua_node, "expires", SIP_EXPIRES_S);

	buf_printf(&q, ";q=%s", node_attr(ua_node, "q", "1"));
	c->q = msg_q(buf_view(&q));
	/* One without end is an administrator's. */
	c->expires_s = s < LOCATION_FOREVER_S ? s : LOCATION_FOREVER_S - 1;
	node_fail_nomem(ua_node, q.err);
}

int
location_warm(struct location *l, const struct node *ua_node)
{
	struct location_contacts one = { NULL, 0 };
	LOCAL_BUF aor = BUF_INIT, path = BUF_INIT;
	char *name = node_aor(ua_node),
	     *contact = agent_contact_of(ua_node, l->node);
	struct msg_addr a;
	int err = ERR_NOMEM;

	if (name == NULL || contact == NULL)
		goto out;
	err = msg_uri_aor(str_of(name), &aor);
	if (err == 0)
		err = msg_addr_read(str_of(contact), &a);
	if (err == 0)
		err = location_contacts_add(&one, a.uri, 0, 1000);
	if (err == 0)
		err = write_path(l, ua_node, &path);
	if (err == 0)
		err = location_contacts_set_path(&one, buf_view(&path));
	if (err == 0) {
		read_wishes(ua_node, &one.list[0]);
		err = location_bind(
		    l, buf_view(&aor), &one.list[0], RULE_LOCATION_WARM);
	}
out:
	location_contacts_free(&one);
	mem_free(name);
	mem_free(contact);
	/* A name that is no URI, or too many phones of one user, have no
	 * binding, as after a REGISTER. */
	return err == ERR_NOMEM ? err : 0;
}

/* ---- life ---- */

static void
location_stop(void *role)
{
	struct location *l = role;

	location_exchanges_free(l);
	location_words_free(l);
	location_store_free(l);
	if (l->sock != NULL)
		net_udp_close(l->sock);
}

static int
location_start(struct node *n, void *role)
{
	struct location *l = role;
	char life[32];
	int err;

	l->node = n;
	/* RFC 5627 5.1: after a restart none is given a second time. */
	snprintf(life, sizeof(life), "tgruu/%u", n->lives);
	rng_init(&l->draws, sim_seed(node_sim(n)), n->name, life);
	err = map_create(&l->records);
	if (err == 0)
		err = map_create(&l->words);
	if (err == 0)
		err = map_create(&l->temps);
	if (err == 0)
		err = map_create(&l->gruus);
	if (err == 0)
		err = map_create(&l->exchanges);
	if (err == 0)
		err = net_udp_open(n->host, TRACE_PORT_LOCATION,
		    location_received, l, &l->sock);
	return err;
}

NODE_ROLE(location) = {
	.word = "location",
	.size = sizeof(struct location),
	.start = location_start,
	.stop = location_stop,
	.verbs = location_verbs,
};
