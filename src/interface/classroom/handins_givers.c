/* Givers of hand-ins, and names in their folder; see classroom/handins.h. */
#include "classroom/handins.h"

#include "base/array.h"
#include "base/err.h"
#include "grade/roster.h"

#include <string.h>

bool
handins_same_number(const char *a, const char *b)
{
	LOCAL_BUF x = BUF_INIT, y = BUF_INIT;
	bool same;

	roster_put_key(a, &x);
	roster_put_key(b, &y);
	same =
	    x.err == 0 && y.err == 0 && strcmp(buf_cstr(&x), buf_cstr(&y)) == 0;
	return same;
}

struct giver *
handins_find_giver(
    const struct handins *h, const char *number, const char *browser)
{
	LOCAL_BUF key = BUF_INIT;

	roster_put_key(number, &key);
	for (size_t i = 0; key.err == 0 && i < h->n; i++) {
		struct giver *g = &h->givers[i];

		if ((browser != NULL ? strcmp(g->browser, browser) == 0
				     : g->owns) &&
		    strcmp(g->key, buf_cstr(&key)) == 0)
			return g;
	}
	return NULL;
}

int
handins_add_giver(
    struct handins *h, const struct handin *i, const char *browser)
{
	LOCAL_BUF key = BUF_INIT;
	struct giver *g;

	if (handins_find_giver(h, i->number, browser) != NULL)
		return 0;
	roster_put_key(i->number, &key);
	if (key.err != 0 || ARRAY_ROOM(&h->givers, &h->cap, h->n + 1) != 0)
		return ERR_NOMEM;
	g = &h->givers[h->n++];
	*g = (struct giver){ .nth = h->nth++, .names = BUF_INIT };
	strncpy(g->key, buf_cstr(&key), sizeof(g->key) - 1);
	strncpy(g->number, i->number, sizeof(g->number) - 1);
	strncpy(g->browser, browser, sizeof(g->browser) - 1);
	strncpy(g->address, i->address, sizeof(g->address) - 1);
	return 0;
}

/* ---- names ---- */

int
handins_put_path(const struct handins *h, const char *name, struct buf *path)
{
	buf_clear(path);
	buf_printf(path, "%s/%s", h->folder, name);
	return path->err;
}
