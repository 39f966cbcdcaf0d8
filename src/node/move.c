/*
 * A node gets another address in the middle of a run, as a phone does that goes
 * to another network.  What is under way to the old one finds nobody there; its
 * connections break; whoever shall know the new one has to be told.
 */
#include "node/verbs.h"

#include "base/err.h"
#include "node/transport.h"
#include "node/users.h"
#include "node/world.h"

/* The address that TEXT says, with the node's own port. */
static int
read_addr(
    const struct node *n, const char *text, struct addr *a, struct diag *d)
{
	if (addr_parse(str_of(text), a) != 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is no address such as “192.0.2.3”"), text);
	if (a->port != 0 && a->port != n->addr.port)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s keeps its port %u when it moves"), n->name,
		    n->addr.port);
	a->port = n->addr.port;
	a->transport = n->addr.transport;
	return 0;
}

/* Connections are bound to the address they were made from. */
static int
break_connections(struct node *n)
{
	if (n->transport == NULL)
		return 0;
	transport_destroy(n->transport);
	n->transport = NULL;
	return transport_create(&n->transport, n);
}

int
node_move(struct node *n, const char *text, struct diag *d)
{
	struct addr from = n->addr, to;
	int err = read_addr(n, text, &to, d);

	if (err != 0 || addr_same_ip(&from, &to))
		return err;
	err = net_host_change_addr(n->host, &from, &to);
	if (err == ERR_EXISTS)
		return diag_set(d, err, NULL, 0,
		    _("%s can't move to %s: somebody else is there"), n->name,
		    text);
	if (err != 0)
		return err;
	n->addr = to;
	users_forget(n->world);
	err = break_connections(n);
	if (err == 0 && n->stack != NULL)
		err = sip_stack_set_addr(n->stack, &to);
	for (size_t i = 0; err == 0 && i < n->nroles; i++)
		if (n->role[i].ops->moved != NULL)
			err = n->role[i].ops->moved(n->role[i].state);
	return err == 0 ? node_set_attr(n, "addr", text) : err;
}
