/* Opening a capture, access to its messages, and remarks on it. */
#include "packets/capture.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "packets/capture_in.h"
#include "packets/pcap_file.h"

/* ---- the remarks of a capture in one array, bounded ---- */

#define REMARKS_MOST 4096
/* Messages of other protocols, and their bytes. */
#define OTHERS_MOST 16384
#define BYTES_MOST  (8u << 20)

#define X(id, word, text) text,
static const char *const texts[] = { CAPTURE_REMARKS(X) };
#undef X
#define X(id, word, text) word,
static const char *const words[] = { CAPTURE_REMARKS(X) };
#undef X

const char *
capture_remark_word(enum capture_remark_kind kind)
{
	return words[kind];
}

static void
remarks_free(struct remarks *r)
{
	mem_free(r->all);
	arena_destroy(r->texts);
	*r = (struct remarks){ .n = 0 };
}

/* There is room for R, whose texts are RS's own then. */
static bool
keep_texts(struct remarks *rs, struct capture_remark *r)
{
	const char *name, *bytes;

	if (r->kind != CAPTURE_OTHER)
		return rs->n - rs->others < REMARKS_MOST;
	if (rs->others >= OTHERS_MOST || rs->bytes + r->bytes.n > BYTES_MOST ||
	    (rs->texts == NULL && arena_create(&rs->texts) != 0))
		return false;
	name = arena_str(rs->texts, r->name);
	bytes = arena_str(rs->texts, r->bytes);
	if (name == NULL || bytes == NULL)
		return false;
	r->name.p = name;
	r->bytes.p = bytes;
	rs->bytes += r->bytes.n;
	rs->others++;
	return true;
}

void
remarks_add(struct remarks *rs, const struct capture_remark *r)
{
	struct capture_remark own = *r;

	if (ARRAY_ROOM(&rs->all, &rs->cap, rs->n + 1) == 0 &&
	    keep_texts(rs, &own))
		rs->all[rs->n++] = own;
	else if (r->kind == CAPTURE_OTHER)
		own.kind = CAPTURE_MORE;
	if (rs->count[own.kind]++ == 0)
		rs->first[own.kind] = r->packet;
}

/* Sentence I about all of one kind, from 0; NULL: there are no more. */
static const char *
remarks_text(struct remarks *rs, size_t i)
{
	for (size_t k = 0; k < CAPTURE_REMARK_COUNT; k++) {
		if (rs->count[k] == 0 || texts[k][0] == '\0' || i-- > 0)
			continue;
		rs->said = DIAG_INIT;
		diag_set(&rs->said, ERR_SYNTAX, NULL, 0,
		    k == CAPTURE_LOST_START || k == CAPTURE_WAY
			? _("%s (%llu in all, the first in line %llu)")
			: _("%s (%llu in all, the first at packet %llu)"),
		    _(texts[k]), (unsigned long long)rs->count[k],
		    (unsigned long long)rs->first[k]);
		return rs->said.text;
	}
	return NULL;
}

/* ---- opening a capture, and access to its messages ---- */

#define MEMORY_MOST (UINT64_C(64) << 20)
#define MEDIA_MOST  (UINT64_C(256) << 20)
#define WINDOW      65536
/* For what the file is: a capture shows it at once, … */
#define LOOK_PACKETS 32
#define LOOK         4096 /* … a text may be anything */

/* Keeps BYTES, unless they can be read again from the source. */
static int
keep_bytes(struct capture *c, struct index_entry *e, struct str bytes)
{
	uint64_t flags = e->at == CAPTURE_NOWHERE ? 0 : e->at & INDEX_CUT;
	uint64_t at = 0;
	int err;

	/* Nowhere has all bits, also with a flag. */
	if ((e->at & INDEX_AT) != INDEX_AT && source_is_kept(c->source))
		return 0;
	err = spool_add(&c->spool, bytes, &at);
	e->at = at | INDEX_SPOOLED | flags;
	if (err == ERR_LIMIT || err == ERR_IO)
		diag_set(&c->trouble, err, NULL, 0,
		    _("there is no room for more messages after packet %llu; "
		      "set TMPDIR to a folder with more room"),
		    (unsigned long long)e->packet);
	return err;
}

int
capture_add(struct capture *c, const struct index_flow *f, struct index_entry e,
    struct str bytes)
{
	int err = keep_bytes(c, &e, bytes);

	e.n = (uint32_t)bytes.n;
	e.hash = index_hash_message(bytes);
	if (err == 0 && (e.at & INDEX_CUT) != 0)
		c->cut++;
	if (err == 0)
		err = index_flow(&c->index, f, &e.flow);
	return err == 0 ? index_add(&c->index, &e) : err;
}

/* ---- reading, for as long as there is something ---- */

/* Whether the source has packets or the lines of a log, once enough of it has
 * come to tell. */
static int
know_form(struct capture *c, struct diag *d)
{
	struct str head = source_look(c->source, LOOK_PACKETS);
	bool packets = pcap_file_is(head);
	int err;

	if (!packets && head.n == LOOK_PACKETS)
		head = source_look(c->source, LOOK);
	if (head.n < (packets ? LOOK_PACKETS : LOOK) && source_waits(c->source))
		return 0;
	head = str_slice(head, 0, LOOK);
	err = capture_refuse_foreign(head, c->path, d);
	if (err != 0)
		return err;
	if (packets)
		return packets_create(&c->packets, c);
	return log_is(head) ? log_create(&c->log, c) : ERR_SYNTAX;
}

static int
read_on(struct capture *c, struct diag *d)
{
	int err = 0;

	if (!source_has_begun(c->source))
		err = source_begin(c->source, c->path, d);
	if (err == 0 && source_has_begun(c->source) && c->packets == NULL &&
	    c->log == NULL)
		err = know_form(c, d);
	if (err != 0 || c->full)
		return err;
	if (c->packets != NULL)
		return packets_go_on(c->packets);
	return c->log != NULL ? log_go_on(c->log) : 0;
}

static int
capture_file_read_end(struct capture *c)
{
	int err = c->full ? ERR_LIMIT : 0;

	if (c->packets != NULL)
		return packets_end(c->packets, err);
	return c->log != NULL ? log_end(c->log, err) : ERR_SYNTAX;
}

/* ERR, said in D.  What there was no room for is a trouble, not an error. */
static int
say_capture_error(struct capture *c, int err, struct diag *d)
{
	if (err == ERR_LIMIT || err == ERR_IO) {
		c->full = true;
		return 0;
	}
	/* It was said where it was found. */
	if (err == ERR_UNSUPPORTED)
		return err;
	if (err == ERR_SYNTAX && c->remarks.count[CAPTURE_LOST_START] > 0)
		return diag_set(d, err, c->path,
		    (unsigned)c->remarks.first[CAPTURE_LOST_START],
		    _("looks like the first line of a SIP message, but the "
		      "next lines do not; no message can be read here"));
	if (err == ERR_SYNTAX && source_at(c->source) == 0 &&
	    source_look(c->source, 1).n == 0)
		return diag_set(d, err, c->path, 0, _("is empty"));
	if (err == ERR_SYNTAX)
		return diag_set(d, err, c->path, 0,
		    _("neither a capture (pcap, pcapng) nor a log with SIP "
		      "messages"));
	return diag_fail_file(d, err, c->path);
}

int
capture_go_on(struct capture *c, struct diag *d)
{
	return say_capture_error(c, read_on(c, d), d);
}

int
capture_feed(struct capture *c, struct str bytes, struct diag *d)
{
	source_feed(c->source, bytes);
	return capture_go_on(c, d);
}

bool
capture_is_over(const struct capture *c)
{
	return !source_grows(c->source);
}

uint64_t
capture_read_bytes(const struct capture *c)
{
	return source_at(c->source);
}

int
capture_check(struct capture *c, struct diag *d)
{
	return source_check(c->source, c->path, d);
}

int
capture_check_name(const struct capture *c, struct diag *d)
{
	return source_check_name(c->source, c->path, d);
}

static void
free_readers(struct capture *c)
{
	packets_destroy(c->packets);
	log_destroy(c->log);
	c->packets = NULL;
	c->log = NULL;
}

int
capture_settle(struct capture *c)
{
	rtp_streams_sort(c->rtp_streams);
	c->moved = false;
	if (c->log != NULL)
		log_settle(c->log);
	return index_sort(&c->index);
}

bool
capture_moved(const struct capture *c)
{
	return c->moved || c->index.late ||
	       (c->log != NULL && log_has_learnt(c->log));
}

int
capture_end(struct capture *c, struct diag *d)
{
	int err;

	source_end(c->source);
	err = capture_go_on(c, d);
	if (err == 0)
		err = say_capture_error(c, capture_file_read_end(c), d);
	/* Callers that had messages before see the new order at
	 * capture_settle. */
	c->moved = capture_moved(c);
	if (err == 0)
		err = say_capture_error(c, index_sort(&c->index), d);
	if (err != 0)
		return err;
	free_readers(c);
	rtp_streams_end(c->rtp_streams);
	if (c->cut > 0)
		diag_set(&c->trouble, ERR_SYNTAX, NULL, 0,
		    _("the capture kept only the beginning of %llu messages"),
		    (unsigned long long)c->cut);
	return 0;
}

static bool
keep_media_payload(void *arg, const struct datagram *d, uint64_t *at);

/* A capture without a source, or NULL. */
static struct capture *
new_capture(const char *path, const struct capture_options *o)
{
	struct capture *c = mem_zalloc(1, sizeof(*c));
	uint64_t most = o != NULL ? o->memory_most : 0;

	if (c == NULL)
		return NULL;
	c->path = path;
	c->memory_most = (size_t)(most == 0 ? MEMORY_MOST : most);
	c->trouble = DIAG_INIT;
	spool_init(&c->spool);
	c->window = mem_zalloc(1, sizeof(*c->window));
	if (c->window != NULL &&
	    rtp_streams_create(&c->rtp_streams, keep_media_payload, c) == 0)
		return c;
	capture_close(c);
	return NULL;
}

/* C, unless ERR says that it can't be read. */
static int
give_capture(struct capture **out, struct capture *c, int err)
{
	*out = err == 0 ? c : NULL;
	if (err != 0)
		capture_close(c);
	return err;
}

static int
capture_file_open_path(struct capture **c, const char *path, bool grows,
    const struct capture_options *o, struct diag *d)
{
	*c = new_capture(path, o);
	if (*c == NULL)
		return diag_fail_file(d, ERR_NOMEM, path);
	return source_open(&(*c)->source, path, grows, &(*c)->trouble, d);
}

int
capture_open(struct capture **out, const char *path,
    const struct capture_options *o, struct diag *d)
{
	struct capture *c;
	int err = capture_file_open_path(&c, path, false, o, d);

	if (err == 0)
		err = capture_end(c, d);
	if (err == 0)
		c->path = NULL;
	return give_capture(out, c, err);
}

int
capture_follow(struct capture **out, const char *path,
    const struct capture_options *o, struct diag *d)
{
	struct capture *c;
	int err = capture_file_open_path(&c, path, true, o, d);

	return give_capture(out, c, err);
}

int
capture_create(
    struct capture **out, const struct capture_options *o, struct diag *d)
{
	struct capture *c = new_capture(NULL, o);
	int err = ERR_NOMEM;

	if (c != NULL)
		err = source_create(&c->source, &c->trouble);
	diag_fail(d, err);
	return give_capture(out, c, err);
}

void
capture_close(struct capture *c)
{
	if (c == NULL)
		return;
	free_readers(c);
	source_close(c->source);
	spool_free(&c->spool);
	index_free(&c->index);
	remarks_free(&c->remarks);
	rtp_streams_destroy(c->rtp_streams);
	if (c->window != NULL)
		mem_free(c->window->bytes);
	mem_free(c->window);
	mem_free(c);
}

size_t
capture_count(const struct capture *c)
{
	return c->index.count;
}

bool
capture_is_sips(const struct capture_remark *r)
{
	return r->kind == CAPTURE_OTHER && r->proto == TRACE_PROTO_TLS &&
	       (r->src.port == ADDR_PORT_SIPS || r->dst.port == ADDR_PORT_SIPS);
}

bool
capture_is_signalling(const struct capture_remark *r)
{
	static const bool are[TRACE_PROTO_COUNT] = {
		[TRACE_PROTO_ISUP] = true,
		[TRACE_PROTO_DIAMETER] = true,
		[TRACE_PROTO_MEGACO] = true,
	};

	return r->kind == CAPTURE_OTHER && are[r->proto];
}

bool
capture_has_others(const struct capture *c)
{
	const struct capture_remark *r = c->remarks.all;
	size_t i = 0;

	while (i < c->remarks.n && !capture_is_sips(&r[i]) &&
	       !capture_is_signalling(&r[i]))
		i++;
	return i < c->remarks.n;
}

/* N bytes of the file, into SCRATCH.  Messages asked for in turn come out of
 * larger pieces. */
static struct str
read_again(const struct capture *c, uint64_t at, size_t n, struct buf *scratch)
{
	struct capture_window *w = c->window;
	bool in_turn = at >= w->at && at - w->at <= w->n + WINDOW;

	buf_clear(scratch);
	if (buf_reserve(scratch, n) != 0)
		return STR_NULL;
	if (w->bytes == NULL)
		w->bytes = mem_alloc(WINDOW);
	if (at < w->at || at + n > w->at + w->n) {
		w->at = at;
		w->n = 0;
		if (in_turn && n <= WINDOW && w->bytes != NULL)
			w->n = source_again(c->source, at, w->bytes, WINDOW);
	}
	if (w->n > 0) {
		buf_add(scratch, w->bytes + (at - w->at),
		    n < w->n - (at - w->at) ? n : w->n - (at - w->at));
	} else {
		scratch->n = source_again(c->source, at, scratch->p, n);
	}
	return buf_view(scratch);
}

void
capture_look(const struct capture *c, size_t i, struct capture_message *m)
{
	const struct index_entry *e = index_get(&c->index, i);
	const struct index_flow *f = &c->index.flows[e->flow];
	struct index_flow named;

	if (c->log != NULL) {
		named = log_flow_now(c->log, *f);
		f = &named;
	}
	*m = (struct capture_message){
		.t = e->t,
		.src = index_addr(f, 0),
		.dst = index_addr(f, 1),
		.place = f->place,
		.packet = e->packet,
		.cut = (e->at & INDEX_CUT) != 0,
		.hash = e->hash,
		.flow = e->flow + 1,
	};
}

void
capture_get(const struct capture *c, size_t i, struct capture_message *m,
    struct buf *scratch)
{
	const struct index_entry *e = index_get(&c->index, i);
	uint64_t at = e->at & INDEX_AT;

	capture_look(c, i, m);
	m->bytes = (e->at & INDEX_SPOOLED) != 0
		       ? spool_get(&c->spool, at, e->n, scratch)
		       : read_again(c, at, e->n, scratch);
}

size_t
capture_streams(const struct capture *c)
{
	return rtp_streams_count(c->rtp_streams);
}

const struct capture_stream *
capture_stream_get(const struct capture *c, size_t i)
{
	return rtp_streams_get(c->rtp_streams, i);
}

const char *
capture_trouble(const struct capture *c)
{
	return c->trouble.err != 0 ? c->trouble.text : NULL;
}

const char *
capture_loss(struct capture *c, size_t i)
{
	return remarks_text(&c->remarks, i);
}

/* All packets of streams, in the order of the file. */
const struct capture_packet *
capture_packets(const struct capture *c)
{
	return rtp_streams_packets(c->rtp_streams);
}

/* The bytes of one of them; fewer where they can't be read. */
struct str
capture_packet_get(const struct capture *c, const struct capture_packet *p,
    struct buf *scratch)
{
	uint64_t at = p->at & INDEX_AT;

	return (p->at & INDEX_SPOOLED) != 0
		   ? spool_get(&c->spool, at, p->n, scratch)
		   : read_again(c, at, p->n, scratch);
}

/* A rtp_streams_keep_fn, ARG a capture. */
static bool
keep_media_payload(void *arg, const struct datagram *d, uint64_t *at)
{
	struct capture *c = arg;

	*at = d->at;
	if (d->at != DECODE_NOWHERE && source_is_kept(c->source))
		return true;
	if (c->payload_kept >= MEDIA_MOST ||
	    spool_add(&c->spool, d->payload, at) != 0)
		return false;
	c->payload_kept += d->payload.n;
	*at |= INDEX_SPOOLED;
	return true;
}
