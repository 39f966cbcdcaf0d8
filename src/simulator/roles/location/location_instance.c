/*
 * Instances of a user's phones in the location service, and the names that lead
 * to one of them alone: RFC 5627.  A public GRUU is made of what there is; a
 * temporary one is kept here, one at a time for all bindings of an instance.
 */
#include "roles/location/location_in.h"

#include "base/err.h"
#include "base/mem.h"

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

/* RFC 5627 A.2: a name that says nothing of its user. */
static int
write_temp(const struct binding *b, struct buf *out)
{
	uint64_t h = str_hash(str_of(b->record->aor));

	h = str_hash_add(h, str_of(b->instance));
	h = str_hash_end(str_hash_add(h, str_of(b->call_id)));
	buf_puts(out, "tgruu.");
	buf_hex(out, h, 16);
	return out->err;
}

/* B's instance gets another temporary GRUU, in place of the one that it has.
 */
static int
renew_temp(struct binding *b)
{
	struct map *temps = b->record->location->temps;
	LOCAL_BUF text = BUF_INIT;
	int err = write_temp(b, &text);

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
	return give_temp(b, fresh, other_call_id);
}
