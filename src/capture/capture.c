/*
 * Opening a capture, and giving what is in it.
 */
#include "capture/reader.h"

#include "base/err.h"
#include "base/mem.h"
#include "capture/capture_in.h"
#include "capture/container.h"
#include "capture/foreign.h"

#define MEMORY_MOST (UINT64_C(64) << 20)
#define WINDOW      65536
#define LOOK        4096 /* for what the file is */

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
		      "TMPDIR may name a folder with more"),
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

static int
read_capture(struct capture *c, const char *path, struct diag *d)
{
	int err = capture_refuse_foreign(
	    str_slice(source_look(c->source, LOOK), 0, LOOK), path, d);

	if (err != 0)
		return err;
	if (container_is(source_look(c->source, 32)))
		err = capture_read_packets(c);
	else
		err = capture_read_log(c);
	if (err == ERR_SYNTAX)
		return diag_set(d, err, path, 0,
		    _("neither a capture (pcap, pcapng) nor a log with SIP "
		      "messages"));
	/* What there was no room for is a trouble, not an error. */
	if (err == ERR_LIMIT || err == ERR_IO)
		err = 0;
	if (err == 0)
		err = index_sort(&c->index);
	if (err != 0)
		return diag_set(d, err, path, 0, "%s", err_text(err));
	if (c->cut > 0)
		diag_set(&c->trouble, ERR_SYNTAX, NULL, 0,
		    _("the capture kept only the beginning of %llu messages"),
		    (unsigned long long)c->cut);
	media_sort(c->media);
	return 0;
}

int
capture_open(struct capture **out, const char *path,
    const struct capture_options *o, struct diag *d)
{
	struct capture *c = mem_zalloc(1, sizeof(*c));
	uint64_t most = o != NULL ? o->memory_most : 0;
	int err = ERR_NOMEM;

	*out = NULL;
	if (c == NULL)
		return diag_set(d, err, path, 0, "%s", err_text(err));
	c->memory_most = (size_t)(most == 0 ? MEMORY_MOST : most);
	c->trouble = DIAG_INIT;
	spool_init(&c->spool);
	c->window = mem_zalloc(1, sizeof(*c->window));
	if (c->window == NULL || media_create(&c->media) != 0)
		diag_set(d, err, path, 0, "%s", err_text(err));
	else
		err = source_open(&c->source, path, &c->trouble, d);
	if (err == 0)
		err = read_capture(c, path, d);
	if (err != 0) {
		capture_close(c);
		return err;
	}
	*out = c;
	return 0;
}

void
capture_close(struct capture *c)
{
	if (c == NULL)
		return;
	source_close(c->source);
	spool_free(&c->spool);
	index_free(&c->index);
	remarks_free(&c->remarks);
	media_destroy(c->media);
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

/* N bytes of the file, into SCRATCH.  Who asks for messages in turn gets them
 * out of larger pieces. */
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

static void
capture_look(const struct capture *c, size_t i, struct capture_message *m)
{
	const struct index_entry *e = index_get(&c->index, i);
	const struct index_flow *f = &c->index.flows[e->flow];

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
	return media_count(c->media);
}

const struct capture_stream *
capture_stream_get(const struct capture *c, size_t i)
{
	return media_get(c->media, i);
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

/* ---- the same as a reader ---- */

void
capture_reader_look(const struct capture_reader *r, size_t i,
    struct capture_message *m, struct buf *scratch)
{
	if (r->look != NULL) {
		r->look(r->arg, i, m);
		return;
	}
	r->get(r->arg, i, m, scratch);
	m->hash = index_hash_message(m->bytes);
}

static void
get_message(void *arg, size_t i, struct capture_message *m, struct buf *scratch)
{
	capture_get(arg, i, m, scratch);
}

static void
look_at_message(void *arg, size_t i, struct capture_message *m)
{
	capture_look(arg, i, m);
}

static const struct capture_stream *
get_stream(void *arg, size_t i)
{
	return capture_stream_get(arg, i);
}

struct capture_reader
capture_reader_of(struct capture *c)
{
	return (struct capture_reader){ .arg = c,
		.count = capture_count(c),
		.get = get_message,
		.look = look_at_message,
		.nstreams = capture_streams(c),
		.stream = get_stream,
		.nremarks = c->remarks.n,
		.remarks = c->remarks.all };
}
