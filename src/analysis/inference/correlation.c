/*
 * Reading a source into messages and linking them, ICMP's errors too; see
 * inference/correlation.h.
 */
#include "inference/correlation.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "msg/header_names.h"
#include "msg/message.h"
#include "msg/parts.h"
#include "packets/index.h"
#include "packets/keys.h"
#include "packets/address_names.h"
#include "packets/reader.h"

/* What names a hop's transaction: the branch, with who made it, since branches
 * of RFC 2543 were no more than a number (RFC 3261 17.2.3).  Into co->key; the
 * empty text for what can't be read. */
static void
put_via_key(struct correlation *co, struct str value)
{
	struct msg_via via;

	if (msg_via_read(value, &via) != 0)
		return;
	buf_str(&co->key, via.branch);
	buf_putc(&co->key, ' ');
	for (size_t i = 0; i < via.sent_by.n; i++)
		buf_putc(&co->key, chr_lower(via.sent_by.p[i]));
}

/* Counts M's Vias; the keys of the first into KEYS, which lie in co->key. */
static void
sighting_read_vias(struct correlation *co, struct correlation_message *m,
    struct str keys[CORRELATION_VIAS])
{
	size_t ends[CORRELATION_VIAS] = { 0 }, from = 0;
	struct msg_values it = { 0 };
	struct str value;

	buf_clear(&co->key);
	while (msg_next_value(&co->msg, MSG_H_VIA, &it, &value)) {
		if (m->nvias < CORRELATION_VIAS) {
			put_via_key(co, value);
			ends[m->nvias] = co->key.n;
		}
		if (m->nvias < UINT16_MAX)
			m->nvias++;
	}
	for (size_t i = 0; i < CORRELATION_VIAS && i < m->nvias; i++) {
		keys[i] = str_slice(buf_view(&co->key), from, ends[i]);
		from = ends[i];
	}
}

/* CSeq tells the method of a response; of a request the start line does. */
static struct str
sighting_read_cseq(struct correlation *co, struct correlation_message *m)
{
	struct str name = co->msg.request ? co->msg.method_name : STR_NULL;
	struct msg_cseq cseq;

	if (msg_cseq_read(msg_value(&co->msg, MSG_H_CSEQ), &cseq) == 0) {
		m->cseq = cseq.number;
		if (!co->msg.request)
			name = cseq.method;
	}
	m->method = (uint8_t)msg_method_find(name);
	return name;
}

/*
 * The transaction: of the branch and the method, except that the ACK to a
 * final error has its INVITE's.  Call-ID and CSeq tell apart what has no branch
 * of RFC 3261.
 */
static int
number_tx(struct correlation *co, struct correlation_message *m)
{
	uint32_t key[4] = { m->via[0], m->call, m->cseq, m->name };

	if (m->via[0] == 0 || m->call == 0)
		return 0;
	if (m->method == MSG_ACK)
		key[3] = numbers_find(co->texts, STR("INVITE"));
	return numbers_of(co->txs, BYTES_OF(key), &m->tx);
}

/* Vias that an ALG has written again count as what they were. */
static void
undo_rewriting(const struct correlation *co, struct correlation_message *m)
{
	for (size_t i = 0; i < CORRELATION_VIAS; i++) {
		uint32_t was = key_number(co->vias, BYTES_OF(m->via[i]));

		if (was != 0)
			m->via[i] = was;
	}
}

/* M is message OF, with addresses that an ALG has written into it. */
static int
correlation_note_rewriting(
    struct correlation *co, uint32_t of, const struct correlation_message *m)
{
	co->m[of].rewritten = true;
	if (m->via[0] == co->m[of].via[0])
		return 0;
	if (co->vias == NULL && map_create(&co->vias) != 0)
		return ERR_NOMEM;
	return key_set_number(co->vias, BYTES_OF(m->via[0]), co->m[of].via[0]);
}

/* What texts M has, and where their numbers go. */
static int
number_texts(struct correlation *co, struct correlation_message *m)
{
	const struct msg *msg = &co->msg;
	enum { FROM, TO, NAME, REASON, VIAS };
	struct str texts[VIAS + CORRELATION_VIAS] = {
		[FROM] = msg_tag(msg_value(msg, MSG_H_FROM)),
		[TO] = msg_tag(msg_value(msg, MSG_H_TO)),
		[NAME] = sighting_read_cseq(co, m),
		[REASON] = msg->request ? STR_NULL : msg->reason,
	};
	uint32_t numbers[VIAS + CORRELATION_VIAS] = { 0 };
	int err;

	_Static_assert(VIAS + CORRELATION_VIAS <= NUMBERS_EACH, "as many");
	sighting_read_vias(co, m, &texts[VIAS]);
	err = co->key.err != 0 ? co->key.err
			       : numbers_of_each(co->texts, texts,
				     VIAS + CORRELATION_VIAS, numbers);
	m->from_tag = numbers[FROM];
	m->to_tag = numbers[TO];
	m->name = numbers[NAME];
	m->reason = numbers[REASON];
	memcpy(m->via, &numbers[VIAS], sizeof(m->via));
	if (co->vias != NULL)
		undo_rewriting(co, m);
	return err;
}

/*
 * What M says of itself, from bytes already read into co->msg. A message that
 * can hardly be read has numbers of 0, and then belongs to nothing.
 */
static int
correlation_read_message(struct correlation *co, struct correlation_message *m)
{
	const struct msg *msg = &co->msg;
	int err;

	m->status = msg->request ? 0 : (uint16_t)msg->status;
	m->reliable = m->status > 100 && m->status < 200 &&
		      msg_value(msg, MSG_H_RSEQ).n > 0;
	err = numbers_of(co->ids, msg_value(msg, MSG_H_CALL_ID), &m->call);
	if (err == 0)
		err = number_texts(co, m);
	if (msg->request && m->method == MSG_INVITE && m->to_tag == 0 &&
	    correlation_put_parties(co, 0))
		m->reason = (uint32_t)str_hash(buf_view(&co->key));
	return err != 0 ? err : number_tx(co, m);
}

/* A host sends an ICMP error at once; a later one is about another message. */
#define LATE_NS INT64_C(5000000000)

struct ends {
	struct addr_key src, dst;
};

/*
 * What ICMP's errors answer: the last message between the same addresses and
 * ports before.
 */
struct answering {
	struct correlation *co;
	struct map *last; /* ends → message plus 1 */
	size_t next;      /* message */
	size_t remarks;   /* that were looked at */
};

/* Messages up to T, of the N that are linked, are there to be answered. */
static int
pass_until(struct answering *a, int64_t t, size_t n)
{
	struct correlation *co = a->co;
	struct capture_message c;
	struct ends e;
	int err = 0;

	for (; err == 0 && a->next < n && co->m[a->next].t <= t; a->next++) {
		if (addr_transports[co->m[a->next].transport].stream)
			continue;
		capture_reader_get(
		    co->src, co->m[a->next].at, &c, &co->scratch);
		if (co->scratch.err != 0)
			return co->scratch.err;
		e = (struct ends){ key_of_addr(&c.src), key_of_addr(&c.dst) };
		err = key_set_number(a->last, BYTES_OF(e), a->next + 1);
	}
	return err;
}

static void
apply_icmp(struct answering *a, const struct capture_remark *r, int64_t t)
{
	struct ends e = { key_of_addr(&r->src), key_of_addr(&r->dst) };
	uint32_t at = key_number(a->last, BYTES_OF(e));
	struct correlation_message *m = at != 0 ? &a->co->m[at - 1] : NULL;

	/* What was passed on had arrived. */
	if (m == NULL || m->icmp != 0 || m->passed || t - m->t > LATE_NS)
		return;
	a->co->amended |= m->arrived;
	m->icmp = (uint32_t)r->n;
	if (t > m->t_last)
		m->t_last = t;
}

static void
answering_destroy(struct answering *a)
{
	if (a != NULL)
		map_destroy(a->last);
	mem_free(a);
}

/* That of CO, made where there is none; NULL without memory. */
static struct answering *
answering_of(struct correlation *co)
{
	if (co->answering == NULL) {
		co->answering = mem_zalloc(1, sizeof(*co->answering));
		if (co->answering == NULL)
			return NULL;
		co->answering->co = co;
		if (map_create(&co->answering->last) != 0)
			return NULL;
	}
	return co->answering;
}

/* Notes which of the LINKED first messages an ICMP error answered, for the
 * errors before the next message.  0 or ERR_NOMEM. */
static int
correlation_apply_icmp(struct correlation *co, size_t linked)
{
	size_t count = co->src->nremarks;
	struct answering *a = count > 0 ? answering_of(co) : NULL;
	int err = 0;

	if (a == NULL)
		return count > 0 ? ERR_NOMEM : 0;
	for (; err == 0 && a->remarks < count; a->remarks++) {
		const struct capture_remark *r = &co->src->remarks[a->remarks];
		int64_t t = correlation_time(co, r->t);

		if (r->kind != CAPTURE_ICMP)
			continue;
		/* Another message may still come in between. */
		if (linked < co->n && t >= co->m[linked].t)
			break;
		err = pass_until(a, t, linked);
		if (err == 0)
			apply_icmp(a, r, t);
		co->answered = t > co->answered ? t : co->answered;
	}
	return err;
}

/* ---- reading a source into messages, linking them ---- */

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

/* What only reading needs. */
static void
free_stages(struct correlation *co)
{
	sightings_destroy(co->sightings);
	links_destroy(co->links);
	answering_destroy(co->answering);
	legs_destroy(co->legs);
	faces_destroy(co->faces);
	mem_free(co->hashes);
	co->sightings = NULL;
	co->links = NULL;
	co->answering = NULL;
	co->legs = NULL;
	co->faces = NULL;
	co->hashes = NULL;
}

void
correlation_destroy(struct correlation *co)
{
	if (co == NULL)
		return;
	free_stages(co);
	numbers_destroy(co->ids);
	numbers_destroy(co->texts);
	numbers_destroy(co->txs);
	map_destroy(co->vias);
	host_places_destroy(co->places);
	for (size_t i = 0; i < co->nnodes; i++)
		mem_free(co->nodes[i].name);
	mem_free(co->nodes);
	mem_free(co->m);
	mem_free(co->calls);
	mem_free(co->tx_last);
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

/* T in the trace, never before the LAST time written. */
static int64_t
time_from(const struct correlation *co, int64_t t, int64_t last)
{
	int64_t at = correlation_time(co, t);

	return at > last ? at : last;
}

/* Hosts ask for names before their first message. */
static bool
sighting_goes_before(
    const struct capture_message *first, const struct capture_remark *r)
{
	return r->kind == CAPTURE_OTHER && r->t < first->t &&
	       first->t - r->t <= CORRELATION_BEFORE_NS &&
	       (addr_same_ip(&r->src, &first->src) ||
		   addr_same_ip(&r->dst, &first->src));
}

/* When the trace begins; where there is no message of SIP, with the first of
 * another protocol. */
static void
find_start(struct correlation *co)
{
	const struct capture_reader *src = co->src;
	struct capture_message first = { .t = INT64_MAX };
	int64_t start;

	if (src->count > 0)
		capture_reader_look(src, 0, &first, &co->scratch);
	start = first.t;
	for (size_t i = 0; i < src->nremarks; i++) {
		const struct capture_remark *r = &src->remarks[i];

		if (r->t < start && r->kind == CAPTURE_OTHER &&
		    (src->count == 0 || capture_is_signalling(r) ||
			sighting_goes_before(&first, r)))
			start = r->t;
	}
	co->amended |= co->taken > 0 && co->start != start;
	co->start = start == INT64_MAX ? 0 : start;
}

/* Properties of all messages that must be known before the first is read. */
static int
look_for_nodes(struct correlation *co, size_t from, size_t count)
{
	struct capture_message c;
	int err = 0;

	for (size_t i = from; err == 0 && i < count; i++) {
		progress_count(N_("searching for nodes"), i, count);
		capture_reader_look(co->src, i, &c, &co->scratch);
		co->hashes[i] = c.hash;
		if ((err = co->scratch.err) == 0 &&
		    (err = host_places_look(co->places, &c)) == 0)
			err = sightings_count(co->sightings, co, i, &c);
	}
	if (err == 0)
		sightings_count_rest(co->sightings, count);
	return err;
}

/* The nodes at both ends of what C goes. */
static int
sighting_find_ends(struct host_places *p, struct sightings_flow *f,
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

/* M is message OF, somewhere else. */
static void
see_again(
    struct correlation *co, uint32_t of, const struct correlation_message *m)
{
	co->amended |= of < co->settled;
	co->m[of].t_last = co->now;
	co->m[of].last = m->at;
	co->m[of].dst = m->dst;
}

/* Message I of the source: another sighting of one, or a new one. */
static int
read_sighting(struct correlation *co, size_t i)
{
	struct correlation_message m = { .fwd = CORRELATION_NONE,
		.retx = CORRELATION_NONE };
	struct sightings *s = co->sightings;
	struct capture_message c;
	struct sightings_flow *f;
	uint32_t of;
	int err;

	sightings_fetch(s, co, i);
	capture_reader_get(co->src, i, &c, &co->scratch);
	if (co->scratch.err != 0)
		return co->scratch.err;
	co->now = time_from(co, c.t, co->now);
	m.t = m.t_last = co->now;
	m.at = m.last = (uint32_t)i;
	m.transport = c.src.transport;
	f = sightings_flow(s, &c);
	err = f != NULL ? sighting_find_ends(co->places, f, &c) : ERR_NOMEM;
	if (err != 0)
		return err;
	m.src = f->src;
	m.dst = f->dst;
	of = sightings_match(s, co, &m, f, c.place);
	if (of != CORRELATION_NONE) {
		see_again(co, of, &m);
		return 0;
	}
	msg_read(&co->msg, c.bytes, NULL);
	err = correlation_read_message(co, &m);
	if (err == 0)
		of = sightings_match_rewritten(s, co, &m, c.place);
	if (err == 0 && of != CORRELATION_NONE) {
		see_again(co, of, &m);
		err = correlation_note_rewriting(co, of, &m);
	} else if (err == 0) {
		co->m[co->n++] = m;
	}
	return err;
}

static int
make_room_for_calls(struct correlation *co)
{
	size_t ncalls = numbers_count(co->ids) + 1;
	size_t ntx = numbers_count(co->txs) + 1;

	if (ARRAY_ROOM(&co->calls, &co->calls_cap, ncalls) != 0 ||
	    ARRAY_ROOM(&co->tx_last, &co->tx_cap, ntx) != 0)
		return ERR_NOMEM;
	for (; co->ncalls < ncalls; co->ncalls++)
		co->calls[co->ncalls] = (struct correlation_call){
			.first = CORRELATION_NONE,
			.last = CORRELATION_NONE,
			.invite = CORRELATION_NONE,
			.last_invite = CORRELATION_NONE,
			.last_request = CORRELATION_NONE,
		};
	for (; co->ntx < ntx; co->ntx++)
		co->tx_last[co->ntx] = 0;
	return 0;
}

/* Message I is the last of its transaction so far. */
static void
index_tx(struct correlation *co, size_t i)
{
	uint32_t tx = co->m[i].tx, *last = &co->tx_last[tx];

	co->amended |= co->m[*last].tx == tx && co->m[*last].over;
	*last = (uint32_t)i;
}

/* The first message of each call, its INVITEs. */
static void
index_call(struct correlation *co, size_t i)
{
	const struct correlation_message *m = &co->m[i];
	struct correlation_call *c = &co->calls[m->call];

	co->amended |= c->silent;
	if (c->first == CORRELATION_NONE) {
		c->first = (uint32_t)i;
		co->amended |=
		    legs_await(co->legs, numbers_text(co->ids, m->call));
	}
	c->last = (uint32_t)i;
	if (m->status == 0 && m->name == co->m[c->first].name) {
		co->amended |= c->ended;
		c->last_request = (uint32_t)i;
	}
	c->messages++;
	if (m->status != 0 && m->name == co->m[c->first].name) {
		c->status = m->status;
		c->response = (uint32_t)i;
	}
	if (m->status != 0 || m->method != MSG_INVITE || m->to_tag != 0)
		return;
	co->amended |= c->refused;
	if (c->invite == CORRELATION_NONE)
		c->invite = (uint32_t)i;
	c->last_invite = (uint32_t)i;
}

static int
index_calls(struct correlation *co)
{
	int err = make_room_for_calls(co);

	for (; err == 0 && co->indexed < co->n; co->indexed++) {
		index_tx(co, co->indexed);
		index_call(co, co->indexed);
	}
	return err;
}

uint32_t
correlation_node_at(const struct correlation *co, const struct addr *a)
{
	uint32_t node = host_places_find(co->places, a);

	return node != CORRELATION_NONE ? co->nodes[node].same : node;
}

static int
sighting_make_room(struct correlation *co, size_t count)
{
	int err;

	if (count >= CORRELATION_NONE / 2)
		return ERR_LIMIT;
	if ((err = ARRAY_ROOM(&co->m, &co->m_cap, count)) != 0 ||
	    (err = ARRAY_ROOM(&co->hashes, &co->hashes_cap, count)) != 0)
		return err;
	return sightings_reserve(co->sightings, count);
}

/* SRC's messages behind the ones taken. */
static int
read_sightings(struct correlation *co)
{
	size_t count = co->src->count;
	int err = sighting_make_room(co, count);

	find_start(co);
	if (err == 0)
		err = look_for_nodes(co, co->taken, count);
	co->amended |= sightings_were_wrong(co->sightings);
	for (; err == 0 && !co->amended && co->taken < count; co->taken++) {
		progress_count(N_("reading the messages"), co->taken, count);
		err = read_sighting(co, co->taken);
	}
	return err;
}

/* How many messages nothing is seen of any more.  They are in the order of
 * time, and few of them are younger than that. */
static size_t
count_settled(const struct correlation *co)
{
	size_t n = co->n;

	while (n > co->settled && co->now - co->m[n - 1].t <= SIGHTINGS_WAIT_NS)
		n--;
	return n;
}

/* Links the messages up to N with those before. */
static int
sighting_settle(struct correlation *co, size_t n)
{
	size_t from = co->settled;
	int err = correlation_find_faces(co, from, n);

	if (err == 0)
		err = correlation_link(co, from, n);
	if (err == 0 && co->whole) {
		links_destroy(co->links);
		co->links = NULL;
	}
	if (err == 0)
		err = correlation_apply_icmp(co, n);
	if (err == 0)
		err = correlation_find_legs(co, from, n);
	if (err == 0)
		correlation_note_roles(co, from, n);
	co->settled = n;
	return err;
}

int
correlation_feed(struct correlation *co, bool all)
{
	int err = read_sightings(co);

	if (err != 0 || co->amended)
		return err;
	if (co->whole) {
		sightings_destroy(co->sightings);
		co->sightings = NULL;
	}
	err = index_calls(co);
	return err == 0 ? sighting_settle(co, all ? co->n : count_settled(co))
			: err;
}

int
correlation_begin(struct correlation **cop, const struct capture_reader *src,
    const struct address_names *names)
{
	struct correlation *co = mem_zalloc(1, sizeof(*co));
	int err;

	*cop = co;
	if (co == NULL)
		return ERR_NOMEM;
	co->src = src;
	co->answered = INT64_MIN;
	if ((err = numbers_create(&co->ids)) == 0 &&
	    (err = numbers_create(&co->texts)) == 0 &&
	    (err = numbers_create(&co->txs)) == 0 &&
	    (err = host_places_create(&co->places, co, names)) == 0 &&
	    (err = sightings_create(&co->sightings)) == 0 &&
	    (err = faces_create(&co->faces)) == 0)
		err = legs_create(&co->legs, co);
	if (err != 0) {
		correlation_destroy(co);
		*cop = NULL;
	}
	return err;
}

static int
correlation_end(struct correlation *co)
{
	int err = correlation_feed(co, true);

	free_stages(co);
	return err;
}

int
correlation_create(struct correlation **cop, const struct capture_reader *src,
    const struct address_names *names)
{
	int err = correlation_begin(cop, src, names);

	if (err != 0)
		return err;
	(*cop)->whole = true;
	err = correlation_end(*cop);
	if (err != 0) {
		correlation_destroy(*cop);
		*cop = NULL;
	}
	return err;
}
