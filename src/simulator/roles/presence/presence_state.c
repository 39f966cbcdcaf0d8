/*
 * The users of a presence agent: each one's publications, and the document made
 * of them (RFC 3903 1, "composition"): the tuples of all publications, the
 * oldest first.
 */
#include "roles/presence/presence_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"
#include "msg/parts.h"
#include "msg/bodies.h"
#include "node/timer.h"
#include "rules/rule_names.h"

#define USER_BYTES        (sizeof(struct presence_user) + 256)
#define PUBLICATION_BYTES (sizeof(struct presence_publication) + 256)

/* ---- users ---- */

static void
presence_user_destroy(void *arg)
{
	struct presence_user *user = arg;
	struct presence *p = user->presence;

	if (user->aor != NULL)
		map_drop(p->users, str_of(user->aor), user);
	sim_give_back_memory(agent_sim(&p->agent), USER_BYTES);
	buf_free(&user->document);
	mem_free(user->aor);
}

static int compose_document(const struct presence_user *user, struct buf *out);

static int
make_presence_user(
    struct presence *p, struct str aor, struct presence_user **out)
{
	struct presence_user *user;

	if (map_count(p->users) >= PRESENCE_USERS)
		return ERR_LIMIT;
	user = ref_alloc(sizeof(*user), presence_user_destroy);
	if (user == NULL)
		return ERR_NOMEM;
	user->presence = p;
	list_init(&user->publications);
	list_init(&user->watchers);
	user->aor = mem_dup(aor.p, aor.n);
	sim_take_memory(agent_sim(&p->agent), USER_BYTES);
	if (user->aor == NULL || map_put(p->users, aor, user) != 0 ||
	    compose_document(user, &user->document) != 0) {
		ref_drop(user);
		return ERR_NOMEM;
	}
	*out = user;
	return 0;
}

int
presence_user_get(
    struct presence *p, struct str uri, struct presence_user **user)
{
	LOCAL_BUF aor = BUF_INIT;
	int err = msg_uri_aor(uri, &aor);

	*user = NULL;
	if (err == 0)
		*user = ref_keep(map_get(p->users, buf_view(&aor)));
	if (err == 0 && *user == NULL)
		err = make_presence_user(p, buf_view(&aor), user);
	return err;
}

/* ---- the document ---- */

/* What was written so far, so that no two tuples have one id (RFC 3863 4.1.2).
 */
struct composition {
	char *ids[PIDF_TUPLES]; /* owned */
	size_t n;
	char *note; /* owned; NULL: none so far */
};

static bool
presence_state_has_id(const struct composition *c, struct str id)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_is(id, c->ids[i]))
			return true;
	return false;
}

/* With the first free number behind the id where that is taken. */
static void
write_tuple(struct composition *c, const struct pidf_tuple *t, struct buf *out)
{
	struct buf id = BUF_INIT;
	char *text;

	if (c->n == PIDF_TUPLES)
		return;
	buf_str(&id, t->id);
	for (size_t n = c->n + 1; presence_state_has_id(c, buf_view(&id));
	     n++) {
		buf_clear(&id);
		buf_str(&id, t->id);
		buf_printf(&id, "-%zu", n);
	}
	text = buf_take(&id);
	if (text == NULL) {
		out->err = ERR_NOMEM;
		return;
	}
	pidf_write_tuple(out, t, str_of(text));
	c->ids[c->n++] = text;
}

/* The first note of all counts. */
static void
presence_state_take_note(
    struct composition *c, struct str note, struct buf *out)
{
	if (c->note != NULL || note.n == 0)
		return;
	c->note = mem_dup(note.p, note.n);
	if (c->note == NULL)
		out->err = ERR_NOMEM;
}

/* What P says, if anything. */
static void
write_publication(struct composition *c, const struct presence_publication *p,
    struct buf *out)
{
	struct pidf doc;
	int err = p->body != NULL ? pidf_read(&doc, str_of(p->body)) : 0;

	if (err == ERR_NOMEM)
		out->err = err;
	if (p->body == NULL || err != 0)
		return;
	for (size_t i = 0; i < doc.n; i++)
		write_tuple(c, &doc.tuples[i], out);
	presence_state_take_note(c, doc.note, out);
	pidf_free(&doc);
}

static int
compose_document(const struct presence_user *user, struct buf *out)
{
	struct composition c = { .n = 0 };

	pidf_write_begin(out, str_of(user->aor));
	list_each (struct presence_publication, p, &user->publications, link)
		write_publication(&c, p, out);
	pidf_write_end(out, str_of(c.note));
	mem_free(c.note);
	for (size_t i = 0; i < c.n; i++)
		mem_free(c.ids[i]);
	return out->err;
}

void
presence_user_changed(struct presence_user *user)
{
	LOCAL_BUF now = BUF_INIT;

	if (compose_document(user, &now) != 0) {
		agent_fail_memory(&user->presence->agent);
		return;
	}
	if (str_eq(buf_view(&now), buf_view(&user->document)))
		return;
	buf_free(&user->document);
	buf_move(&user->document, &now);
	ref_keep(user);
	list_each (struct presence_watcher, w, &user->watchers, link)
		agent_notify(w->notifier);
	ref_drop(user);
}

/* ---- publications ---- */

static void fire_publication_expiry(void *arg);

static const struct node_timer expire_timer = { "expire", RULE_PUBLISH_EXPIRED,
	fire_publication_expiry, "publication" };

/* Its user is still held. */
static void
free_publication(struct presence_publication *p)
{
	struct presence_user *user = p->user;

	sim_cancel(agent_sim(&user->presence->agent), p->expire);
	map_drop(user->presence->by_tag, str_of(p->tag), p);
	list_remove(&p->link);
	user->npublications--;
	sim_give_back_memory(
	    agent_sim(&user->presence->agent), PUBLICATION_BYTES);
	mem_free(p->tag);
	mem_free(p->body);
	mem_free(p);
}

struct presence_publication *
presence_publication_new(struct presence_user *user)
{
	struct presence_publication *p = mem_zalloc(1, sizeof(*p));

	if (p == NULL)
		return NULL;
	p->user = ref_keep(user);
	list_append(&user->publications, &p->link);
	user->npublications++;
	sim_take_memory(agent_sim(&user->presence->agent), PUBLICATION_BYTES);
	return p;
}

int
presence_publication_set(struct presence_publication *p, const struct str *body)
{
	struct presence *presence = p->user->presence;
	char *copy = body != NULL ? mem_dup(body->p, body->n) : NULL;
	LOCAL_BUF tag = BUF_INIT;

	sip_stack_token(presence->agent.node->stack, SIP_STREAM_TAG, 10, &tag);
	if (tag.err != 0 || (body != NULL && copy == NULL) ||
	    map_put(presence->by_tag, buf_view(&tag), p) != 0) {
		mem_free(copy);
		return ERR_NOMEM;
	}
	if (p->tag != NULL)
		map_remove(presence->by_tag, str_of(p->tag));
	mem_free(p->tag);
	p->tag = buf_take(&tag);
	if (body == NULL)
		return p->tag != NULL ? 0 : ERR_NOMEM;
	mem_free(p->body);
	p->body = copy;
	return p->tag != NULL ? 0 : ERR_NOMEM;
}

void
presence_publication_keep(struct presence_publication *p, uint32_t seconds)
{
	node_timer_set(p->user->presence->agent.node, &p->expire, &expire_timer,
	    p->user->aor,
	    sim_now(agent_sim(&p->user->presence->agent)) +
		(int64_t)seconds * SIM_S,
	    p);
}

void
presence_publication_end(struct presence_publication *p)
{
	struct presence_user *user = p->user;

	node_timer_stop(
	    user->presence->agent.node, &p->expire, &expire_timer, user->aor);
	free_publication(p);
	presence_user_changed(user);
	ref_drop(user);
}

static void
fire_publication_expiry(void *arg)
{
	struct presence_publication *p = arg;

	node_timer_fired(p->user->presence->agent.node, &p->expire,
	    &expire_timer, p->user->aor);
	presence_publication_end(p);
}

void
presence_state_free(struct presence *p)
{
	size_t at = 0;
	void *value;

	while (p->users != NULL && map_next(p->users, &at, NULL, &value)) {
		struct presence_user *user = ref_keep(value);

		list_each (struct presence_publication, one,
		    &user->publications, link) {
			free_publication(one);
			ref_drop(user);
		}
		ref_drop(user);
	}
	map_destroy(p->users);
	map_destroy(p->by_tag);
}
