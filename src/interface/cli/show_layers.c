/*
 * The packets in which a message leaves its sender, as rung export -f pcapng
 * writes them: rung show FILE RECORD --layers, and a form of pane Message.
 */
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "capture/pcapng_write.h"
#include "cli/choice.h"
#include "cli/network_rerun.h"
#include "words/layers_doc.h"
#include "words/message_doc.h"
#include "words/record_text.h"
#include "words/time_words.h"

/* More packets of one message than are read. */
#define PACKETS_MOST 64
/* As many cells as a page that asks for no width. */
#define WIDTH_USUAL 80

/* Where the name and the bytes of a packet lie in the memory of all. */
struct kept {
	int64_t t_ns;
	size_t at, from, to, frame; /* AT is before FROM, which has so many */
	uint32_t seq;
	bool stream, lost;
};

struct packets {
	struct buf bytes;
	struct kept *list;
	size_t n, cap, left_out;
};

static struct str
part_of(const struct packets *p, size_t at, size_t n)
{
	return str_slice(buf_view(&p->bytes), at, at + n);
}

/* On the first link alone: the others have the same with a smaller TTL. */
static int
keep_packet(const struct pcapng_packet_of *packet, void *arg)
{
	struct packets *p = arg;
	const struct kept *first = p->list;
	struct kept *k;

	if (p->n > 0 &&
	    (!str_eq(part_of(p, first->at, first->from), packet->from) ||
		!str_eq(part_of(p, first->at + first->from, first->to),
		    packet->to)))
		return 0;
	if (p->n == PACKETS_MOST) {
		p->left_out++;
		return 0;
	}
	if (ARRAY_ROOM(&p->list, &p->cap, p->n + 1) != 0)
		return ERR_NOMEM;
	k = &p->list[p->n++];
	*k = (struct kept){ packet->t_ns, p->bytes.n, packet->from.n,
		packet->to.n, packet->frame.n, packet->seq, packet->stream,
		packet->lost };
	buf_str(&p->bytes, packet->from);
	buf_str(&p->bytes, packet->to);
	buf_str(&p->bytes, packet->frame);
	return p->bytes.err;
}

static int
drop_bytes(const char *bytes, size_t n, void *arg)
{
	(void)bytes;
	(void)n;
	(void)arg;
	return 0;
}

/* The number in the run made again of what is record SEQ. */
static uint64_t
number_again(const struct network_rerun *r, uint64_t seq)
{
	uint64_t n = trace_count(r->trace);

	for (uint64_t i = 1; i <= n; i++)
		if (r->numbers[i] == seq)
			return i;
	return 0;
}

/* The packets of the message that record SEQ of T sent. */
static int
collect(const struct trace *t, uint64_t seq, struct packets *p, struct diag *d)
{
	struct pcapng_options o = PCAPNG_OPTIONS;

	o.packet = keep_packet;
	o.packet_arg = p;
	o.message = seq;
	return pcapng_write(t, &o, drop_bytes, NULL, d);
}

/* As above, of T's run made again where T has no packets itself. */
static int
collect_again(struct cli *c, const struct trace *t, uint64_t seq,
    struct packets *p, struct diag *d)
{
	struct network_rerun again = { .trace = NULL };
	struct diag why = DIAG_INIT;
	int err = network_rerun(&again, t, c->file, &why);

	if (err != 0)
		return diag_set(d, err, NULL, 0, "%s", err_text(err));
	if (why.err != 0)
		cli_remark(c,
		    _("the run of this trace can't be made again (%s); its "
		      "packets are drawn up from the messages"),
		    why.text);
	err = again.trace == NULL
		  ? collect(t, seq, p, d)
		  : collect(again.trace, number_again(&again, seq), p, d);
	network_rerun_free(&again);
	return err;
}

/* "packet 1 of 2 · alice → r1 · 0.500 s · 742 bytes" */
static void
put_heading(const struct packets *p, size_t i, uint64_t seq, size_t width,
    struct doc *d)
{
	const struct kept *k = &p->list[i];
	char when[TIME_ROOM];
	struct buf b = BUF_INIT;

	if (i > 0)
		doc_line(d, 0);
	doc_line(d, 0);
	doc_line(d, seq);
	/* TRANSLATORS: "packet 1 of 2" */
	buf_printf(&b, _("packet %zu of %zu"), i + 1, p->n + p->left_out);
	doc_put(d, STYLE_BOLD, buf_view(&b));
	buf_clear(&b);
	buf_puts(&b, " · ");
	utf8_add_safe(&b, part_of(p, k->at, k->from));
	buf_puts(&b, " → ");
	utf8_add_safe(&b, part_of(p, k->at + k->from, k->to));
	buf_printf(&b, " · %s s · ", time_text(k->t_ns, when));
	buf_printf(&b, _("%u bytes"), (unsigned)k->frame);
	doc_wrap(d, STYLE_PLAIN, buf_view(&b), 4, width);
	if (k->lost) {
		doc_puts(d, STYLE_DIM, " · ");
		doc_puts(d, STYLE_LOST, _("lost"));
	}
	buf_end(&b, &d->err);
}

static void
put_packets(const struct trace *t, const struct trace_rec *send,
    const struct packets *p, size_t width, struct doc *d)
{
	struct buf message = BUF_INIT, fields = BUF_INIT;
	const struct addr_transport_row *row;
	struct trace_send what = { .fwd = 0 };
	struct layers_packet l = { .seq = send->seq,
		.message = message_bytes(t, send, &message) };

	if (trace_get_send(send, &what, &fields) == 0)
		l.proto = what.proto;
	row = addr_transport_known(what.transport);
	l.framed = row != NULL && row->framing == ADDR_WEBSOCKET;
	message_heading(t, send->seq, width, d);
	if (p->n == 0) {
		doc_line(d, send->seq);
		doc_wrap(
		    d, STYLE_DIM, str_of(_("No packet of it left.")), 0, width);
	}
	for (size_t i = 0; i < p->n && d->err == 0; i++) {
		const struct kept *k = &p->list[i];

		l.from = part_of(p, k->at, k->from);
		l.to = part_of(p, k->at + k->from, k->to);
		l.frame = part_of(p, k->at + k->from + k->to, k->frame);
		l.at = k->stream ? k->seq - p->list[0].seq : 0;
		put_heading(p, i, send->seq, width, d);
		layers_doc(&l, width, d);
	}
	buf_end(&message, &d->err);
	buf_end(&fields, &d->err);
}

static void
free_packets(struct packets *p)
{
	mem_free(p->list);
	buf_free(&p->bytes);
}

void
cli_put_layers(const struct trace *t, uint64_t seq, size_t width, struct doc *d)
{
	struct packets p = { .bytes = BUF_INIT };
	struct trace_rec rec, send;
	struct diag why = DIAG_INIT;

	trace_get(t, seq, &rec);
	if (record_message(t, &rec, &send)) {
		int err = collect(t, send.seq, &p, &why);

		if (err != 0)
			doc_wrap(d, STYLE_WARNING, str_of(why.text), 0, width);
		else
			put_packets(t, &send, &p, width, d);
		if (err == ERR_NOMEM)
			d->err = err;
	}
	free_packets(&p);
}

int
cli_show_layers(struct cli *c, const struct trace *t, uint64_t seq,
    struct buf *out, struct diag *d)
{
	struct packets p = { .bytes = BUF_INIT };
	struct trace_rec rec, send;
	struct doc text = DOC_INIT;
	int err;

	trace_get(t, seq, &rec);
	if (!record_message(t, &rec, &send))
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("record %llu is about no message, so it has no layers"),
		    (unsigned long long)seq);
	err = collect_again(c, t, send.seq, &p, d);
	if (err == 0) {
		put_packets(t, &send, &p,
		    c->width != 0 ? c->width : WIDTH_USUAL, &text);
		err = text.err;
	}
	if (err == 0)
		err = doc_write_colour(&text, cli_theme(c), out);
	doc_free(&text);
	free_packets(&p);
	return err;
}
