/*
 * Lists of contacts: what the location service stores and answers, and what
 * stands in a Contact field of a 200 to REGISTER (RFC 3261 10.3 step 8) or of a
 * 3xx (8.3).
 */
#include "nodes/location.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/message.h"
#include "msg/parts.h"

void
location_contacts_free(struct location_contacts *c)
{
	for (size_t i = 0; i < c->n; i++) {
		mem_free(c->list[i].uri);
		mem_free(c->list[i].path);
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
	list[c->n].uri = mem_dup(uri.p, uri.n);
	list[c->n].expires_s = expires_s;
	list[c->n].q = q;
	list[c->n].path = NULL;
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

void
location_contacts_write(const struct location_contacts *c, struct buf *out)
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
	}
}
