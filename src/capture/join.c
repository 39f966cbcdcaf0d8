/* Reading a source into messages that know each other; see capture/join.h. */
#include "capture/join.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"

#define X(id, word) word,
static const char *const sign_words[] = { JOIN_SIGNS(X) };
#undef X

/* Times that can be added to without a second thought. */
#define TIME_MAX (INT64_MAX / 4)

const char *
join_sign_word(enum join_sign s)
{
	return sign_words[s];
}

void
join_destroy(struct join *j)
{
	if (j == NULL)
		return;
	numbers_destroy(j->texts);
	numbers_destroy(j->txs);
	join_places_destroy(j->places);
	for (size_t i = 0; i < j->nnodes; i++)
		mem_free(j->nodes[i].name);
	mem_free(j->nodes);
	mem_free(j->m);
	mem_free(j->calls);
	mem_free(j->tx_last);
	buf_free(&j->scratch);
	buf_free(&j->key);
	mem_free(j);
}

int64_t
join_time(const struct join *j, int64_t t)
{
	uint64_t d = t > j->start ? (uint64_t)t - (uint64_t)j->start : 0;

	return d < (uint64_t)TIME_MAX ? (int64_t)d : TIME_MAX;
}

/* T in the trace, never before what came last. */
static int64_t
time_from(const struct join *j, int64_t t, int64_t last)
{
	int64_t at = join_time(j, t);

	return at > last ? at : last;
}

static int
look_for_nodes(
    struct join *j, struct join_places *p, struct join_same *s, size_t count)
{
	struct capture_message c;
	int err = 0;

	for (size_t i = 0; err == 0 && i < count; i++) {
		progress_count(N_("looking for nodes"), i, count);
		capture_reader_get(j->src, i, &c, &j->scratch);
		if (i == 0)
			j->start = c.t;
		if ((err = j->scratch.err) == 0 &&
		    (err = join_places_look(p, &c)) == 0)
			err = join_same_look(s, &c);
	}
	return err;
}

/* Message I of the source: another sighting of one, or a new one. */
static int
read_sighting(struct join *j, struct join_places *p, struct join_same *s,
    size_t i, int64_t *now)
{
	struct join_message m = { .fwd = JOIN_NONE, .retx = JOIN_NONE };
	struct capture_message c;
	uint32_t of;
	int err;

	capture_reader_get(j->src, i, &c, &j->scratch);
	if (j->scratch.err != 0)
		return j->scratch.err;
	*now = time_from(j, c.t, *now);
	m.t = m.t_last = *now;
	m.at = m.last = (uint32_t)i;
	m.tcp = addr_is_stream(&c.src);
	if ((err = join_places_node(p, &c.src, &m.src)) != 0 ||
	    (err = join_places_node(p, &c.dst, &m.dst)) != 0 ||
	    (err = join_same_find(s, j, &m, &c, &of)) != 0)
		return err;
	if (of != JOIN_NONE) {
		j->m[of].t_last = *now;
		j->m[of].last = (uint32_t)i;
		j->m[of].dst = m.dst;
		return 0;
	}
	msg_read(&j->msg, c.bytes, NULL);
	err = join_read(j, &m);
	if (err == 0)
		j->m[j->n++] = m;
	return err;
}

/* The first message of each call, its INVITEs; the last of each transaction. */
static int
index_calls(struct join *j)
{
	j->ncalls = numbers_count(j->texts) + 1;
	j->calls = mem_zalloc(j->ncalls, sizeof(*j->calls));
	j->tx_last = mem_zalloc(numbers_count(j->txs) + 1, sizeof(*j->tx_last));
	if (j->calls == NULL || j->tx_last == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < j->ncalls; i++)
		j->calls[i].first = j->calls[i].last = j->calls[i].invite =
		    j->calls[i].last_invite = j->calls[i].last_request =
			JOIN_NONE;
	for (size_t i = 0; i < j->n; i++) {
		const struct join_message *m = &j->m[i];
		struct join_call *c = &j->calls[m->call];

		j->tx_last[m->tx] = (uint32_t)i;
		if (c->first == JOIN_NONE)
			c->first = (uint32_t)i;
		c->last = (uint32_t)i;
		if (m->status == 0 && m->name == j->m[c->first].name)
			c->last_request = (uint32_t)i;
		c->messages++;
		if (m->status != 0 && m->name == j->m[c->first].name) {
			c->status = m->status;
			c->response = (uint32_t)i;
		}
		if (m->status != 0 || m->method != MSG_INVITE || m->to_tag != 0)
			continue;
		if (c->invite == JOIN_NONE)
			c->invite = (uint32_t)i;
		c->last_invite = (uint32_t)i;
	}
	return 0;
}

uint32_t
join_find_node(const struct join *j, const struct addr *a)
{
	return join_places_find(j->places, a);
}

static int
read_sightings(struct join *j, const struct capture_names *names)
{
	size_t count = j->src->count;
	struct join_same *s = NULL;
	int64_t now = 0;
	int err;

	if (count >= JOIN_NONE / 2)
		return ERR_LIMIT;
	j->m = mem_zalloc(count, sizeof(*j->m));
	err =
	    j->m != NULL ? join_places_create(&j->places, j, names) : ERR_NOMEM;
	if (err == 0)
		err = join_same_create(&s);
	if (err == 0)
		err = look_for_nodes(j, j->places, s, count);
	for (size_t i = 0; err == 0 && i < count; i++) {
		progress_count(N_("reading the messages"), i, count);
		err = read_sighting(j, j->places, s, i, &now);
	}
	join_same_destroy(s);
	return err;
}

int
join_create(struct join **jp, const struct capture_reader *src,
    const struct capture_names *names)
{
	struct join *j = mem_zalloc(1, sizeof(*j));
	int err;

	*jp = NULL;
	if (j == NULL)
		return ERR_NOMEM;
	j->src = src;
	if ((err = numbers_create(&j->texts)) == 0 &&
	    (err = numbers_create(&j->txs)) == 0 &&
	    (err = read_sightings(j, names)) == 0 &&
	    (err = index_calls(j)) == 0 && (err = join_links(j)) == 0 &&
	    (err = join_remarks(j)) == 0)
		err = join_legs(j);
	if (err == 0)
		join_roles(j);
	if (err == 0)
		*jp = j;
	else
		join_destroy(j);
	return err;
}
