/*
 * A node gets another address in the middle of a run, as a phone does that goes
 * to another network.  What is under way to the old one finds nobody there; its
 * connections break; whoever shall know the new one has to be told.
 */
#include "node/verbs.h"

#include "base/err.h"
#include "node/world.h"

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
	err = node_face_move(f, &to);
	if (err == ERR_EXISTS)
		return diag_set(d, err, NULL, 0,
		    _("%s can't move to %s: somebody else is there"), n->name,
		    text);
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
node_move(struct node *n, const char *text, struct diag *d)
{
	struct addr to;
	int err;

	if (addr_parse(str_of(text), &to) != 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is no address such as “192.0.2.3”"), text);
	err = move_face(n, &n->faces[0], to, text, d);
	return err == 0 ? node_set_attr(n, "addr", text) : err;
}

int
node_move_faces(struct node *n, const char *text, struct diag *d)
{
	struct str rest = str_of(text), name;
	struct buf faces = BUF_INIT;
	struct node_face *f;
	unsigned listens;
	struct addr to;
	int err = 0, bad;

	while (err == 0 && node_face_read(&rest, &name, &to, &listens, &bad)) {
		f = bad == 0 ? node_face_named(n, name) : NULL;
		if (bad != 0 || listens != 0)
			err = diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("“%s” is no face such as "
			      "“inside=10.0.0.1”"),
			    text);
		else if (f == NULL)
			err = diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("%s has no face “%.*s”"), n->name, STR_ARG(name));
		else
			err = move_face(n, f, to, text, d);
	}
	if (err == 0) {
		node_write_faces(n, &faces);
		err = faces.err != 0
			  ? faces.err
			  : node_set_attr(n, "faces", buf_cstr(&faces));
	}
	buf_free(&faces);
	return err;
}
