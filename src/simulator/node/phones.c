/* The index of phones; see node/phones.h. */
#include "node/phones.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/uri.h"
#include "node/world.h"

/* A phone under one of its two keys, and the next one under the same key: both
 * in the order in which the world has them. */
struct phone {
	const struct node *node;
	size_t rank;
	struct phone *next;
};

struct phones {
	struct map *by_key; /* address-of-record or address → struct phone * */
};

static void
free_chain(struct phone *u)
{
	while (u != NULL) {
		struct phone *next = u->next;

		mem_free(u);
		u = next;
	}
}

void
phones_destroy(struct phones *u)
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
phones_forget(struct world *w)
{
	phones_destroy(w->phones);
	w->phones = NULL;
}

/* A canonical URI never has a blank, so that no address is taken for one. */
static void
write_address(const struct addr *a, struct buf *key)
{
	buf_putc(key, ' ');
	addr_write(a, key);
}

static int
add_key(struct phones *u, struct str key, const struct node *n, size_t rank)
{
	struct phone *first = map_get(u->by_key, key);
	struct phone *one = mem_zalloc(1, sizeof(*one));
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
    struct phones *u, const struct addr *a, const struct node *n, size_t rank)
{
	LOCAL_BUF address = BUF_INIT;

	write_address(a, &address);
	return address.err != 0 ? ERR_NOMEM
				: add_key(u, buf_view(&address), n, rank);
}

/* Once for each port at which F listens, but first with its own. */
static int
add_face(struct phones *u, const struct node_face *f, const struct node *n,
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
add_phone(struct phones *u, const struct node *n, size_t rank)
{
	LOCAL_BUF aor = BUF_INIT;
	LOCAL_MEM char *text = node_aor(n);
	int err = text != NULL ? msg_uri_aor(str_of(text), &aor) : ERR_NOMEM;

	if (err == 0 && aor.err == 0)
		err = add_key(u, buf_view(&aor), n, rank);
	/* A name that no user can have. */
	if (err == ERR_SYNTAX)
		err = 0;
	if (err == 0 && aor.err != 0)
		err = ERR_NOMEM;
	for (size_t i = 0; err == 0 && i < n->nfaces; i++)
		err = add_face(u, &n->faces[i], n, rank);
	return err;
}

static int
make_index(struct world *w)
{
	size_t at = 0, rank = 0;
	int err = ERR_NOMEM;
	void *n;

	w->phones = mem_zalloc(1, sizeof(*w->phones));
	if (w->phones != NULL)
		err = map_create(&w->phones->by_key);
	while (err == 0 && map_next(w->nodes, &at, NULL, &n))
		if (node_has_trait(n, TRAIT_USER))
			err = add_phone(w->phones, n, rank++);
	if (err != 0)
		phones_forget(w);
	return err;
}

static const struct phone *
first_that_fits(const struct phone *u, phones_fits_fn *fits, const void *arg)
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
phones_find(struct world *w, struct str uri, phones_fits_fn *fits,
    const void *arg, const struct node **found)
{
	const struct phone *of, *at;
	LOCAL_BUF key = BUF_INIT, address = BUF_INIT;
	int err = w->phones != NULL ? 0 : make_index(w);

	*found = NULL;
	if (err == 0 && msg_uri_aor(uri, &key) == 0) {
		write_uri_address(uri, &address);
		of = first_that_fits(
		    map_get(w->phones->by_key, buf_view(&key)), fits, arg);
		at = first_that_fits(
		    map_get(w->phones->by_key, buf_view(&address)), fits, arg);
		if (of == NULL || (at != NULL && at->rank < of->rank))
			of = at;
		*found = of != NULL ? of->node : NULL;
	}
	if (key.err != 0 || address.err != 0)
		err = ERR_NOMEM;
	return err;
}
