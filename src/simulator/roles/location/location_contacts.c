/*
 * Lists of contacts: the lists that the location service stores and answers,
 * and those in a Contact field of a 200 to REGISTER (RFC 3261 10.3 step 8) or
 * of a 3xx (8.3).
 */
#include "roles/location/location.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/message.h"
#include "msg/parts.h"
#include "node/uri.h"

void
location_contacts_free(struct location_contacts *c)
{
	for (size_t i = 0; i < c->n; i++) {
		mem_free(c->list[i].uri);
		mem_free(c->list[i].path);
		if (c->list[i].instance != NULL) {
			mem_free(c->list[i].instance);
			mem_free(c->list[i].temp);
		}
	}
	mem_free(c->list);
	c->list = NULL;
	c->n = 0;
}

int
location_contacts_add(
    struct location_contacts *c, struct str uri, int64_t expires_s, unsigned q)
{
	struct location_contact *list;

	if (c->n == LOCATION_CONTACTS)
		return ERR_LIMIT;
	list = mem_realloc_array(c->list, c->n + 1, sizeof(*list));
	if (list == NULL)
		return ERR_NOMEM;
	c->list = list;
	list[c->n] = (struct location_contact){
		.uri = mem_dup(uri.p, uri.n), .expires_s = expires_s, .q = q
	};
	if (list[c->n].uri == NULL)
		return ERR_NOMEM;
	c->n++;
	return 0;
}

int
location_contacts_set_path(struct location_contacts *c, struct str path)
{
	struct location_contact *last = &c->list[c->n - 1];

	mem_free(last->path);
	last->path = path.n > 0 ? mem_dup(path.p, path.n) : NULL;
	return path.n == 0 || last->path != NULL ? 0 : ERR_NOMEM;
}

int
location_contacts_set_instance(struct location_contacts *c, struct str instance,
    unsigned reg_id, struct str temp)
{
	struct location_contact *last = &c->list[c->n - 1];

	if (instance.n == 0)
		return 0;
	/* Without an instance there is nothing else to be freed. */
	last->instance = mem_dup(instance.p, instance.n);
	if (last->instance == NULL)
		return ERR_NOMEM;
	last->reg_id = reg_id;
	if (temp.n > 0)
		last->temp = mem_dup(temp.p, temp.n);
	return temp.n == 0 || last->temp != NULL ? 0 : ERR_NOMEM;
}

bool
location_path_is_valid(struct str path)
{
	struct str rest = path;

	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] < ' ' || path.p[i] > '~')
			return false;
	while (rest.n > 0) {
		struct msg_addr a;

		/* RFC 3327 4: each is a name-addr, with its brackets. */
		if (msg_addr_read(msg_cut_value(&rest), &a) != 0 || a.star ||
		    a.uri.p == path.p || a.uri.p[-1] != '<')
			return false;
	}
	return true;
}

/* 25.1: a digit, and at most three behind the point. */
static void
write_q(unsigned q, struct buf *b)
{
	unsigned digits = 3;

	for (; digits > 1 && q % 10 == 0; digits--)
		q /= 10;
	buf_printf(b, ";q=0.%0*u", (int)digits, q);
}

/* RFC 5627 A.1: the public one is the address-of-record with the instance. */
static void
location_contact_write_instance(
    const struct location_contact *l, struct str aor, struct buf *b)
{
	/* RFC 5630 5.2.1: of sips where the Contact is. */
	const char *scheme = node_is_sips(str_of(l->uri)) ? "sips" : "sip";
	ptrdiff_t colon = str_chr(aor, ':'), at = str_chr(aor, '@');

	if (l->instance == NULL)
		return;
	buf_printf(b, ";+sip.instance=\"<%s>\"", l->instance);
	if (l->reg_id > 0)
		buf_printf(b, ";reg-id=%u", l->reg_id);
	if (colon < 0 || at < colon)
		return;
	buf_printf(b, ";pub-gruu=\"%s%.*s;gr=%s\"", scheme,
	    STR_ARG(str_slice(aor, (size_t)colon, aor.n)), l->instance);
	if (l->temp != NULL)
		buf_printf(b, ";temp-gruu=\"%s:%s%.*s;gr\"", scheme, l->temp,
		    STR_ARG(str_slice(aor, (size_t)at, aor.n)));
}

static void
location_contact_write(const struct location_contacts *c, bool own,
    struct str aor, struct buf *out)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct location_contact *l = &c->list[i];

		buf_printf(out, "%s<%s>", i > 0 ? ", " : "", l->uri);
		/* Whom a name may mean has no time of its own. */
		if (l->expires_s > 0)
			buf_printf(
			    out, ";expires=%lld", (long long)l->expires_s);
		if (l->q < 1000)
			write_q(l->q, out);
		if (own)
			location_contact_write_instance(l, aor, out);
	}
}

void
location_contacts_write(const struct location_contacts *c, struct buf *out)
{
	location_contact_write(c, false, STR_NULL, out);
}

void
location_contacts_write_own(
    const struct location_contacts *c, struct str aor, struct buf *out)
{
	location_contact_write(c, true, aor, out);
}
