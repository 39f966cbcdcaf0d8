/* Whose phones (node/users.h). */
#include "node/users.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/world.h"
#include "node/uri.h"
#include "sip/defaults.h"

/* A phone under one of its two keys, and the next one under the same key: both
 * in the order in which the world has them. */
struct user {
	const struct node *node;
	size_t rank;
	struct user *next;
};

struct users {
	struct map *by_key; /* address-of-record or address → struct user * */
};

static void
free_chain(struct user *u)
{
	while (u != NULL) {
		struct user *next = u->next;

		mem_free(u);
		u = next;
	}
}

void
users_destroy(struct users *u)
{
	size_t at = 0;
	void *first;

	if (u == NULL)
		return;
	while (u->by_key != NULL && map_next(u->by_key, &at, NULL, &first))
		free_chain(first);
	map_destroy(u->by_key);
	mem_free(u);
}

void
users_forget(struct world *w)
{
	users_destroy(w->users);
	w->users = NULL;
}

/* A canonical URI never has a blank, so that no address is taken for one. */
static void
write_address(const struct addr *a, struct buf *key)
{
	buf_putc(key, ' ');
	addr_write(a, key);
}

static int
add_key(struct users *u, struct str key, const struct node *n, size_t rank)
{
	struct user *first = map_get(u->by_key, key);
	struct user *one = mem_zalloc(1, sizeof(*one));
	int err = one != NULL ? 0 : ERR_NOMEM;

	if (err != 0)
		return err;
	one->node = n;
	one->rank = rank;
	if (first == NULL)
		err = map_put(u->by_key, key, one);
	if (err != 0) {
		mem_free(one);
		return err;
	}
	while (first != NULL && first->next != NULL)
		first = first->next;
	if (first != NULL)
		first->next = one;
	return 0;
}

static int
add_address(
    struct users *u, const struct addr *a, const struct node *n, size_t rank)
{
	struct buf address = BUF_INIT;
	int err;

	write_address(a, &address);
	err = address.err != 0 ? ERR_NOMEM
			       : add_key(u, buf_view(&address), n, rank);
	buf_free(&address);
	return err;
}

/* Once for each port at which F listens, but first with its own. */
static int
add_face(struct users *u, const struct node_face *f, const struct node *n,
    size_t rank)
{
	int err = add_address(u, &f->addr, n, rank);
	uint16_t done = f->addr.port;

	for (uint8_t by = 0; err == 0 && by < ADDR_TRANSPORTS; by++) {
		struct addr a = node_face_addr(f, by);

		if (a.port != done && node_face_listens(f, a.port))
			err = add_address(u, &a, n, rank);
		done = a.port;
	}
	return err;
}

static int
add_phone(struct users *u, const struct node *n, size_t rank)
{
	struct buf aor = BUF_INIT;
	char *text = node_aor(n);
	int err = text != NULL ? msg_uri_aor(str_of(text), &aor) : ERR_NOMEM;

	if (err == 0 && aor.err == 0)
		err = add_key(u, buf_view(&aor), n, rank);
	/* A name that can be nobody's. */
	if (err == ERR_SYNTAX)
		err = 0;
	if (err == 0 && aor.err != 0)
		err = ERR_NOMEM;
	for (size_t i = 0; err == 0 && i < n->nfaces; i++)
		err = add_face(u, &n->faces[i], n, rank);
	mem_free(text);
	buf_free(&aor);
	return err;
}

static int
make_index(struct world *w)
{
	size_t at = 0, rank = 0;
	int err = ERR_NOMEM;
	void *n;

	w->users = mem_zalloc(1, sizeof(*w->users));
	if (w->users != NULL)
		err = map_create(&w->users->by_key);
	while (err == 0 && map_next(w->nodes, &at, NULL, &n))
		if (node_has_trait(n, TRAIT_USER))
			err = add_phone(w->users, n, rank++);
	if (err != 0)
		users_forget(w);
	return err;
}

static const struct user *
first_that_fits(const struct user *u, users_fits_fn *fits, const void *arg)
{
	while (u != NULL && !fits(u->node, arg))
		u = u->next;
	return u;
}

/* The key of the address that URI is, as node_is_uri compares them. */
static void
write_uri_address(struct str uri, struct buf *key)
{
	struct msg_uri u;
	struct addr a;

	if (msg_uri_read(uri, &u) != 0 || !u.sip || addr_parse(u.host, &a) != 0)
		return;
	a.port = msg_uri_port(&u);
	write_address(&a, key);
}

int
users_find(struct world *w, struct str uri, users_fits_fn *fits,
    const void *arg, const struct node **found)
{
	const struct user *of, *at;
	struct buf key = BUF_INIT, address = BUF_INIT;
	int err = w->users != NULL ? 0 : make_index(w);

	*found = NULL;
	if (err == 0 && msg_uri_aor(uri, &key) == 0) {
		write_uri_address(uri, &address);
		of = first_that_fits(
		    map_get(w->users->by_key, buf_view(&key)), fits, arg);
		at = first_that_fits(
		    map_get(w->users->by_key, buf_view(&address)), fits, arg);
		if (of == NULL || (at != NULL && at->rank < of->rank))
			of = at;
		*found = of != NULL ? of->node : NULL;
	}
	if (key.err != 0 || address.err != 0)
		err = ERR_NOMEM;
	buf_free(&key);
	buf_free(&address);
	return err;
}
