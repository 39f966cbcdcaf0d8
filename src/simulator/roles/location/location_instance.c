/*
 * Instances of a user's phones in the location service, and the names that lead
 * to one of them alone: RFC 5627.  A public GRUU is made of what there is; a
 * temporary one is kept here, one at a time for all bindings of an instance.
 */
#include "roles/location/location_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"

#include <string.h>

/* Another binding of B's instance, or NULL. */
static struct binding *
find_sibling(const struct binding *b)
{
	list_each (struct binding, s, &b->record->bindings, link)
		if (s != b && s->instance != NULL &&
		    strcmp(s->instance, b->instance) == 0)
			return s;
	return NULL;
}

void
location_instance_drop(struct binding *b)
{
	struct location *l = b->record->location;
	struct binding *s;

	if (b->temp == NULL)
		return;
	map_drop(l->temps, str_of(b->temp), b);
	s = find_sibling(b);
	if (s != NULL && map_put(l->temps, str_of(s->temp), s) != 0)
		node_fail_memory(l->node);
	mem_free(b->temp);
	b->temp = NULL;
}

/* RFC 5627 5.1: a name that no other party can compute, and that was not given
 * before. */
static int
write_temp(struct location *l, struct buf *out)
{
	buf_puts(out, "tgruu.");
	buf_hex(out, rng_u64(&l->draws), 16);
	return out->err;
}

/* B's instance gets another temporary GRUU, in place of the one that it has.
 */
static int
renew_temp(struct binding *b)
{
	struct map *temps = b->record->location->temps;
	LOCAL_BUF text = BUF_INIT;
	int err = write_temp(b->record->location, &text);

	list_each (struct binding, s, &b->record->bindings, link) {
		char *temp;

		if (err != 0 || s->instance == NULL ||
		    strcmp(s->instance, b->instance) != 0)
			continue;
		temp = mem_dup(text.p, text.n);
		if (temp == NULL) {
			err = ERR_NOMEM;
			continue;
		}
		if (s->temp != NULL)
			map_remove(temps, str_of(s->temp));
		mem_free(s->temp);
		s->temp = temp;
	}
	if (err == 0)
		err = map_put(temps, buf_view(&text), b);
	return err;
}

/* RFC 5627 5.1: all flows of an instance have one temporary GRUU, until a
 * REGISTER for one of them, B, has another Call-ID than before (`fresh`: there
 * was none). */
static int
give_temp(struct binding *b, bool fresh, bool other_call_id)
{
	const struct binding *s = fresh ? find_sibling(b) : NULL;

	if (s == NULL)
		return fresh || other_call_id ? renew_temp(b) : 0;
	b->temp = mem_strdup(s->temp);
	return b->temp != NULL ? 0 : ERR_NOMEM;
}

/* RFC 5627 5.1: B's instance has a public GRUU from now on (5.3: also when it
 * is not registered). */
static int
give_public(struct binding *b)
{
	struct record *r = b->record;
	struct location *l = r->location;
	LOCAL_BUF gruu = BUF_INIT;
	int err;

	buf_printf(&gruu, "%s;gr=%s", r->aor, b->instance);
	if (gruu.err != 0 || map_get(l->gruus, buf_view(&gruu)) != NULL)
		return gruu.err;
	err = map_put(l->gruus, buf_view(&gruu), r);
	if (err == 0) {
		sim_take_memory(node_sim(l->node), gruu.n);
		r->gruu_bytes += gruu.n;
	}
	return err;
}

bool
location_gruu_find(struct location *l, struct str uri, const struct record **r,
    struct str *instance)
{
	const struct binding *b;
	struct msg_uri u;

	*r = NULL;
	if (msg_uri_read(uri, &u) != 0)
		return false;
	if (str_starts(u.user, "tgruu.")) {
		b = map_get(l->temps, u.user);
		if (b != NULL) {
			*r = b->record;
			*instance = str_of(b->instance);
		}
		return true;
	}
	*r = map_get(l->gruus, uri);
	return msg_param(u.params, "gr", instance);
}

int
location_instance_set(
    struct binding *b, const struct location_contact *c, bool other_call_id)
{
	bool fresh =
	    b->instance == NULL || strcmp(b->instance, c->instance) != 0;
	char *uri = mem_strdup(c->uri);
	char *instance = mem_strdup(c->instance);

	if (uri == NULL || instance == NULL) {
		mem_free(uri);
		mem_free(instance);
		return ERR_NOMEM;
	}
	if (fresh)
		location_instance_drop(b);
	mem_free(b->uri);
	mem_free(b->instance);
	b->uri = uri;
	b->instance = instance;
	b->reg_id = c->reg_id;
	if (give_public(b) != 0)
		return ERR_NOMEM;
	return give_temp(b, fresh, other_call_id);
}
