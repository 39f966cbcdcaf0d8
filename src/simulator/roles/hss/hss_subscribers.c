/* The subscribers of home networks; see roles/hss/hss_in.h. */
#include "roles/hss/hss_in.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "msg/parts.h"
#include "node/node_machine.h"
#include "node/world.h"
#include "text/xml.h"

#include <inttypes.h>
#include <stdio.h>

struct subscribers {
	struct subscriber *list;
	size_t n;
	struct map *firsts; /* private or public identity → the first who has it
			     */
};

static void
free_subscribers(void *state)
{
	struct subscribers *all = state;

	for (size_t i = 0; i < all->n; i++) {
		mem_free(all->list[i].impi);
		mem_free(all->list[i].text);
		mem_free(all->list[i].domain);
		mem_free(all->list[i].identities);
		mem_free(all->list[i].server);
		mem_free(all->list[i].host);
	}
	map_destroy(all->firsts);
	mem_free(all->list);
	mem_free(all);
}

static void
add_identity(struct str uri, struct buf *out)
{
	struct buf one = BUF_INIT;

	if (uri.n > 0 && msg_uri_aor(uri, &one) == 0) {
		buf_puts(out, out->n > 0 ? " " : "");
		buf_str(out, buf_view(&one));
	}
	buf_end(&one, &out->err);
}

void
subscriber_add_identities(struct str rest, struct buf *out)
{
	while (rest.n > 0)
		add_identity(str_cut(rest, ' ', &rest), out);
}

/* By a SIM: the private identity that stands on it. */
static int
read_sim(const struct node *n, struct str user, struct subscriber *s)
{
	(void)user;
	s->text =
	    mem_dup(node_attr(n, "sim", ""), strlen(node_attr(n, "sim", "")));
	if (s->text == NULL || aka_sim_read(str_of(s->text), &s->sim) != 0)
		return ERR_NOMEM;
	s->impi = mem_dup(s->sim.impi.p, s->sim.impi.n);
	return s->impi != NULL ? 0 : ERR_NOMEM;
}

/* By a password: his name in its domain, USER of his phone's AOR, of which the
 * phone says the part before the @. */
static int
read_password(const struct node *n, struct str user, struct subscriber *s)
{
	struct str realm;
	struct digest_credentials c = {
		.username = str_cut(user, '@', &realm),
		.algorithm = DIGEST_MD5,
	};

	c.realm = realm;
	digest_password(&c, str_of(node_attr(n, "password", "")), s->ha1);
	s->impi = mem_dup(user.p, user.n);
	return s->impi != NULL ? 0 : ERR_NOMEM;
}

/* The user of phone N, which has a SIM or a password. */
static int
read_subscriber(const struct node *n, struct subscriber *s)
{
	struct str domain, user = STR_NULL;
	char *aor = node_aor(n);
	LOCAL_BUF all = BUF_INIT;
	int err = ERR_NOMEM;

	s->machine.table = &machine_hss_user;
	if (aor != NULL) {
		add_identity(str_of(aor), &all);
		str_cut(buf_view(&all), ':', &user);
		err = (node_attr(n, "sim", NULL) != NULL
			   ? read_sim
			   : read_password)(n, user, s);
		subscriber_add_identities(
		    str_of(node_attr(n, "identities", "")), &all);
	}
	mem_free(aor);
	if (err != 0)
		return err;
	str_cut(str_of(s->impi), '@', &domain);
	s->domain = mem_dup(domain.p, domain.n);
	s->identities = all.err == 0 ? buf_take(&all) : NULL;
	return s->impi != NULL && s->domain != NULL && s->identities != NULL
		   ? 0
		   : ERR_NOMEM;
}

static int
index_subscriber(struct subscribers *all, struct subscriber *s)
{
	struct str rest = str_of(s->identities), key = str_of(s->impi);
	int err = 0;

	for (; err == 0 && key.n > 0; key = str_cut(rest, ' ', &rest))
		if (map_get(all->firsts, key) == NULL)
			err = map_put(all->firsts, key, s);
	return err;
}

int
subscribers_create(struct world *w)
{
	struct subscribers *all;
	size_t at = 0;
	void *value;
	int err = 0;

	if (w->subscribers.state != NULL)
		return 0;
	all = mem_zalloc(1, sizeof(*all));
	if (all == NULL)
		return ERR_NOMEM;
	w->subscribers.state = all;
	w->subscribers.destroy = free_subscribers;
	all->list = mem_zalloc(map_count(w->nodes), sizeof(*all->list));
	if (all->list == NULL || map_create(&all->firsts) != 0)
		return ERR_NOMEM;
	while (err == 0 && map_next(w->nodes, &at, NULL, &value))
		if (node_attr(value, "sim", NULL) != NULL ||
		    node_attr(value, "password", NULL) != NULL)
			err = read_subscriber(value, &all->list[all->n++]);
	for (size_t i = 0; err == 0 && i < all->n; i++)
		err = index_subscriber(all, &all->list[i]);
	return err;
}

bool
subscriber_has(const struct subscriber *s, struct str impu)
{
	return str_has_word(str_of(s->identities), impu);
}

struct subscriber *
subscribers_find(const struct node *n, struct str impi, struct str impu)
{
	const struct subscribers *all = n->world->subscribers.state;

	struct subscriber *s = map_get(all->firsts, impi.n > 0 ? impi : impu);

	for (; s != NULL && s < all->list + all->n; s++)
		if (!machine_run_is(&s->machine, STATE_REMOVED) &&
		    str_iis(str_of(s->domain), n->domain) &&
		    (impi.n > 0 ? str_is(impi, s->impi)
				: subscriber_has(s, impu)))
			return s;
	return NULL;
}

struct str
subscriber_name(const struct subscriber *s)
{
	struct str rest;

	return str_cut(str_of(s->identities), ' ', &rest);
}

/* The record of the step says whose the user is then, and how far his SIM has
 * counted as this side knows. */
void
subscriber_step(struct hss *h, struct subscriber *s, enum event_id event)
{
	const struct machine_edge *e = machine_run_next(&s->machine, event);
	struct str name = subscriber_name(s);
	struct trace_writer *w;
	LOCAL_BUF id = BUF_INIT;
	char sqn[24];

	buf_str(&id, name);
	w = node_machine_open_step(h->node, &s->machine, buf_cstr(&id), event,
	    e != NULL ? e->rule : RULE_NONE);
	if (w != NULL) {
		if (machine_run_is(&s->machine, STATE_NOT_REGISTERED) ||
		    machine_run_is(&s->machine, STATE_REMOVED)) {
			mem_free(s->server);
			s->server = NULL;
		}
		if (s->server != NULL)
			trace_put_cstr(w, "server", s->server);
		snprintf(sqn, sizeof(sqn), "%012" PRIx64, s->sim.sqn);
		if (s->ha1[0] == '\0')
			trace_put_cstr(w, "sqn", sqn);
		node_record_cause(h->node);
	}
	node_fail_nomem(h->node, id.err);
}

void
subscribers_read(struct hss *h)
{
	static const struct {
		enum state_id state;
		enum event_id event;
	} rows[] = {
		{ STATE_AUTHENTICATION_PENDING, EVENT_READ_PENDING },
		{ STATE_REGISTERED, EVENT_READ_REGISTERED },
	};
	struct subscribers *all = h->node->world->subscribers.state;

	for (size_t i = 0; i < all->n; i++) {
		struct subscriber *s = &all->list[i];
		enum state_id kept = s->machine.state;

		if (!str_iis(str_of(s->domain), h->node->domain))
			continue;
		for (size_t k = 0; k < COUNT_OF(rows); k++)
			if (rows[k].state == kept) {
				s->machine.state = STATE_NONE;
				subscriber_step(h, s, rows[k].event);
			}
	}
}

void
subscriber_write_profile(const struct subscriber *s, struct buf *out)
{
	struct str rest = str_of(s->identities);

	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
		      "<IMSSubscription>");
	xml_print(out, "<PrivateID>%s</PrivateID><ServiceProfile>", s->impi);
	while (rest.n > 0) {
		struct str one = str_cut(rest, ' ', &rest);

		xml_print(out,
		    "<PublicIdentity><Identity>%.*s</Identity>"
		    "</PublicIdentity>",
		    STR_ARG(one));
	}
	buf_puts(out, "</ServiceProfile></IMSSubscription>");
}
