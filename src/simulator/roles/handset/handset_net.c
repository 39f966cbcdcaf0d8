/*
 * The board's Ethernet line.  At its other end is a gateway, which answers ARP
 * for every address but the phone's own, puts the phone's IP fragments
 * together, and sends what they carry as the network sends datagrams; datagrams
 * for the phone it cuts into frames.  TCP ends here (handset_tcp.c).
 */
#include "roles/handset/handset_in.h"

#include "media/rtp.h"
#include "msg/header_names.h"
#include "msg/message.h"
#include "msg/parts.h"
#include "rules/rule_names.h"
#include "sip/stack.h"

#include <string.h>

#define LINKTYPE_ETHERNET 1
#define GATEWAY_NUMBER    0 /* the address of its frames; wire/frame.h */
#define FRAGMENTS_MOST    (256 << 10)

/* ---- from the board ---- */

static void
answer_arp(struct handset *h, const struct arp *asked)
{
	struct arp reply = { .request = false };
	uint8_t frame[ARP_FRAME];

	/* a phone asks for its own address to see whether a host has it */
	if (!asked->request ||
	    memcmp(asked->target, node_addr(h->node)->ip, 4) == 0)
		return;
	frame_mac(GATEWAY_NUMBER, reply.sender_mac);
	memcpy(reply.sender, asked->target, 4);
	memcpy(reply.target_mac, asked->sender_mac, WIRE_MAC);
	memcpy(reply.target, asked->sender, 4);
	arp_write(&reply, frame);
	handset_clock_ready(h);
	board_frame(h->board, (struct str){ (char *)frame, sizeof(frame) },
	    (uint32_t)h->cause);
	handset_clock_kick(h);
}

/* The first send of the same bytes, or 0. */
static uint64_t
sent_before(struct handset *h, struct str bytes)
{
	uint64_t hash = str_hash(bytes);

	for (size_t i = 0; i < HANDSET_SENT; i++)
		if (h->sent[i].seq != 0 && h->sent[i].hash == hash &&
		    h->sent[i].n == bytes.n)
			return h->sent[i].seq;
	return 0;
}

/* Of the topmost Via's branch; 0 without one. */
static uint64_t
hash_branch(const struct msg *v)
{
	struct msg_via via;

	return msg_via_read(msg_value(v, MSG_H_VIA), &via) == 0 &&
		       via.branch.n > 0
		   ? str_hash(via.branch)
		   : 0;
}

/* V is the message in BYTES, or NULL where it is none. */
static void
remember(struct handset *h, struct str bytes, const struct msg *v, uint64_t seq)
{
	bool invite = v != NULL && v->request && v->method == MSG_INVITE;

	h->sent[h->nsent++ % HANDSET_SENT] = (struct handset_sent){ seq,
		str_hash(bytes), bytes.n, invite ? hash_branch(v) : 0 };
}

/* 17.1.1.3: the ACK for a final response other than 2xx has the INVITE's
 * branch. */
static bool
is_own_branch(const struct handset *h, const struct msg *ack)
{
	uint64_t branch = hash_branch(ack);

	for (size_t i = 0; branch != 0 && i < HANDSET_SENT; i++)
		if (h->sent[i].seq != 0 && h->sent[i].invite == branch)
			return true;
	return false;
}

/* Why it sends the message that was just read. */
static enum rule_id
handset_net_rule_of(const struct handset *h, const struct msg *v)
{
	enum rule_id why;

	if (v->request && v->method == MSG_ACK && is_own_branch(h, v))
		return RULE_ICT_ACK;
	if (v->request)
		return rule_of_request(v->method, 0);
	why = rule_of_response(v->method, v->status, 0);
	return why != RULE_NONE ? why : RULE_NIST_FINAL;
}

void
handset_send_message(struct handset *h, struct str bytes,
    enum trace_proto other, handset_send_fn *send, void *arg)
{
	struct trace_message m = { .proto = other };
	enum rule_id why = RULE_NONE;
	struct rtp_head rtp;
	const struct msg *v = NULL;
	uint64_t seq;

	if (msg_read(&h->view, bytes, NULL) == MSG_FAULT_NONE) {
		sip_describe(&h->view, &m);
		m.retx = sent_before(h, bytes);
		v = &h->view;
		why = handset_net_rule_of(h, v);
	} else if (rtp_read_head((const uint8_t *)bytes.p, bytes.n, &rtp)) {
		m.proto = TRACE_PROTO_RTP;
	}
	seq = send(bytes, &m, why, arg);
	if (m.retx == 0)
		remember(h, bytes, v, seq);
	if (v != NULL)
		handset_media_message(h, v, seq, true);
}

/* A datagram of the board's. */
struct sending {
	struct handset *h;
	uint16_t port;
	struct addr dst;
};

static uint64_t
handset_net_send_datagram(struct str bytes, const struct trace_message *m,
    enum rule_id why, void *arg)
{
	const struct sending *s = arg;

	return net_udp_send_from(
	    s->h->node->host, s->port, &s->dst, bytes, m, why);
}

static void
handset_net_send_on(struct handset *h, const struct datagram *d)
{
	struct sending s = { h, d->port[0], { .len = 4, .port = d->port[1] } };

	struct net_datagram out = { .src = *node_addr(h->node),
		.bytes = d->payload };
	uint64_t cause = sim_cause(node_sim(h->node));

	memcpy(s.dst.ip, d->ip[1], 4);
	out.src.port = s.port;
	out.dst = s.dst;
	handset_media_packet(h, &out, true);
	handset_send_message(
	    h, d->payload, TRACE_PROTO_UDP, handset_net_send_datagram, &s);
	sim_set_cause(node_sim(h->node), cause);
}

void
handset_net_frame(struct handset *h, struct str frame)
{
	struct packet p = {
		.t = sim_now(node_sim(h->node)),
		.link = LINKTYPE_ETHERNET,
		.data = frame,
		.length = (uint32_t)frame.n,
	};
	struct datagram d;
	struct arp arp;

	if (arp_read(frame, &arp))
		answer_arp(h, &arp);
	else if (!decode_packet(&p, &h->fragments, &d) || d.icmp != 0 ||
		 d.len != 4)
		return;
	else if (d.proto == DECODE_UDP)
		handset_net_send_on(h, &d);
	else
		handset_tcp_segment(h, &d);
}

/* ---- to the board ---- */

void
handset_net_give(struct handset *h, const struct frame_content *content,
    uint64_t recv, int64_t *after_ns)
{
	struct frame_place place = {
		.from = GATEWAY_NUMBER,
		.to = h->number,
		.id = h->ip_id++,
		.ttl = FRAME_TTL,
	};
	LOCAL_BUF packed = BUF_INIT, frame = BUF_INIT;
	uint32_t step;

	frame_pack(content, &packed);
	step = frame_step(true, packed.n, FRAME_MTU);
	while (packed.err == 0 && place.off < packed.n) {
		uint32_t left = (uint32_t)packed.n - place.off;

		place.len = left < step ? left : step;
		frame_build(content, buf_view(&packed), &place, &frame);
		if (frame.err != 0)
			break;
		handset_line_put(h, buf_view(&frame), recv,
		    content->proto == FRAME_TCP, after_ns);
		place.off += place.len;
	}
	if (packed.err != 0 || frame.err != 0)
		node_fail_memory(h->node);
}

static void
on_handset_datagram(const struct net_datagram *d, void *arg)
{
	struct handset *h = arg;
	struct frame_content content = {
		.src = d->src,
		.dst = d->dst,
		.proto = FRAME_UDP,
		.bytes = d->bytes,
	};
	uint64_t recv = d->recv;
	int64_t after_ns = 0;

	if (recv == 0)
		recv = HANDSET_FOLDED | (h->nfolded++ & 0xfffffff);
	handset_clock_ready(h);
	handset_heard(h, recv, d->bytes);
	handset_media_packet(h, d, false);
	handset_net_give(h, &content, recv, &after_ns);
}

void
handset_net_open(struct handset *h)
{
	int err = net_udp_open(h->node->host, handset_sip_port(h),
	    on_handset_datagram, h, &h->sip);

	node_fail_nomem(h->node, err);
	fragments_init(&h->fragments, FRAGMENTS_MOST);
	net_udp_open_rest(h->node->host, on_handset_datagram, h);
	handset_tcp_open(h);
}

void
handset_net_close(struct handset *h)
{
	handset_media_stop(h);
	handset_tcp_close(h);
	net_udp_open_rest(h->node->host, NULL, NULL);
	net_udp_close(h->sip);
	h->sip = NULL;
	handset_line_close(h);
	fragments_free(&h->fragments);
}
