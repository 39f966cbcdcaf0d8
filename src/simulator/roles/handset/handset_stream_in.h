/*
 * One connection of the board's, at its gateway: RFC 9293 as the other side of
 * a phone needs it.  Bytes to the board are repeated after 1 s, then after
 * twice as long each time, 16 s at most, and given up after 20 s without
 * progress, or without a word where the board keeps its window closed; bytes
 * from it come in order, since that wire loses nothing.
 */
#ifndef ROLES_HANDSET_HANDSET_STREAM_IN_H
#define ROLES_HANDSET_HANDSET_STREAM_IN_H

#include "roles/handset/handset_in.h"

#include "msg/framing.h"

enum handset_stream_state {
	STREAM_ASKED,    /* the board's SYN waits for the network's answer */
	STREAM_ANSWERED, /* SYN and ACK are on their way to the board */
	STREAM_OFFERED,  /* a SYN is offered: a host in the network connects */
	STREAM_OPEN,
};

struct handset_stream {
	struct list link;
	struct handset *h;
	struct net_conn *net; /* in the network; NULL: over */
	struct addr far;      /* the other side, as the board knows it */
	uint16_t own_port;    /* the board's */
	enum handset_stream_state state;
	uint32_t rcv;      /* the next number of the board's */
	uint32_t una, nxt; /* of the bytes to it; UNA is that of OUT's first
			    * byte, or the SYN's */
	uint32_t sent_to;  /* the highest NXT so far */
	uint32_t window;   /* the board's */
	bool fin;          /* goes behind OUT */
	bool fin_sent, fin_acked;
	bool fin_seen; /* the board's */
	struct buf out, in;
	struct msg_framing to_board, to_net;
	bool torn_to_board, torn_to_net; /* no messages to be found any more */
	sim_event again;
	int64_t rto_ns, progress_ns;
	uint64_t cause; /* of the bytes to the board */
};

/* ---- handset_stream.c ---- */
/* Sends FLAGS alone. */
void stream_bare(struct handset_stream *s, unsigned flags);
/* The SYN that its state asks for, until it is answered. */
void stream_synchronise(struct handset_stream *s);
/* What the board's window allows. */
void stream_push(struct handset_stream *s);
/* The board has everything up to ACK; false: it can't have. */
bool stream_acked(struct handset_stream *s, uint32_t ack);
void stream_stop(struct handset_stream *s);
/* RST to who sent D, which belongs to no connection (RFC 9293 3.10.7.1). */
void stream_refuse(struct handset *h, const struct datagram *d);

/* ---- handset_pass.c ---- */
/* What has come from the network goes to the board, as far as there is room. */
void stream_pass_in(struct handset_stream *s);
/* REST, of a message that did not come whole, goes to the board as well. */
void stream_pass_rest_in(struct handset_stream *s, struct str rest);
/* BYTES have come from the board: each message that is whole now goes over. */
void stream_pass_out(struct handset_stream *s, struct str bytes);
/* Bytes from the board that made no whole message go over as well. */
void stream_pass_rest_out(struct handset_stream *s);

/* ---- handset_tcp.c ---- */
/* The board does not answer any more: RST to it, and S ends. */
void stream_given_up(struct handset_stream *s);

#endif
