/*
 * RTP over TCP: a leg's connections, one for RTP and one for RTCP, unless they
 * share one.  Which side opens them and when follows from a=setup and
 * a=connection (RFC 4145); each packet goes behind its length (RFC 4571 2).
 */
#include "rtp/ice.h"

#include "base/err.h"
#include "rules/rule_names.h"

#define LENGTH 2 /* octets */

static bool
is_needed(const struct rtp_leg *leg, const struct rtp_over_tcp *tcp)
{
	return leg->at.port != 0 && leg->framed &&
	       !(tcp->control && leg->wire.mux);
}

/* LEG's traffic begins or ends with its connections. */
static void
follow_traffic(struct rtp_leg *leg)
{
	rtp_send_follow(leg);
	rtp_control_follow(leg);
}

/* C, one of TCP's, is closed here. */
static void
hang_up(struct rtp_over_tcp *tcp, struct net_conn *c)
{
	struct addr peer = net_tcp_remote(c);

	if (c != tcp->conn || tcp->up)
		rtp_record_disconnected(tcp->leg, tcp, &peer, NULL);
	net_tcp_close(c);
}

static void
close_forks(struct rtp_over_tcp *tcp)
{
	while (tcp->nforks > 0)
		hang_up(tcp, tcp->forks[--tcp->nforks]);
}

static void
close_connection(struct rtp_over_tcp *tcp)
{
	close_forks(tcp);
	if (tcp->conn != NULL)
		hang_up(tcp, tcp->conn);
	tcp->conn = NULL;
	tcp->up = false;
}

static void
close_tcp(struct rtp_over_tcp *tcp)
{
	close_connection(tcp);
	net_tcp_unlisten(tcp->listener);
	tcp->listener = NULL;
}

/* ---- what a connection tells ---- */

/* The leg's media go where TCP's connection leads. */
static void
lead_there(struct rtp_over_tcp *tcp)
{
	struct rtp_leg *leg = tcp->leg;

	*(tcp->control ? &leg->control_to : &leg->to) =
	    net_tcp_remote(tcp->conn);
	if (leg->codec != NULL)
		follow_traffic(leg);
}

static void
open_up(struct rtp_over_tcp *tcp)
{
	struct rtp_leg *leg = tcp->leg;
	struct sim *sim = rtp_sim(leg);
	struct addr peer = net_tcp_remote(tcp->conn);
	uint64_t old;

	tcp->up = true;
	old = sim_set_cause(sim, rtp_record_connected(leg, tcp, &peer));
	lead_there(tcp);
	sim_set_cause(sim, old);
}

static void
on_connected(struct net_conn *c, void *arg)
{
	(void)c;
	open_up(arg);
}

/* C is over: another one takes its place, if there is any. */
static void
forget_connection(struct rtp_over_tcp *tcp, const struct net_conn *c)
{
	unsigned i = 0;

	while (i < tcp->nforks && tcp->forks[i] != c)
		i++;
	if (i < tcp->nforks) {
		tcp->forks[i] = tcp->forks[--tcp->nforks];
		return;
	}
	tcp->up = tcp->nforks > 0;
	tcp->conn = tcp->up ? tcp->forks[--tcp->nforks] : NULL;
}

static void
on_closed(struct net_conn *c, enum net_close why, void *arg)
{
	struct rtp_over_tcp *tcp = arg;
	struct rtp_leg *leg = tcp->leg;
	struct sim *sim = rtp_sim(leg);
	struct addr peer = net_tcp_remote(c);
	uint64_t old;

	forget_connection(tcp, c);
	old = sim_set_cause(
	    sim, rtp_record_disconnected(leg, tcp, &peer, net_close_name(why)));
	if (tcp->up)
		lead_there(tcp);
	else
		follow_traffic(leg);
	sim_set_cause(sim, old);
}

static bool
has_connection(const struct rtp_over_tcp *tcp, const struct net_conn *c)
{
	bool found = tcp->conn == c;

	for (unsigned i = 0; i < tcp->nforks; i++)
		found |= tcp->forks[i] == c;
	return found;
}

/* RFC 4571 2: one packet, if all of it is there; the null packet says nothing.
 */
static bool
take_framed_packet(struct rtp_over_tcp *tcp, struct net_conn *c)
{
	struct rtp_leg *leg = tcp->leg;
	struct str in = net_tcp_peek(c);
	const uint8_t *p = (const uint8_t *)in.p;
	struct net_datagram d = { .src = net_tcp_remote(c),
		.dst = net_tcp_local(c) };
	LOCAL_BUF packet = BUF_INIT;
	size_t n;

	if (in.n < LENGTH)
		return false;
	n = (size_t)(p[0] << 8 | p[1]);
	if (in.n < LENGTH + n)
		return false;
	buf_str(&packet, str_slice(in, LENGTH, LENGTH + n));
	d.bytes = buf_view(&packet);
	d.recv = net_tcp_take_as(c, LENGTH + n, d.bytes);
	if (packet.err != 0)
		node_fail_memory(leg->session->node);
	else if (n > 0 && tcp->control)
		rtp_secret_control_hear(&d, leg);
	else if (n > 0)
		rtp_secret_hear(&d, leg);
	return true;
}

static void
on_received(struct net_conn *c, void *arg)
{
	struct rtp_over_tcp *tcp = arg;
	struct sim *sim = rtp_sim(tcp->leg);
	uint64_t cause = sim_cause(sim);

	/* The receiver of a packet may close the connection. */
	while (has_connection(tcp, c) && take_framed_packet(tcp, c))
		sim_set_cause(sim, cause);
}

static const struct net_tcp_ops ops = {
	.connected = on_connected,
	.received = on_received,
	.closed = on_closed,
};

/* C leads to who has answered. */
static bool
is_agreed(const struct rtp_leg *leg, const struct net_conn *c)
{
	struct addr peer = net_tcp_remote(c);

	return rtp_is_neighbour(&peer, &leg->said);
}

/* An answer tells which of the connections opened by phones of a fork stays. */
static void
settle_connection(struct rtp_over_tcp *tcp)
{
	struct net_conn *first = tcp->conn;

	if (first == NULL || !tcp->up)
		return;
	for (unsigned i = 0; i < tcp->nforks && !is_agreed(tcp->leg, first);
	     i++)
		if (is_agreed(tcp->leg, tcp->forks[i])) {
			tcp->conn = tcp->forks[i];
			tcp->forks[i] = first;
			break;
		}
	if (is_agreed(tcp->leg, tcp->conn))
		close_forks(tcp);
	lead_there(tcp);
}

/* One at a time is agreed on: who comes while it is there goes away again;
 * until then who has asked more than one phone hears them all. */
static void
on_accept(struct net_conn *c, void *arg)
{
	struct rtp_over_tcp *tcp = arg;
	struct rtp_leg *leg = tcp->leg;
	struct addr peer = net_tcp_remote(c);

	if (tcp->conn == NULL) {
		tcp->conn = c;
		net_tcp_set_user(c, &ops, tcp);
		open_up(tcp);
		return;
	}
	if (!tcp->up || tcp->nforks == RTP_FORKS ||
	    (leg->exchange != 0 &&
		(is_agreed(leg, tcp->conn) || !is_agreed(leg, c)))) {
		net_tcp_abort(c);
		return;
	}
	tcp->forks[tcp->nforks++] = c;
	net_tcp_set_user(c, &ops, tcp);
	rtp_record_connected(leg, tcp, &peer);
	if (leg->exchange != 0)
		settle_connection(tcp);
}

/* ---- by offer and answer ---- */

static void
listen_for(struct rtp_over_tcp *tcp, bool wanted)
{
	struct node *n = tcp->leg->session->node;
	struct addr at = tcp->leg->at;

	if (!wanted) {
		net_tcp_unlisten(tcp->listener);
		tcp->listener = NULL;
		return;
	}
	at.port = (uint16_t)(at.port + tcp->control);
	at.transport = ADDR_TCP;
	if (tcp->listener == NULL && net_tcp_listen_at(n->host, &at, on_accept,
					 tcp, &tcp->listener) == ERR_NOMEM)
		node_fail_memory(n);
}

static void
connect_to(struct rtp_over_tcp *tcp)
{
	struct rtp_leg *leg = tcp->leg;
	struct node *n = leg->session->node;
	struct addr to = tcp->control ? leg->control_to : leg->to;

	to.transport = ADDR_TCP;
	if (tcp->conn == NULL && to.len != 0 && to.port != 0 &&
	    net_tcp_connect_from(
		n->host, &leg->at, &to, &ops, tcp, &tcp->conn) == ERR_NOMEM)
		node_fail_memory(n);
}

void
rtp_over_tcp_listen(struct rtp_leg *leg, enum sip_sdp_setup said)
{
	for (unsigned i = 0; i < RTP_OVER_TCP_N; i++) {
		struct rtp_over_tcp *tcp = &leg->over_tcp[i];

		tcp->leg = leg;
		tcp->control = i > 0;
		listen_for(tcp,
		    is_needed(leg, tcp) && (said == SIP_SDP_SETUP_PASSIVE ||
					       said == SIP_SDP_SETUP_ACTPASS));
	}
}

void
rtp_over_tcp_follow(struct rtp_leg *leg, uint64_t exchange)
{
	bool again = leg->exchange != 0;

	if (!leg->framed || leg->exchange == exchange)
		return;
	leg->exchange = exchange;
	for (unsigned i = 0; i < RTP_OVER_TCP_N; i++) {
		struct rtp_over_tcp *tcp = &leg->over_tcp[i];

		/* RFC 4145 5.2 */
		if (again && !leg->wire.existing)
			close_connection(tcp);
		if (!is_needed(leg, tcp))
			close_tcp(tcp);
		else if (leg->wire.setup == SIP_SDP_SETUP_ACTIVE &&
			 !leg->wire.existing)
			connect_to(tcp);
		else if (!again)
			settle_connection(tcp);
	}
}

void
rtp_over_tcp_close(struct rtp_leg *leg)
{
	for (unsigned i = 0; i < RTP_OVER_TCP_N; i++)
		if (leg->over_tcp[i].leg != NULL)
			close_tcp(&leg->over_tcp[i]);
	leg->exchange = 0;
}

/* ---- sending ---- */

static int
put_length(struct str bytes, bool changed, struct buf *out, void *arg)
{
	(void)changed;
	(void)arg;
	buf_putc(out, (char)(unsigned char)(bytes.n >> 8 & 0xFF));
	buf_putc(out, (char)(unsigned char)(bytes.n & 0xFF));
	buf_str(out, bytes);
	return out->err;
}

static struct rtp_over_tcp *
tcp_of_leg(struct rtp_leg *leg, bool control)
{
	return &leg->over_tcp[control && !leg->wire.mux];
}

bool
rtp_reaches(const struct rtp_leg *leg, bool control)
{
	bool apart = control && !leg->wire.mux;

	if (leg->framed)
		return leg->over_tcp[apart].up;
	if (rtp_ice_waits(leg))
		return false;
	return (apart ? leg->control : leg->sock) != NULL;
}

void
rtp_pass(struct rtp_leg *leg, bool control, struct str bytes,
    const struct trace_message *m)
{
	static const struct net_wrapping framing = { .wrap = put_length };
	enum rule_id why = control ? RULE_MEDIA_REPORT : RULE_NONE;
	bool folded = rtp_is_folded(leg);
	struct net_conn *c = tcp_of_leg(leg, control)->conn;
	const struct addr *to = control ? &leg->control_to : &leg->to;
	struct net_sock *sock =
	    control && !leg->wire.mux ? leg->control : leg->sock;

	if (!rtp_reaches(leg, control) || to->len == 0 || bytes.n == 0)
		return;
	if (leg->framed && folded)
		net_tcp_send_folded(c, bytes, m, &framing);
	else if (leg->framed)
		net_tcp_send_wrapped(c, bytes, m, why, &framing);
	else if (folded)
		net_udp_send_folded(sock, to, bytes, m);
	else
		net_udp_send(sock, to, bytes, m, why);
}
