/*
 * A network's users: their passwords, their phones, trusted nodes, and the
 * users that each role of a node serves.
 */
#include "node/users.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/chars.h"
#include "msg/header_names.h"
#include "node/uri.h"
#include "node/world.h"

/* ---- Whose phones ---- */

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
users_write_address(const struct addr *a, struct buf *key)
{
	buf_putc(key, ' ');
	addr_write(a, key);
}

static int
users_add_key(
    struct users *u, struct str key, const struct node *n, size_t rank)
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
	LOCAL_BUF address = BUF_INIT;

	users_write_address(a, &address);
	return address.err != 0 ? ERR_NOMEM
				: users_add_key(u, buf_view(&address), n, rank);
}

/* Once for each port at which F listens, but first with its own. */
static int
users_add_face(struct users *u, const struct node_face *f, const struct node *n,
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
	LOCAL_BUF aor = BUF_INIT;
	LOCAL_MEM char *text = node_aor(n);
	int err = text != NULL ? msg_uri_aor(str_of(text), &aor) : ERR_NOMEM;

	if (err == 0 && aor.err == 0)
		err = users_add_key(u, buf_view(&aor), n, rank);
	/* A name that no user can have. */
	if (err == ERR_SYNTAX)
		err = 0;
	if (err == 0 && aor.err != 0)
		err = ERR_NOMEM;
	for (size_t i = 0; err == 0 && i < n->nfaces; i++)
		err = users_add_face(u, &n->faces[i], n, rank);
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
	users_write_address(&a, key);
}

int
users_find(struct world *w, struct str uri, users_fits_fn *fits,
    const void *arg, const struct node **found)
{
	const struct user *of, *at;
	LOCAL_BUF key = BUF_INIT, address = BUF_INIT;
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
	return err;
}

/* ---- Users and their passwords ---- */

struct accounts {
	struct map *passwords; /* canonical address-of-record → char * */
};

/* ---- names ---- */

/* RFC 3261 25.1, user: what may not be in a URI is escaped. */
static void
users_write(struct str name, struct buf *out)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool escape = c == '%' && i + 2 < name.n &&
			      chr_hex(name.p[i + 1]) >= 0 &&
			      chr_hex(name.p[i + 2]) >= 0;

		if (escape || chars_are(c, CHARS_UNRESERVED) ||
		    (c != '\0' && strchr("&=+$,;?/", c) != NULL))
			buf_putc(out, c);
		else
			buf_printf(out, "%%%02X", (unsigned char)c);
	}
}

/* The address-of-record of NAME in REALM, appended to OUT. 0, ERR_SYNTAX,
 * ERR_NOMEM. */
static int
write_aor(struct str name, struct str realm, struct buf *out)
{
	ptrdiff_t at = str_rchr(name, '@');
	LOCAL_BUF uri = BUF_INIT;
	int err = ERR_SYNTAX;

	if (at > 0 && str_ieq(str_slice(name, (size_t)at + 1, name.n), realm))
		name.n = (size_t)at;
	if (name.n == 0 || realm.n == 0)
		return ERR_SYNTAX;
	buf_puts(&uri, "sip:");
	users_write(name, &uri);
	buf_putc(&uri, '@');
	buf_str(&uri, realm);
	err = uri.err != 0 ? uri.err : msg_uri_aor(buf_view(&uri), out);
	return out->err != 0 ? out->err : err;
}

/* ---- the attribute ---- */

bool
account_next(struct str *rest, struct account *a)
{
	while (rest->n > 0) {
		struct str word = str_cut(*rest, ' ', rest), secret;
		ptrdiff_t at;

		a->name = str_cut(word, ':', &secret);
		at = str_rchr(secret, '@');
		a->password =
		    at < 0 ? secret : str_slice(secret, 0, (size_t)at);
		a->realm = at < 0 ? STR_NULL
				  : str_slice(secret, (size_t)at + 1, secret.n);
		if (a->name.n > 0 && a->name.n < word.n)
			return true;
	}
	return false;
}

int
account_find(const struct node *n, struct str realm)
{
	struct str rest = str_of(node_attr(n, "accounts", ""));
	struct account a;
	struct msg_uri u;
	int err = ERR_NOTFOUND;
	LOCAL_MEM char *aor = NULL;

	while (account_next(&rest, &a))
		if (str_ieq(a.realm.n > 0 ? a.realm : str_of(n->domain), realm))
			return 0;
	if (node_attr(n, "password", NULL) == NULL)
		return ERR_NOTFOUND;
	aor = node_aor(n);
	if (aor == NULL)
		return ERR_NOMEM;
	if (msg_uri_read(str_of(aor), &u) == 0 && u.sip &&
	    str_ieq(u.host, realm))
		err = 0;
	return err;
}

/* ---- the table ---- */

/* The first one counts; a name that can be none does not. */
static int
add_account(
    struct accounts *a, struct str name, struct str realm, struct str password)
{
	LOCAL_BUF aor = BUF_INIT;
	int err = write_aor(name, realm, &aor);
	char *copy = NULL;

	if (err == 0 && map_get(a->passwords, buf_view(&aor)) == NULL) {
		copy = mem_dup(password.p, password.n);
		err = copy == NULL
			  ? ERR_NOMEM
			  : map_put(a->passwords, buf_view(&aor), copy);
		if (err != 0)
			mem_free(copy);
	}
	return err == ERR_NOMEM ? err : 0;
}

static int
add_password(struct accounts *a, const struct node *n)
{
	const char *password = node_attr(n, "password", NULL);
	struct msg_uri u;
	LOCAL_MEM char *aor = NULL;
	int err = 0;

	if (password == NULL)
		return 0;
	aor = node_aor(n);
	if (aor == NULL)
		return ERR_NOMEM;
	if (msg_uri_read(str_of(aor), &u) == 0 && u.sip)
		err = add_account(a, u.user, u.host, str_of(password));
	return err;
}

static int
add_accounts(struct accounts *a, const struct node *n)
{
	struct str rest = str_of(node_attr(n, "accounts", ""));
	struct account one;
	int err = 0;

	while (err == 0 && account_next(&rest, &one))
		err = add_account(a, one.name,
		    one.realm.n > 0 ? one.realm : str_of(n->domain),
		    one.password);
	return err;
}

int
accounts_create(struct accounts **ap, const struct world *w)
{
	struct accounts *a = mem_zalloc(1, sizeof(*a));
	size_t at = 0;
	void *node;
	int err = a == NULL ? ERR_NOMEM : map_create(&a->passwords);

	while (err == 0 && map_next(w->nodes, &at, NULL, &node))
		err = add_password(a, node);
	at = 0;
	while (err == 0 && map_next(w->nodes, &at, NULL, &node))
		err = add_accounts(a, node);
	if (err != 0) {
		accounts_destroy(a);
		a = NULL;
	}
	*ap = a;
	return err;
}

void
accounts_destroy(struct accounts *a)
{
	if (a == NULL)
		return;
	map_destroy_all(a->passwords);
	mem_free(a);
}

const char *
accounts_password(const struct accounts *a, struct str user, struct str realm,
    struct buf *aor)
{
	int err;

	buf_clear(aor);
	err = write_aor(user, realm, aor);
	if (err == 0)
		return map_get(a->passwords, buf_view(aor));
	buf_clear(aor);
	aor->err = err == ERR_NOMEM ? err : 0;
	return NULL;
}

/* WORD names the node with address A, or the domain that it is of. */
static bool
users_names_address(
    const struct world *w, struct str word, const struct addr *a)
{
	const struct net_host *h = net_by_addr(w->net, a);
	const struct node *n =
	    h != NULL ? world_find(w, net_host_name(h)) : NULL;

	return n != NULL && (str_is(word, n->name) || str_iis(word, n->domain));
}

bool
node_has_trust(const struct node *n)
{
	return node_attr(n, "trust", NULL) != NULL;
}

bool
node_trusts(const struct node *n, const struct addr *a)
{
	struct str rest = str_of(node_attr(n, "trust", NULL));

	if (node_has_addr(n, a))
		return true; /* a spiral */
	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		if (word.n > 0 && users_names_address(n->world, word, a))
			return true;
	}
	return false;
}

struct str
node_asserted_in(const struct msg *m)
{
	struct msg_values it = { 0 };
	struct msg_addr a;
	struct msg_uri u;
	struct str v;

	while (msg_next_value(m, MSG_H_P_ASSERTED_IDENTITY, &it, &v))
		if (msg_addr_read(v, &a) == 0 && !a.star &&
		    msg_uri_read(a.uri, &u) == 0 &&
		    (u.sip || str_iis(u.scheme, "tel")))
			return a.uri;
	return STR_NULL;
}

/* ---- Whom each role of a node serves ---- */

bool
node_serves_next(struct str *rest, struct str *role, struct str *whom)
{
	struct str word = STR_NULL;

	while (word.n == 0 && rest->n > 0)
		word = str_cut(*rest, ' ', rest);
	*role = str_cut(word, '=', whom);
	if (whom->n == 0)
		*role = STR_NULL;
	return word.n > 0;
}

bool
node_serves_domain(struct str whom)
{
	return str_chr(whom, '.') >= 0 && str_chr(whom, '@') < 0 &&
	       str_chr(whom, ':') < 0;
}

/* WHOM means URI; one without a domain is a user of N's own, or at N itself. */
static bool
means_user(const struct node *n, struct str whom, struct str uri)
{
	LOCAL_BUF aor = BUF_INIT, own = BUF_INIT;
	struct msg_uri u;
	bool same;

	if (str_chr(whom, '@') < 0 && str_chr(whom, ':') < 0)
		return msg_uri_read(uri, &u) == 0 && u.sip &&
		       msg_user_equal(whom, u.user) &&
		       (str_ieq(msg_host_name(u.host),
			    msg_host_name(str_of(n->domain))) ||
			   node_is_uri(n, uri));
	same = msg_uri_aor(uri, &aor) == 0 &&
	       node_write_aor(whom, n->domain, &own) == 0 &&
	       str_eq(buf_view(&aor), buf_view(&own));

	if (aor.err != 0 || own.err != 0)
		node_fail_memory(n);
	return same;
}

static bool
means_domain(struct str whom, const struct msg_uri *u)
{
	return u->sip && node_serves_domain(whom) &&
	       str_ieq(msg_host_name(whom), msg_host_name(u->host));
}

enum node_serves
node_serves(const struct node *n, const char *role, struct str uri)
{
	struct str rest = str_of(node_attr(n, "serves", ""));
	enum node_serves best = NODE_SERVES_ALL;
	struct msg_uri u = { .sip = false };
	struct str word, whom;

	if (rest.n == 0)
		return NODE_SERVES_ALL;
	msg_uri_read(uri, &u);
	while (node_serves_next(&rest, &word, &whom)) {
		if (!str_is(word, role))
			continue;
		if (best == NODE_SERVES_ALL)
			best = NODE_SERVES_OTHERS;
		if (means_domain(whom, &u) && best < NODE_SERVES_DOMAIN)
			best = NODE_SERVES_DOMAIN;
		else if (!node_serves_domain(whom) && means_user(n, whom, uri))
			return NODE_SERVES_USER;
	}
	return best;
}

bool
node_serves_domain_of(const struct node *n, const struct msg_uri *u)
{
	struct str rest = str_of(node_attr(n, "serves", ""));
	struct str role, whom;

	while (node_serves_next(&rest, &role, &whom))
		if (means_domain(whom, u))
			return true;
	return false;
}

bool
node_serves_user(const struct node *n, struct str uri)
{
	struct str rest = str_of(node_attr(n, "serves", ""));
	struct str role, whom;

	while (node_serves_next(&rest, &role, &whom))
		if (!node_serves_domain(whom) && means_user(n, whom, uri))
			return true;
	return false;
}
