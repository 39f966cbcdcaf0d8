/* The passwords of users; see node/accounts.h. */
#include "node/accounts.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/chars.h"
#include "node/uri.h"
#include "node/world.h"

struct accounts {
	struct map *passwords; /* canonical address-of-record → char * */
};

/* ---- names ---- */

/* RFC 3261 25.1, user: what may not be in a URI is escaped. */
static void
write_user(struct str name, struct buf *out)
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
	write_user(name, &uri);
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
