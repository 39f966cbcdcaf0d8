/*
 * The handset: a phone whose firmware is real.  It runs on an emulated board
 * (emu/board.h); this role puts the board into the network, into virtual
 * time and into the trace (docs/HANDSET.md).
 *
 *	handset.c         its life
 *	handset_config.c  what the boot loader tells the firmware
 *	handset_clock.c   when which board may compute, and how far
 *	handset_net.c     frames of the board as datagrams of the network
 *	handset_tcp.c     connections: the board's TCP ends at its gateway
 *	handset_stream.c  … numbers, acknowledgements and repetitions of one
 *	handset_pass.c    … and the messages passed over, one at a time
 *	handset_line.c    the wire to the board, a frame at a time
 *	handset_out.c     what the board does, as records
 *	handset_cycles.c  … what it computes
 *	handset_loop.c    … what each turn of its loop does
 *	handset_screen.c  … what it shows
 *	handset_report.c  what the firmware says of its calls and machines
 *	handset_call.c    … and why a call took a step
 *	handset_media.c   what it sends and hears, as the gateway sees that
 *	handset_verbs.c   what one can do with it: press keys, read the screen
 */
#ifndef ROLES_HANDSET_HANDSET_IN_H
#define ROLES_HANDSET_HANDSET_IN_H

#include "emu/board.h"
#include "net/tcp.h"
#include "node/world.h"
#include "trace/board.h"
#include "machine/machine.h"
#include "rules/messages.h"
#include "rtp/rtp_session.h"
#include "wire/arp.h"
#include "wire/decode.h"
#include "wire/frame.h"
#include "wire/fragments.h"

/* Messages that it sent lately, to know one that it retransmits. */
#define HANDSET_SENT 32

struct handset_sent {
	uint64_t seq;
	uint64_t hash;
	size_t n;
	uint64_t invite; /* hash of an INVITE's branch, else 0 */
};

/* Calls whose state is kept, by their number. */
#define HANDSET_CALLS 8

struct handset_call {
	uint32_t number;
	enum state_id state;
};

/* The media of one, as its messages have them. */
struct handset_media {
	uint64_t call_id; /* hash; 0: of none */
	char name[96];    /* the call's; "": the firmware has not said it yet */
	struct rtp_session *session; /* NULL: nothing is agreed */
	struct sip_sdp_session sdp;
	char *offer;   /* without an answer; NULL: none */
	bool offers;   /* it is this side's */
	uint32_t cseq; /* of what was agreed last */
};

/* Messages that came lately: what each is to a call, "INVITE" or "180". */
#define HANDSET_HEARD 16

struct handset_heard {
	uint64_t recv; /* 0: none */
	char event[16];
};

/* Instead of the number of a `recv`: that of a datagram without one, with this.
 * The board takes as long over either. */
#define HANDSET_FOLDED (UINT64_C(0xf0000000) << 32 | 0xf0000000)

struct handset {
	struct node *node;
	struct board *board;
	struct list link; /* in the fleet's */
	int64_t resume;   /* when it goes on; INT64_MAX: not by itself */
	bool held;        /* it holds the simulation */
	sim_event dying;  /* its board is dead or stuck; 0: it lives */
	int64_t told_at;  /* since when it has computed without any output; -1:
			     it has not */
	uint32_t alive;   /* calls and transactions, as its firmware reports */
	uint8_t mac[WIRE_MAC];
	uint32_t number; /* of its frames' addresses */
	struct addr gateway;
	struct fragments fragments; /* of what it sends */
	struct list streams;        /* of TCP (handset_tcp.c) */
	unsigned nstreams, streams_ever;
	struct net_sock *sip; /* others receive elsewhere */
	struct net_listener *listener;
	struct list line; /* frames on their way to it (handset_line.c) */
	uint64_t lost;    /* the `recv` of which a frame found no room */
	uint32_t nfolded; /* datagrams without a record that have come */
	struct handset_sent sent[HANDSET_SENT];
	size_t nsent;
	unsigned ip_id;
	uint64_t clock_hz; /* of its processor */
	uint32_t cpi;      /* thousandths */
	uint32_t given; /* what the board said last that it computes for … */
	uint64_t cause; /* … and the record: the same, or one that followed */
	uint32_t boot;  /* what the board says of what it does by itself … */
	uint64_t booted; /* … and the record: its start, or its watchdog's */
	sim_event press;
	char *keys; /* still to be pressed */
	size_t key_at;
	bool key_down;
	int64_t key_free; /* when the finger may go down again */
	uint64_t drawn[TRACE_BOARD_ROWS]; /* hashes of its screen's rows */
	struct handset_call calls[HANDSET_CALLS];
	int16_t *sound; /* at its microphone; NULL: none */
	struct handset_media media[HANDSET_CALLS];
	size_t nmedia;
	struct handset_heard heard[HANDSET_HEARD];
	size_t nheard;
	struct machine_run registration;
	struct msg view; /* of what it sends just now */
};

/* ---- handset_loop.c ---- */
/* The members of a record of T.  0 or ERR_NOMEM. */
int handset_loop_put(struct trace_writer *w, const struct board_turn *t);

/* ---- handset_config.c ---- */
/* The firmware's command line (docs/HANDSET.md).  0, ERR_NOMEM, or ERR_LIMIT:
 * it is too long. */
int handset_config(const struct handset *h, struct buf *out);

/* ---- handset_clock.c: all boards of a world ---- */
/* H's board takes part in virtual time from join to leave. */
void handset_clock_join(struct handset *h);
void handset_clock_leave(struct handset *h);
/* Brings H's board to the present time, before something is given to it
 * (ready); after that lets it go on at once where it has to (kick). */
void handset_clock_ready(struct handset *h);
void handset_clock_kick(struct handset *h);

/* ---- handset_net.c ---- */
void handset_net_open(struct handset *h);
void handset_net_close(struct handset *h);
/* The board sent a frame. */
void handset_net_frame(struct handset *h, struct str frame);
/* Sends into the network by SEND a message of the board's, of a stream or a
 * port, with the description for its record; OTHER is the protocol of one that
 * is nothing known. */
typedef uint64_t handset_send_fn(struct str bytes,
    const struct trace_message *m, enum rule_id why, void *arg);
void handset_send_message(struct handset *h, struct str bytes,
    enum trace_proto other, handset_send_fn *send, void *arg);
/* CONTENT comes to the board, for RECV, in as many frames as it takes; after_ns
 * as in handset_line_put. */
void handset_net_give(struct handset *h, const struct frame_content *content,
    uint64_t recv, int64_t *after_ns);

/* ---- handset_tcp.c ---- */
uint16_t handset_sip_port(const struct handset *h);
void handset_tcp_open(struct handset *h);
void handset_tcp_close(struct handset *h);
/* The board sent a segment. */
void handset_tcp_segment(struct handset *h, const struct datagram *d);

/* ---- handset_line.c ---- */
/* Puts FRAME, a part of what record RECV tells of, on the wire *AFTER_NS from
 * now, and adds the time that it takes to *AFTER_NS.  ALONE: where the board
 * has no room for it, nothing else is lost (its sender repeats it); else the
 * rest of RECV's datagram is lost with it. */
void handset_line_put(struct handset *h, struct str frame, uint64_t recv,
    bool alone, int64_t *after_ns);
void handset_line_close(struct handset *h);

/* ---- handset_out.c ---- */
/* Opens a record of H's board that says WHAT. */
struct trace_writer *handset_record(const struct handset *h, const char *what);
/* What the board has done since last asked, now. */
void handset_outputs(struct handset *h);

/* The firmware goes on for ever, by WHY ("spin", "sleep", "effort"): a fault.
 */
/* Says so where turns are wanted and the image does not tell them. */
void handset_turns_start(struct handset *h);
void handset_stuck(struct handset *h, const char *why);

/* ---- handset_cycles.c ---- */
/* Writes a record of what the board has computed since the last one, with the
 * present cause.  The record's seq; the present cause where it was no more than
 * LEAST instructions. */
uint64_t handset_computed(struct handset *h, uint64_t least);
/* Mode, place, registers and code into the open record. */
void handset_put_processor(
    struct handset *h, struct trace_writer *w, const struct board_registers *r);

/* ---- handset_screen.c ---- */
/* Records of the rows that show something else than before. */
void handset_show(struct handset *h);
int handset_screen(void *role, struct buf *out);

/* ---- handset_report.c ---- */
void handset_report(struct handset *h, struct str line);
/* The firmware starts again and knows of no call and no registration. */
void handset_report_reset(struct handset *h);

/* ---- handset_media.c ---- */
/* H's microphone has what its user says, if media are wanted of it.  0 or
 * ERR_NOMEM. */
int handset_media_speak(struct handset *h, struct board_config *c);
/* The firmware says that the call CALL_ID, which is called NAME, is in STATE.
 */
void handset_media_call(struct handset *h, struct str call_id, const char *name,
    enum state_id state);
/* The message V goes out (OWN) or has come, by the record SEQ. */
void handset_media_message(
    struct handset *h, const struct msg *v, uint64_t seq, bool own);
/* The same of a datagram. */
void
handset_media_packet(struct handset *h, const struct net_datagram *d, bool out);
void handset_media_stop(struct handset *h);

/* ---- handset_call.c ---- */
/* The message BYTES came in the record RECV. */
void handset_heard(struct handset *h, uint64_t recv, struct str bytes);
/* Why a call, the machine M, goes from one state to another just now. */
enum rule_id handset_call_rule(const struct handset *h, const struct machine *m,
    enum state_id from, enum state_id to);

/* ---- handset_verbs.c ---- */
extern const struct node_verb handset_verbs[];
void handset_verbs_stop(struct handset *h);

#endif
