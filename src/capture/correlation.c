/* Reading a source into messages and linking them; see capture/correlation.h.
 */
#include "capture/correlation.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "capture/index.h"

#define X(id, word) word,
static const char *const sign_words[] = { CORRELATION_SIGNS(X) };
#undef X

/* Times that can be added to without a second thought. */
#define TIME_MAX (INT64_MAX / 4)

const char *
correlation_sign_word(enum correlation_sign s)
{
	return sign_words[s];
}

void
correlation_destroy(struct correlation *co)
{
	if (co == NULL)
		return;
	numbers_destroy(co->ids);
	numbers_destroy(co->texts);
	numbers_destroy(co->txs);
	host_places_destroy(co->places);
	for (size_t i = 0; i < co->nnodes; i++)
		mem_free(co->nodes[i].name);
	mem_free(co->nodes);
	mem_free(co->m);
	mem_free(co->calls);
	mem_free(co->tx_last);
	mem_free(co->hashes);
	buf_free(&co->scratch);
	buf_free(&co->key);
	mem_free(co);
}

int64_t
correlation_time(const struct correlation *co, int64_t t)
{
	uint64_t d = t > co->start ? (uint64_t)t - (uint64_t)co->start : 0;

	return d < (uint64_t)TIME_MAX ? (int64_t)d : TIME_MAX;
}

/* T in the trace, never before what came last. */
static int64_t
time_from(const struct correlation *co, int64_t t, int64_t last)
{
	int64_t at = correlation_time(co, t);

	return at > last ? at : last;
}

static int
look_for_nodes(struct correlation *co, struct host_places *p,
    struct sightings *s, size_t count)
{
	struct capture_message c;
	int err = 0;

	for (size_t i = 0; err == 0 && i < count; i++) {
		progress_count(N_("looking for nodes"), i, count);
		capture_reader_look(co->src, i, &c, &co->scratch);
		if (i == 0)
			co->start = c.t;
		co->hashes[i] = c.hash;
		if ((err = co->scratch.err) == 0 &&
		    (err = host_places_look(p, &c)) == 0)
			err = sightings_count(s, co, i, &c);
	}
	if (err == 0)
		sightings_count_rest(s, count);
	return err;
}

/* The nodes at both ends of what C goes. */
static int
find_ends(struct host_places *p, struct sightings_flow *f,
    const struct capture_message *c)
{
	int err;

	if (f->known)
		return 0;
	err = host_places_node(p, &c->src, &f->src);
	if (err == 0)
		err = host_places_node(p, &c->dst, &f->dst);
	f->known = err == 0;
	return err;
}

/* Message I of the source: another sighting of one, or a new one. */
static int
read_sighting(struct correlation *co, struct host_places *p,
    struct sightings *s, size_t i, int64_t *now)
{
	struct correlation_message m = { .fwd = CORRELATION_NONE,
		.retx = CORRELATION_NONE };
	struct capture_message c;
	struct sightings_flow *f;
	uint32_t of;
	int err;

	sightings_fetch(s, co, i);
	capture_reader_get(co->src, i, &c, &co->scratch);
	if (co->scratch.err != 0)
		return co->scratch.err;
	*now = time_from(co, c.t, *now);
	m.t = m.t_last = *now;
	m.at = m.last = (uint32_t)i;
	m.transport = c.src.transport;
	f = sightings_flow(s, &c);
	err = f != NULL ? find_ends(p, f, &c) : ERR_NOMEM;
	if (err != 0)
		return err;
	m.src = f->src;
	m.dst = f->dst;
	of = sightings_match(s, co, &m, f, c.place);
	if (of != CORRELATION_NONE) {
		co->m[of].t_last = *now;
		co->m[of].last = (uint32_t)i;
		co->m[of].dst = m.dst;
		return 0;
	}
	msg_read(&co->msg, c.bytes, NULL);
	err = correlation_read_message(co, &m);
	if (err == 0)
		co->m[co->n++] = m;
	return err;
}

/* The first message of each call, its INVITEs; the last of each transaction. */
static int
index_calls(struct correlation *co)
{
	co->ncalls = numbers_count(co->ids) + 1;
	co->calls = mem_zalloc(co->ncalls, sizeof(*co->calls));
	co->tx_last =
	    mem_zalloc(numbers_count(co->txs) + 1, sizeof(*co->tx_last));
	if (co->calls == NULL || co->tx_last == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < co->ncalls; i++)
		co->calls[i].first = co->calls[i].last = co->calls[i].invite =
		    co->calls[i].last_invite = co->calls[i].last_request =
			CORRELATION_NONE;
	for (size_t i = 0; i < co->n; i++) {
		const struct correlation_message *m = &co->m[i];
		struct correlation_call *c = &co->calls[m->call];

		co->tx_last[m->tx] = (uint32_t)i;
		if (c->first == CORRELATION_NONE)
			c->first = (uint32_t)i;
		c->last = (uint32_t)i;
		if (m->status == 0 && m->name == co->m[c->first].name)
			c->last_request = (uint32_t)i;
		c->messages++;
		if (m->status != 0 && m->name == co->m[c->first].name) {
			c->status = m->status;
			c->response = (uint32_t)i;
		}
		if (m->status != 0 || m->method != MSG_INVITE || m->to_tag != 0)
			continue;
		if (c->invite == CORRELATION_NONE)
			c->invite = (uint32_t)i;
		c->last_invite = (uint32_t)i;
	}
	return 0;
}

uint32_t
correlation_node_at(const struct correlation *co, const struct addr *a)
{
	return host_places_find(co->places, a);
}

static int
read_sightings(struct correlation *co, const struct capture_names *names)
{
	size_t count = co->src->count;
	struct sightings *s = NULL;
	int64_t now = 0;
	int err;

	if (count >= CORRELATION_NONE / 2)
		return ERR_LIMIT;
	co->m = mem_zalloc(count, sizeof(*co->m));
	co->hashes = mem_realloc_array(NULL, count, sizeof(*co->hashes));
	err = co->m != NULL && co->hashes != NULL
		  ? host_places_create(&co->places, co, names)
		  : ERR_NOMEM;
	if (err == 0)
		err = sightings_create(&s, count);
	if (err == 0)
		err = look_for_nodes(co, co->places, s, count);
	for (size_t i = 0; err == 0 && i < count; i++) {
		progress_count(N_("reading the messages"), i, count);
		err = read_sighting(co, co->places, s, i, &now);
	}
	sightings_destroy(s);
	return err;
}

int
correlation_create(struct correlation **cop, const struct capture_reader *src,
    const struct capture_names *names)
{
	struct correlation *co = mem_zalloc(1, sizeof(*co));
	int err;

	*cop = NULL;
	if (co == NULL)
		return ERR_NOMEM;
	co->src = src;
	if ((err = numbers_create(&co->ids)) == 0 &&
	    (err = numbers_create(&co->texts)) == 0 &&
	    (err = numbers_create(&co->txs)) == 0 &&
	    (err = read_sightings(co, names)) == 0 &&
	    (err = index_calls(co)) == 0 && (err = correlation_link(co)) == 0 &&
	    (err = correlation_apply_icmp(co)) == 0)
		err = correlation_find_legs(co);
	mem_free(co->hashes);
	co->hashes = NULL;
	if (err == 0)
		correlation_note_roles(co);
	if (err == 0)
		*cop = co;
	else
		correlation_destroy(co);
	return err;
}
