/* A node gets another address; see node/address_change.h. */
#include "node/address_change.h"

#include "base/err.h"
#include "node/face.h"
#include "node/node_transport.h"
#include "node/phones.h"
#include "node/world.h"

/* N's faces in that form, except for one without a name. */
static void
write_faces(const struct node *n, struct buf *out)
{
	for (size_t i = 0; i < n->nfaces; i++) {
		const struct node_face *f = &n->faces[i];
		const char *before = "/";

		if (f->name[0] == '\0')
			continue;
		buf_printf(out, "%s%s=", out->n > 0 ? " " : "", f->name);
		addr_write(&f->addr, out);
		for (unsigned by = 0;
		     f->listens != NODE_LISTENS_ALL && by < ADDR_TRANSPORTS;
		     by++) {
			if (!node_face_listens_by(f, by))
				continue;
			buf_printf(
			    out, "%s%s", before, addr_transports[by].word);
			before = ",";
		}
	}
}

/* Moves F to the address TO; its connections end.  0, ERR_EXISTS (a host has
 * TO) or ERR_NOMEM. */
static int
face_move(struct node_face *f, const struct addr *to)
{
	bool open = f->transport != NULL;
	int err = net_host_change_addr(f->node->host, &f->addr, to);

	if (err != 0)
		return err;
	/* Connections are bound to the address they were made from. */
	transport_destroy(f->transport);
	f->transport = NULL;
	f->addr = *to;
	phones_forget(f->node->world);
	return open ? transport_create(&f->transport, f) : 0;
}

/* F goes to TO, of which TEXT is what was said. */
static int
move_face(struct node *n, struct node_face *f, struct addr to, const char *text,
    struct diag *d)
{
	int err;

	if (to.port != 0 && to.port != f->addr.port)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s keeps its port %u when it moves"), n->name,
		    f->addr.port);
	to.port = f->addr.port;
	to.transport = f->addr.transport;
	if (addr_same_ip(&f->addr, &to))
		return 0;
	err = face_move(f, &to);
	if (err == ERR_EXISTS)
		return diag_set(d, err, NULL, 0,
		    _("%s can't move to %s: another node has that address"),
		    n->name, text);
	if (err == 0 && n->stack != NULL && f == &n->faces[0]) {
		to = node_face_addr(f, ADDR_DEFAULT);
		err = sip_stack_set_addr(n->stack, &to);
	}
	for (size_t i = 0; err == 0 && i < n->nroles; i++)
		if (n->role[i].ops->moved != NULL)
			err = n->role[i].ops->moved(n->role[i].state);
	return err;
}

int
node_address_change(struct node *n, const char *text, struct diag *d)
{
	struct addr to;
	int err;

	if (addr_parse(str_of(text), &to) != 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not an address such as “192.0.2.3”"), text);
	err = move_face(n, &n->faces[0], to, text, d);
	return err == 0 ? node_set_attr(n, "addr", text) : err;
}

int
node_address_change_faces(struct node *n, const char *text, struct diag *d)
{
	struct str rest = str_of(text), name;
	LOCAL_BUF faces = BUF_INIT;
	struct node_face *f;
	unsigned listens;
	struct addr to;
	int err = 0, bad;

	while (err == 0 && node_face_read(&rest, &name, &to, &listens, &bad)) {
		f = bad == 0 ? node_face_named(n, name) : NULL;
		if (bad != 0 || listens != 0)
			err = diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("“%s” is not a face such as “inside=10.0.0.1”"),
			    text);
		else if (f == NULL)
			err = diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("%s has no face “%.*s”"), n->name, STR_ARG(name));
		else
			err = move_face(n, f, to, text, d);
	}
	if (err == 0) {
		write_faces(n, &faces);
		err = faces.err != 0
			  ? faces.err
			  : node_set_attr(n, "faces", buf_cstr(&faces));
	}
	return err;
}
