/*
 * One packet into the file, or to who asked for it: whether it is written on
 * its link, its frame, comment and block.
 */
#include "rules/rules.h"
#include "writing/pcapng_in.h"

uint32_t
pcapng_new_id(struct pcapng *p)
{
	return ++p->next_id;
}

/* "12: " and the part that needs no words: the rule. */
static void
emission_put_plain(struct pcapng *p, uint64_t seq)
{
	const struct rule *rule;
	struct trace_rec rec;

	trace_get(p->t, seq, &rec);
	buf_u64(&p->comment, seq);
	buf_puts(&p->comment, ": ");
	buf_puts(&p->comment, trace_kind_name(rec.kind));
	rule = trace_rule_row(&rec);
	if (rule == NULL)
		return;
	buf_putc(&p->comment, '\n');
	rule_put(rule, &p->comment);
}

/* What record SEQ tells. */
static void
emission_put_record(struct pcapng *p, const char *lead, uint64_t seq)
{
	struct buf *b = &p->comment;

	if (seq == 0)
		return;
	if (b->n > 0)
		buf_putc(b, '\n');
	buf_puts(b, lead);
	if (p->o->words != NULL)
		p->o->words(seq, b, p->o->words_arg);
	else
		emission_put_plain(p, seq);
}

static void
emission_put_comment(struct pcapng *p, const struct pcapng_emission *e)
{
	buf_clear(&p->comment);
	if (e->remark != NULL)
		buf_puts(&p->comment, e->remark);
	if (e->tells != 0) {
		emission_put_record(p, "", e->tells);
		emission_put_record(
		    p, _("because of "), trace_cause_of(p->t, e->tells));
	}
	emission_put_record(p, _("lost, "), e->lost);
	if (p->comment.err != 0)
		pcapng_fail(p, p->comment.err);
}

/*
 * A TCP connection is written at one place only, as a capture of a real one
 * would be: who follows it by its addresses, as Wireshark does, takes the same
 * segments on the next link for repetitions, and those of a message in several
 * for broken ones.  The place is the client's own end of its link; where that
 * is not shown, the server's; else the first link on which it is seen.  Behind
 * a NAT it is another to who looks at addresses, and is written once more, on
 * the first link on which it has those.
 */
static struct pcapng_pair *
emission_find_pair(
    struct pcapng_conn *c, const struct frame_content *content, uint32_t link)
{
	const struct addr *a = &content->src, *b = &content->dst;
	uint32_t i = 0;

	while (i < c->npairs &&
	       !(addr_eq(&c->pairs[i].a, a) && addr_eq(&c->pairs[i].b, b)) &&
	       !(addr_eq(&c->pairs[i].a, b) && addr_eq(&c->pairs[i].b, a)))
		i++;
	if (i == c->npairs && i < 1 + PCAPNG_NATS)
		c->pairs[c->npairs++] = (struct pcapng_pair){ *a, *b, link };
	return i < c->npairs ? &c->pairs[i] : NULL;
}

/* What SCTP carries is written at one place for the same reason: its first. */
static bool
tapped_signal(struct pcapng *p, const struct pcapng_emission *e)
{
	uint32_t n = pcapng_at(p, e->message, TRACE_SEND);
	struct pcapng_message *m;

	if (n == 0)
		return true;
	m = pcapng_message(p, n);
	if (m->signal_link == 0)
		m->signal_link = e->link;
	return m->signal_link == e->link;
}

static bool
tapped(struct pcapng *p, const struct frame_content *content,
    const struct pcapng_emission *e)
{
	const struct pcapng_pair *pair;
	uint32_t from = e->place.from, to = e->place.to;
	struct pcapng_conn *c;

	if (e->conn == 0)
		return content->proto != FRAME_SCTP || tapped_signal(p, e);
	c = pcapng_conn(p, e->conn);
	pair = emission_find_pair(c, content, e->link);
	if (pair == NULL || pair != c->pairs)
		return pair != NULL && pair->link == e->link;
	if (!c->tapped) {
		uint32_t client = c->ends[0].node, server = c->ends[1].node;

		c->tapped = true;
		c->tap_link = e->link;
		c->tap = PCAPNG_NOBODY;
		if (from == client || to == client)
			c->tap = client;
		else if (from == server || to == server)
			c->tap = server;
	}
	if (c->tap != PCAPNG_NOBODY)
		return from == c->tap || to == c->tap;
	return e->link == c->tap_link;
}

/* To who asked for the packets of its message. */
static void
emission_hand_over(struct pcapng *p, const struct frame_content *c,
    const struct pcapng_emission *e)
{
	struct pcapng_packet_of packet = { .t_ns = e->t_ns,
		.from = p->names[e->place.from],
		.to = p->names[e->place.to],
		.seq = c->seq,
		.stream = c->proto == FRAME_TCP,
		.lost = e->lost != 0 };

	if (e->message != p->o->message)
		return;
	frame_build(c, buf_view(&p->packed), &e->place, &p->frame);
	pcapng_fail(p, p->frame.err);
	packet.frame = buf_view(&p->frame);
	if (p->err == 0)
		pcapng_fail(p, p->o->packet(&packet, p->o->packet_arg));
}

/* PACKED, of which e->place says the part. */
static void
emit(struct pcapng *p, const struct frame_content *c,
    const struct pcapng_emission *e)
{
	struct pcapng_packet packet = { .inbound = e->back, .id = e->id };

	if (p->err != 0 || e->t_ns < p->o->from_ns || e->t_ns > p->o->to_ns ||
	    !pcapng_interface(p, e->link, &packet.interface) ||
	    !tapped(p, c, e))
		return;
	if (p->o->packet != NULL) {
		emission_hand_over(p, c, e);
		return;
	}
	packet.ns = (uint64_t)p->o->epoch_ns + (uint64_t)e->t_ns;
	frame_build(c, buf_view(&p->packed), &e->place, &p->frame);
	pcapng_fail(p, p->frame.err);
	emission_put_comment(p, e);
	packet.frame = buf_view(&p->frame);
	packet.comment = buf_view(&p->comment);
	if (p->err == 0)
		pcapng_put_packet(&p->file, &packet);
	pcapng_fail(p, p->file.err);
}

void
pcapng_emit(struct pcapng *p, const struct frame_content *c,
    const struct pcapng_emission *e)
{
	frame_pack(c, &p->packed);
	pcapng_fail(p, p->packed.err);
	emit(p, c, e);
}

void
pcapng_emit_whole(
    struct pcapng *p, const struct frame_content *c, struct pcapng_emission *e)
{
	uint32_t step;

	frame_pack(c, &p->packed);
	pcapng_fail(p, p->packed.err);
	step = frame_step(c->src.len == 4, p->packed.n, FRAME_MTU);
	for (uint32_t off = 0; off < p->packed.n && p->err == 0; off += step) {
		uint32_t left = (uint32_t)p->packed.n - off;

		e->place.off = off;
		e->place.len = left < step ? left : step;
		emit(p, c, e);
		e->tells = 0;
		e->remark = NULL;
	}
}
